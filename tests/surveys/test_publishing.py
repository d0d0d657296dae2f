"""From the last day to the result, and from the result to what changes."""

import csv
import io
from datetime import timedelta
from fractions import Fraction

import pytest
import time_machine
from sqlalchemy.exc import DatabaseError

from portal.accounts.rules import Role
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.surveys import queries, services
from portal.surveys.models import Survey, SurveyInvitation
from tests.builders import MONDAY, make_agency, make_official, make_user
from tests.surveys.making import (
    AFTER,
    invite,
    make_evaluation,
    make_service,
    make_survey,
    published,
    respond,
)

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def moderator():
    return make_user(Role.MODERATOR)


@pytest.fixture
def official():
    return make_official(user_id=make_user(Role.OFFICIAL).id)


def survey_of(official, **changes) -> Survey:
    return make_survey(make_service(official.agency), official_id=official.id, **changes)


def test_moderator_publishes_after_closing(login, moderator):
    survey = make_survey(population=20)
    respond(survey, [3] * 12)
    desk = login(moderator)

    with time_machine.travel(AFTER, tick=False):
        page = desk.get(f"/surveys/{survey.number}/manage")
        desk.submit(page, "/publication")
        shown = desk.get(f"/surveys/{survey.number}")

    assert "Sampelnya kurang" in page.text
    assert "75,00 dari 100: Kurang Baik (C)" in shown.text
    assert "Sampel kurang. Untuk 20 orang yang dilayani diperlukan 19 jawaban; ada 12." in shown.text


def test_english_page_says_the_same_in_english(client):
    number = published(scores=[4] * 12).survey.number

    assert "100.00" in client.get(f"/en/surveys/{number}").text


def test_result_waits_for_the_end():
    survey = make_survey()

    with pytest.raises(DomainError, match="setelah survei ditutup"):
        services.publish(survey, by=None, at=MONDAY + timedelta(days=30))


def test_result_is_published_once():
    survey = published().survey

    with pytest.raises(DomainError, match="sekali"):
        services.publish(survey, by=None, at=AFTER)


def test_published_result_is_what_its_answers_give_again():
    survey = make_survey()
    respond(survey, [1, 2, 3, 4] * 5, facts={"age": "25_34", "sex": "female"})

    result = published(survey, scores=[2, 4])

    assert queries.computed(survey) == result.document


@pytest.mark.parametrize(
    "change", ["UPDATE survey_results SET document = '{}'", "DELETE FROM survey_results"]
)
def test_database_refuses_to_change_a_result(change):
    published()

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(db.text(change))


def test_result_says_who_did_not_answer(client):
    survey = make_survey()
    people = invite(survey, *(f"warga{n}@contoh.id" for n in range(20)))
    for one in people[:9]:
        respond(survey, [3], invitation=one)
    respond(survey, [4] * 3)

    result = published(survey, scores=[])

    assert (result.document["invited"], result.document["invited_answered"]) == (20, 9)
    assert result.document["doors"]["open"]["n"] == 3
    text = client.get(f"/surveys/{survey.number}").text
    assert "45,0 %" in text
    assert "9 dari 20 orang" in text


def test_the_invited_are_forgotten_when_the_result_is_out():
    survey = make_survey()
    invite(survey, "butet@contoh.id")

    published(survey)

    kept = db.session.execute(db.select(SurveyInvitation.address, SurveyInvitation.user_id)).all()
    assert kept == [(None, None)]


def test_publishing_gives_the_official_twenty_working_days(official):
    survey = survey_of(official)

    published(survey)

    duty = db.session.scalars(db.select(Assignment).filter_by(number=survey.number)).one()
    (clock,) = deadlines.clock_values([duty.clock_id], AFTER)[duty.clock_id]
    assert (duty.origin, duty.official_id) == ("survey", official.id)
    assert clock.due_at.isoformat() == "2027-01-20T09:00:00+00:00"


def test_duty_goes_to_somebody_else_of_the_agency_when_the_official_left(official):
    survey = survey_of(official)
    colleague = make_official(official.agency)
    official.active_to = MONDAY.date()

    published(survey)

    assert survey.assignment.official_id == colleague.id


def test_survey_that_nobody_answered_asks_for_no_changes():
    assert published(scores=[]).survey.assignment is None


def test_official_says_what_changes_and_meets_the_duty(login, official):
    survey = survey_of(official)
    published(survey)
    user = db.session.get_one(type(make_user()), official.user_id)
    desk = login(user)

    with time_machine.travel(AFTER, tick=False):
        assert f"/surveys/{survey.number}/changes" in desk.get(f"/desk/{survey.number}").text
        page = desk.get(f"/surveys/{survey.number}/changes")
        desk.submit(page, "/changes", body="Loket dibuka sampai pukul 18.00.")
        shown = desk.get(f"/surveys/{survey.number}")

    assert survey.assignment.state == AssignmentState.ANSWERED
    assert "Loket dibuka sampai pukul 18.00." in shown.text
    assert "Ditepati" in shown.text


