"""A resident lays dots, reads the result, and reads what the city decided."""

from datetime import timedelta

import pytest

from portal.accounts.rules import Role
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.projects.ideas import fates
from portal.projects.rules import PhaseKind
from portal.projects.voting import jobs, queries, services
from portal.projects.voting.services import Plan, Proposal, Ruling
from tests.builders import MONDAY, make_area, make_idea, make_official, make_project, make_user, make_vote

AFTER = MONDAY + timedelta(days=8)


@pytest.fixture
def now(monkeypatch):
    """The pages' clock; a test moves it with `now.at = ...`."""

    class Now:
        at = MONDAY

    monkeypatch.setattr("portal.clock.now", lambda: Now.at)
    return Now


@pytest.fixture
def area(session):
    return make_area()


@pytest.fixture
def vote(area, now):
    return make_vote(area=area)


def room(vote):
    return f"/projects/{vote.project.slug}/vote"


def cast(vote, area, count=6, **dots):
    for _ in range(count):
        services.cast(vote, by=make_user(), area_code=area.code, dots={1: 3, 2: 2}, at=MONDAY)


def test_resident_votes_without_javascript(login, vote, area):
    client = login(make_user())

    check = client.submit(
        client.get(f"{room(vote)}/ballot"), "/check", area=area.code, dots_1="4", dots_3="1"
    )
    done = client.submit(check, "/ballot")

    assert "Lampu taman" in check.get_data(as_text=True)
    assert "Bangku" not in check.get_data(as_text=True)
    assert done.status_code == 303
    assert "Suara Anda sudah masuk" in client.get(done.location).get_data(as_text=True)
    assert [dots for _number, dots in queries.ballots_of(vote)] == [{"1": 4, "3": 1}]


def test_a_second_thought_keeps_the_dots(login, vote, area):
    client = login(make_user())
    check = client.submit(client.get(f"{room(vote)}/ballot"), "/check", area=area.code, dots_2="3")

    back = client.submit(check, "/ballot", change="1")

    assert 'id="dots_2-3" name="dots_2" type="radio" value="3"' in back.get_data(as_text=True).replace(
        "checked ", ""
    )
    assert queries.ballots_of(vote) == []


def test_too_many_dots_are_refused_beside_the_choice(login, vote, area):
    client = login(make_user())

    refused = client.submit(
        client.get(f"{room(vote)}/ballot"), "/check", area=area.code, dots_1="5", dots_2="1"
    )

    assert refused.status_code == 422
    assert 'id="dots_2-error"' in refused.get_data(as_text=True)


def test_nobody_votes_twice(login, vote, area):
    person = make_user()
    client = login(person)
    check = client.submit(client.get(f"{room(vote)}/ballot"), "/check", area=area.code, dots_2="3")
    client.submit(check, "/ballot")

    again = client.submit(check, "/ballot")

    assert again.status_code == 422
    assert len(queries.ballots_of(vote)) == 1


def test_a_visitor_is_led_to_sign_in(client, vote):
    assert client.get(f"{room(vote)}/ballot").status_code == 303


def test_only_turnout_is_shown_while_people_vote(client, vote, area):
    cast(vote, area)

    page = client.get(room(vote)).get_data(as_text=True)

    assert "warga sudah memilih" in page
    assert 'id="result"' not in page


def test_the_result_says_dots_people_turnout_and_digest(client, vote, area, now):
    cast(vote, area)
    now.at = AFTER
    jobs.publish_closed(AFTER)

    page = client.get(room(vote)).get_data(as_text=True)

    assert "18 titik" in page
    assert "dari 6 orang" in page
    assert area.name in page
    assert vote.digest in page


def test_a_tie_is_said(client, area, now):
    vote = make_vote(area=area, titles=("Lampu", "Bangku"))
    for dots in ({1: 5}, {2: 5}) * 3:
        services.cast(vote, by=make_user(), area_code=area.code, dots=dots, at=MONDAY)
    jobs.publish_closed(AFTER)

    assert "Pilihan 1 dan 2 mendapat titik yang sama." in client.get(room(vote)).get_data(as_text=True)


def test_the_job_counts_every_vote_that_closed_and_none_before(session, area, now):
    early, late = make_vote(area=area), make_vote(area=area, closes_at=MONDAY + timedelta(hours=1))

    jobs.publish_closed(MONDAY + timedelta(hours=2))
    jobs.publish_closed(MONDAY + timedelta(hours=3))

    assert early.published_at is None
    assert late.published_at == MONDAY + timedelta(hours=2)


def test_the_decision_says_for_each_choice_why(client, vote, area):
    cast(vote, area)
    services.publish(vote.id, at=AFTER)

    with pytest.raises(DomainError) as refused:
        services.decide(vote, text="Lampu dahulu.", rulings={1: Ruling(True, "")}, at=AFTER)
    rulings = {number: Ruling(number == 1, f"Alasan {number}") for number in (1, 2, 3)}
    services.decide(vote, text="Lampu **dahulu**.", rulings=rulings, at=AFTER)

    page = client.get(room(vote)).get_data(as_text=True)
    assert refused.value.field == "reason_1"
    assert "<strong>dahulu</strong>" in page
    assert "Alasan 3" in page
    assert [one.kind for one in ledger.events_of(vote.project.subject)][-1] == "vote_decided"


