"""Making and running a project."""

from datetime import timedelta
from io import BytesIO

import pytest

from portal.accounts.rules import Role
from portal.errors import DomainError
from portal.organisation.rules import Rank
from portal.projects import policy, services
from portal.projects.models import Project
from portal.projects.rules import PhaseKind
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_facts,
    make_official,
    make_project,
    make_user,
)


@pytest.fixture(autouse=True)
def monday(session, time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def moderator(session):
    return make_user(Role.MODERATOR)


def test_moderator_makes_a_project_adds_a_phase_and_opens_it(login, moderator, session):
    official, category = make_official(), make_category()
    staff = login(moderator)

    staff.submit(
        staff.get("/projects/new"),
        "/projects/new",
        title="Taman Amplas untuk semua umur",
        story="Cerita **taman**.",
        category=category.code,
        official=str(official.id),
        budget="2400000000",
        budget_source="Perda APBD 2027",
    )
    manage = staff.get("/projects/taman-amplas-untuk-semua-umur/manage")
    staff.submit(manage, "/phases", kind="collect", opens_on="2026-11-16", closes_on="2026-11-30")
    manage = staff.get("/projects/taman-amplas-untuk-semua-umur/manage")
    staff.submit(manage, "/publication")

    page = staff.get("/projects/taman-amplas-untuk-semua-umur").get_data(as_text=True)
    assert "Rp 2,4 miliar" in page
    assert "<strong>taman</strong>" in page
    assert "sampai 30 Nov" in page


def test_project_without_a_phase_is_not_opened(moderator):
    project = services.found(make_facts(), official=make_official(), by=moderator, at=MONDAY)

    with pytest.raises(DomainError):
        services.publish(project, by=moderator, at=MONDAY)


def test_two_projects_of_one_name_have_two_addresses(session):
    first, second = make_project(title="Taman Amplas"), make_project(title="Taman Amplas")

    assert (first.slug, second.slug) == ("taman-amplas", "taman-amplas-2")


def test_change_of_dates_needs_a_reason_and_is_public(login, moderator, client):
    project = make_project()
    phase = project.phases[0]
    staff = login(moderator)
    form = staff.get(f"/projects/{project.slug}/phases/{phase.id}")

    refused = staff.submit(form, f"/phases/{phase.id}", closes_on="2026-12-10")
    done = staff.submit(
        form, f"/phases/{phase.id}", closes_on="2026-12-10", reason="Banyak warga kebanjiran."
    )

    assert (refused.status_code, done.status_code) == (422, 303)
    changes = client.get(f"/projects/{project.slug}/changes").get_data(as_text=True)
    assert "Banyak warga kebanjiran." in changes
    assert "10 Des 2026" in changes


@pytest.mark.parametrize(
    ("opens", "closes"),
    [(-6, 7), (-7, -1)],
)
def test_open_phase_keeps_its_first_day_and_does_not_end_in_the_past(opens, closes, moderator):
    phase = make_project().phases[0]

    with pytest.raises(DomainError):
        services.change_dates(
            phase,
            opens_on=(MONDAY + timedelta(days=opens)).date(),
            closes_on=(MONDAY + timedelta(days=closes)).date(),
            reason="Alasan",
            by=moderator,
            at=MONDAY,
        )


def test_another_budget_needs_a_reason_once_the_project_is_public(login, moderator, client):
    project = make_project(budget=1_000_000_000, budget_source="Perda APBD 2026")
    staff = login(moderator)
    form = staff.get(f"/projects/{project.slug}/edit")

    refused = staff.submit(form, "/edit", budget="800000000")
    done = staff.submit(form, "/edit", budget="800000000", reason="Efisiensi.")

    assert (refused.status_code, done.status_code) == (422, 303)
    changes = client.get(f"/projects/{project.slug}/changes").get_data(as_text=True)
    assert "Anggaran: dari Rp 1 miliar menjadi Rp 800 juta." in changes


def test_budget_needs_a_source(login, moderator, session):
    staff = login(moderator)
    official, category = make_official(), make_category()

    answer = staff.submit(
        staff.get("/projects/new"),
        "/projects/new",
        title="Taman",
        story="Cerita.",
        category=category.code,
        official=str(official.id),
        budget="5000",
    )

    assert answer.status_code == 422
    assert session.query(Project).count() == 0


def test_phase_outside_every_calendar_is_refused(login, moderator):
    project = make_project()
    staff = login(moderator)
    manage = staff.get(f"/projects/{project.slug}/manage")

    for day in ("9999-12-31", "0001-01-01"):
        answer = staff.submit(manage, "/phases", kind="build", opens_on=day, closes_on=day)
        assert answer.status_code == 422


def test_who_runs_a_project():
    agency = make_agency()
    head_user, own_user, other_user = make_user(Role.HEAD), make_user(Role.OFFICIAL), make_user(Role.OFFICIAL)
    head = make_official(agency, user_id=head_user.id, rank=Rank.HEAD)
    own = make_official(agency, user_id=own_user.id, supervisor_id=head.id)
    make_official(agency, user_id=other_user.id, supervisor_id=head.id)
    project = make_project(PhaseKind.COLLECT, official=own)

    runs = {user: policy.may_run(user, project) for user in (head_user, own_user, other_user, make_user())}

    assert list(runs.values()) == [True, True, False, False]


def test_leader_names_only_people_of_the_own_line(login):
    leader = make_user(Role.HEAD)
    agency = make_agency()
    head = make_official(agency, user_id=leader.id, rank=Rank.HEAD, name="Kepala Sendiri")
    make_official(agency, supervisor_id=head.id, name="Anak Buah")
    make_official(name="Orang Lain")

    page = login(leader).get("/projects/new").get_data(as_text=True)

    assert "Anak Buah" in page
    assert "Kepala Sendiri" in page
    assert "Orang Lain" not in page


DRAFT_PAGES = [
    "manage",
    "edit",
    "plan/draft",
    "vote/edit",
    "building/manage",
    "meetings/new",
    "documents/new",
]


@pytest.mark.parametrize("page", DRAFT_PAGES)
def test_draft_stays_unknown_to_those_who_do_not_run_it(login, page):
    project = make_project(PhaseKind.PRIORITISE, is_public=False)
    address = f"/projects/{project.slug}/{page}"

    assert login(make_user()).get(address).status_code == 404
    assert login(make_user(Role.MODERATOR)).get(address).status_code == 200


def test_refused_picture_founds_no_project_and_changes_none(login, moderator, session):
    official, category = make_official(), make_category()
    staff = login(moderator)
    wanted = {
        "title": "Taman Amplas",
        "story": "Cerita.",
        "category": category.code,
        "official": str(official.id),
        "cover": (BytesIO(b"bukan foto"), "taman.jpg"),
    }

    answer = staff.submit(staff.get("/projects/new"), "/projects/new", **wanted)

    assert answer.status_code == 422
    assert session.query(Project).count() == 0