def test_empty_changes_are_asked_for_again(login, official):
    survey = survey_of(official)
    published(survey)
    desk = login(db.session.get_one(type(make_user()), official.user_id))

    answer = desk.submit(desk.get(f"/surveys/{survey.number}/changes"), "/changes", body="  ")

    assert answer.status_code == 422
    assert "Tulis apa yang berubah" in answer.text


def test_late_changes_are_seen_by_everybody(client, official):
    survey = survey_of(official)
    published(survey)

    with time_machine.travel(AFTER + timedelta(days=60), tick=False):
        text = client.get(f"/surveys/{survey.number}").text

    assert "Terlambat" in text


def test_csv_has_a_line_for_each_element_and_gives_the_index_again(client):
    number = published(scores=[2, 3, 3, 4] * 4).survey.number

    lines = list(csv.DictReader(io.StringIO(client.get(f"/surveys/{number}/result.csv").text)))

    assert [line["code"] for line in lines] == [f"U{n}" for n in range(1, 10)]
    again = sum(Fraction(int(line["score_total"]), int(line["n"])) / 9 for line in lines) * 25
    assert again == Fraction(lines[0]["index"]) == 75


def test_csv_holds_nothing_that_a_spreadsheet_would_run(client):
    survey = make_survey(make_service(name_id="=HYPERLINK(1)"))

    published(survey)

    assert ",'=HYPERLINK(1)," in client.get(f"/surveys/{survey.number}/result.csv").text


def test_json_names_its_method(client):
    number = published().survey.number

    told = client.get(f"/surveys/{number}/result.json").json

    assert told["result"]["index"] == "75.00"
    assert "1/9" in told["method"]["index"]


def test_nothing_can_be_downloaded_before_the_result(client):
    number = make_survey().number

    assert client.get(f"/surveys/{number}/result.csv").status_code == 404
    assert client.get(f"/surveys/{number}/result.json").status_code == 404


def test_every_change_stands_in_the_record_without_words():
    survey = make_survey()
    invite(survey, "butet@contoh.id")
    services.close(survey, reason="Loketnya pindah.", at=MONDAY)
    published(survey, scores=[])

    events = ledger.events_of(survey.subject)

    assert [event.kind for event in events] == [
        "survey_planned",
        "survey_invited",
        "survey_closed_early",
        "survey_published",
    ]
    assert "Loketnya" not in str([event.details for event in events])


def test_evaluation_is_found_by_its_subject_and_has_no_grade(client):
    evaluation = make_evaluation(subject="project:taman-amplas")

    published(evaluation, scores=[4] * 10)

    assert queries.of_subject("project:taman-amplas") is evaluation
    text = client.get(f"/surveys/{evaluation.number}").text
    assert "Sesuai rencana" in text
    assert "dari 100" not in text


def test_a_subject_is_evaluated_once():
    make_evaluation(subject="project:taman-amplas")

    with pytest.raises(DomainError, match="sudah ada"):
        make_evaluation(subject="project:taman-amplas")


def test_service_has_one_survey_at_a_time():
    survey = make_survey()

    with pytest.raises(DomainError, match="pada tanggal-tanggal itu"):
        make_survey(survey.service)


def test_survey_is_of_an_official_of_its_agency():
    with pytest.raises(DomainError, match="petugas dari dinas ini"):
        make_survey(make_service(make_agency()), official_id=make_official().id)


def test_reporters_are_invited_only_to_services_that_serve_them():
    with pytest.raises(DomainError, match="melayani pelapor"):
        make_survey(invites_reporters=True)


def test_closing_early_needs_a_reason_that_everybody_reads(client):
    survey = make_survey()
    with pytest.raises(DomainError, match="alasannya"):
        services.close(survey, reason=" ", at=MONDAY)

    services.close(survey, reason="Loketnya pindah.", at=MONDAY)

    assert "Loketnya pindah." in client.get(f"/surveys/{survey.number}").text


def test_closed_survey_is_not_opened_again():
    survey = make_survey()

    with pytest.raises(DomainError, match="tidak dapat dibuka lagi"):
        services.adjust(
            survey,
            official_id=survey.official_id,
            closes_on=survey.closes_on + timedelta(days=30),
            population=300,
            has_open_door=True,
            invites_reporters=False,
            at=AFTER,
        )