def test_official_prepares_and_decides_without_javascript(login, area, now):
    person = make_user(Role.OFFICIAL)
    project = make_project(PhaseKind.PRIORITISE, official=make_official(user_id=person.id))
    services_area = make_area(level="district", name="Medan Amplas")
    client = login(person)
    start = f"/projects/{project.slug}/vote"

    saved = client.submit(
        client.get(f"{start}/edit"),
        question="Apa dahulu?",
        areas=services_area.code,
        **{"choices-0-title": "Lampu", "choices-1-title": "Bangku", "choices-1-cost": "350.000.000"},
    )
    vote = queries.vote_of(project)
    make_village = make_area(code=f"{services_area.code}.1", parent_code=services_area.code)
    cast(vote, make_village)
    services.publish(vote.id, at=AFTER)
    decided = client.submit(
        client.get(f"{start}/decision"),
        decision="Lampu dahulu.",
        taken_1="yes",
        reason_1="Paling diminta.",
        taken_2="no",
        reason_2="Menyusul.",
    )

    assert saved.status_code == 303
    assert [(one.title, one.cost) for one in vote.choices] == [("Lampu", None), ("Bangku", 350_000_000)]
    assert decided.status_code == 303
    assert [one.is_taken for one in vote.choices] == [True, False]


def test_others_prepare_and_decide_nothing(login, vote):
    client = login(make_user())

    assert client.get(f"{room(vote)}/edit").status_code == 403
    assert client.get(f"{room(vote)}/decision").status_code == 403


def test_a_vote_lies_inside_its_phase(area, now):
    project = make_project(PhaseKind.PRIORITISE)
    plan = Plan(
        question="?",
        choices=[Proposal(title="A"), Proposal(title="B")],
        areas=[area],
        closes_at=MONDAY + timedelta(days=30),
    )

    with pytest.raises(DomainError) as refused:
        services.prepare(project, project.phases[0], None, plan, at=MONDAY)

    assert refused.value.field == "closes_on"


@pytest.mark.parametrize("count", [6, 60])
def test_the_page_asks_the_same_number_of_questions_for_any_turnout(client, area, now, count_sql, count):
    vote = make_vote(area=area, titles=[f"Pilihan {number}" for number in range(min(count, 20))])
    cast(vote, area, count)
    services.publish(vote.id, at=AFTER)

    with count_sql() as statements:
        client.get(room(vote))

    assert len(statements) <= 8, statements


def test_a_signed_in_reader_gets_the_ballots_as_a_file_too(login, vote, area):
    cast(vote, area)
    services.publish(vote.id, at=AFTER)

    answer = login(make_user()).get(f"{room(vote)}/ballots.csv")

    assert answer.mimetype == "text/csv"


def test_a_vote_tells_the_story_of_its_ideas(app, area, now):
    project = make_project(PhaseKind.COLLECT, PhaseKind.PRIORITISE)
    idea = make_idea(project)
    vote = make_vote(project, area=area, choices=[Proposal(title="A", idea=idea), Proposal(title="B")])
    cast(vote, area)
    services.publish(vote.id, at=AFTER)
    services.decide(vote, text="A.", rulings={1: Ruling(True, "Ya."), 2: Ruling(False, "Tidak.")}, at=AFTER)

    with app.test_request_context():
        told = [fate.title for fate in fates.of([idea])[idea.subject]]

    assert told[-3:] == [
        "Menjadi pilihan dalam pemungutan suara.",
        "Hasil pemungutan suara: peringkat 1 dari 2, 18 titik.",
        "Petugas memutuskan: gagasan ini dibangun.",
    ]


def test_the_ballot_costs_no_more_than_eight_statements(login, vote, area, count_sql):
    client = login(make_user())

    with count_sql() as statements:
        client.get(f"{room(vote)}/ballot")

    assert len(statements) <= 8, statements


def test_a_sum_in_words_is_refused_in_the_page_s_language_and_kept(login, area, now):
    person = make_user(Role.OFFICIAL)
    project = make_project(PhaseKind.PRIORITISE, official=make_official(user_id=person.id))
    client = login(person)

    refused = client.submit(
        client.get(f"/projects/{project.slug}/vote/edit"),
        question="Apa dahulu?",
        **{"choices-0-title": "Lampu", "choices-0-cost": "sejuta"},
    )

    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Pilihan 1, Perkiraan biaya (Rp): Tulis jumlahnya dengan angka" in text
    assert "{" not in text.partition("error-summary")[2].partition("</ul>")[0]
    assert 'value="Lampu"' in text


def test_more_rows_keep_what_was_typed(login, area, now):
    person = make_user(Role.OFFICIAL)
    project = make_project(PhaseKind.PRIORITISE, official=make_official(user_id=person.id))
    client = login(person)
    page = client.get(f"/projects/{project.slug}/vote/edit")

    more = client.submit(page, more="1", **{"choices-0-title": "Lampu", "choices-1-title": "Bangku"})

    text = more.get_data(as_text=True)
    assert more.status_code == 200
    assert 'name="choices-3-title"' in text
    assert 'value="Bangku"' in text
