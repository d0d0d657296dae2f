"""Residents see what was promised, what was done, what slipped and why."""

from datetime import date, timedelta

import pytest

from portal.accounts.rules import Role
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.projects.building import jobs, queries, services
from portal.projects.building.services import Work
from portal.projects.rules import PhaseKind
from portal.surveys import queries as surveys
from tests.builders import MONDAY, make_official, make_project, make_user
from tests.projects.pictures import jpeg

TODAY = MONDAY.date()


@pytest.fixture
def runner(session):
    return make_user(Role.OFFICIAL)


@pytest.fixture
def project(runner):
    return make_project(PhaseKind.BUILD, official=make_official(user_id=runner.id))


def plan(project, title="Pondasi panggung", **changes):
    planned_on = changes.pop("planned_on", TODAY + timedelta(days=10))
    return services.plan_milestone(project, Work(title=title, **changes), planned_on=planned_on, at=MONDAY)


def page(client, project):
    return client.get(f"/projects/{project.slug}/building").get_data(as_text=True)


def test_a_moved_date_keeps_the_first_promise_and_its_reason(client, project):
    milestone = plan(project)
    services.move(milestone, to_on=TODAY + timedelta(days=30), reason="Hujan tiga minggu.", at=MONDAY)
    for number in range(7):
        plan(project, f"Pekerjaan lain {number}")

    text = page(client, project)

    assert milestone.first_planned_on == TODAY + timedelta(days=10)
    assert "Hujan tiga minggu." in text
    assert "1 dari 8 mundur dari rencana semula." in text


def test_no_date_moves_without_a_reason(project):
    milestone = plan(project)

    with pytest.raises(DomainError) as refused:
        services.move(milestone, to_on=TODAY, reason=" ", at=MONDAY)

    assert refused.value.field == "reason"
    assert milestone.slips == []


def test_what_is_done_is_not_moved(project):
    milestone = plan(project)
    services.finish(milestone, on=TODAY, at=MONDAY)

    with pytest.raises(DomainError):
        services.move(milestone, to_on=TODAY + timedelta(days=1), reason="Lain", at=MONDAY)


def test_nothing_is_done_in_the_future(project):
    with pytest.raises(DomainError):
        services.finish(plan(project), on=TODAY + timedelta(days=1), at=MONDAY)


def test_each_change_enters_the_record(project):
    milestone = plan(project)
    services.move(milestone, to_on=TODAY, reason="Lebih cepat.", at=MONDAY)
    services.finish(milestone, on=TODAY, at=MONDAY)

    kinds = [one.kind for one in ledger.events_of(project.subject)]

    assert kinds[-3:] == ["milestone_planned", "milestone_moved", "milestone_done"]


def test_an_obstacle_stands_until_it_is_told_how_it_ended(client, project):
    obstacle = services.name_obstacle(project, body="Pohon tumbang", since_on=TODAY, at=MONDAY)

    assert "belum teratasi" in page(client, project)
    services.resolve_obstacle(obstacle, on=TODAY, how="Sudah dipotong.", at=MONDAY)
    assert "Sudah dipotong." in page(client, project)


def test_a_photo_needs_words_for_those_who_do_not_see_it(project):
    with pytest.raises(DomainError) as refused:
        services.show_photo(plan(project), jpeg(), caption="", alt=" ", taken_on=TODAY, at=MONDAY)

    assert refused.value.field == "alt"


def test_a_photo_stands_beside_its_milestone(client, project):
    services.show_photo(plan(project), jpeg(), caption="", alt="Dua tiang lampu", taken_on=TODAY, at=MONDAY)

    assert 'alt="Dua tiang lampu"' in page(client, project)


def test_official_runs_the_site_without_javascript(login, project, runner):
    client, start = login(runner), f"/projects/{project.slug}/building"

    client.submit(client.get(f"{start}/milestones/new"), title="Kolam", planned_on="2026-12-20", weight="2")
    [milestone] = queries.milestones_of(project)
    unreasoned = client.submit(
        client.get(f"{start}/milestones/{milestone.id}/date"), on="2027-01-20", reason=""
    )
    client.submit(
        client.get(f"{start}/milestones/{milestone.id}/date"), on="2027-01-20", reason="Pompa terlambat."
    )
    client.submit(client.get(f"{start}/obstacles/new"), body="Jalan ditutup", since_on="2026-11-10")
    [obstacle] = queries.obstacles_of(project)
    client.submit(
        client.get(f"{start}/obstacles/{obstacle.id}/resolution"), on="2026-11-12", resolution="Dibuka."
    )
    finished = client.submit(client.get(f"{start}/milestones/{milestone.id}/completion"), on="2026-11-20")

    assert unreasoned.status_code == 422
    assert (milestone.planned_on, milestone.weight) == (date(2027, 1, 20), 2)
    assert obstacle.resolution == "Dibuka."
    assert finished.status_code == 303
    assert client.get(f"{start}/manage").status_code == 200


def test_residents_cannot_run_the_site(login, project):
    client, start = login(make_user()), f"/projects/{project.slug}/building"

    for address in ("manage", "milestones/new", "obstacles/new", "photos/new"):
        assert client.get(f"{start}/{address}").status_code == 403


@pytest.mark.parametrize("count", [2, 40])
def test_the_page_asks_the_same_number_of_questions_for_any_site(client, project, count_sql, count):
    for number in range(count):
        milestone = plan(project, f"Pekerjaan {number}")
        services.move(milestone, to_on=TODAY + timedelta(days=40), reason="Hujan.", at=MONDAY)
        services.name_obstacle(project, body="Hujan", since_on=TODAY, milestone=milestone, at=MONDAY)

    with count_sql() as statements:
        page(client, project)

    assert len(statements) <= 8, statements


def test_the_evaluation_opens_with_its_phase_once(session):
    project = make_project(PhaseKind.EVALUATE)

    jobs.open_evaluations(MONDAY)
    jobs.open_evaluations(MONDAY + timedelta(hours=1))

    survey = surveys.of_subject(project.subject)
    assert survey is not None
    assert survey.official_id == project.official_id


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "besok"])
def test_a_day_outside_every_calendar_is_refused(login, project, runner, day):
    client, start = login(runner), f"/projects/{project.slug}/building"

    refused = client.submit(client.get(f"{start}/milestones/new"), title="Kolam", planned_on=day, weight="1")

    assert refused.status_code == 422
    assert queries.milestones_of(project) == []
