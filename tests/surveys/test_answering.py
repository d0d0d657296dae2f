"""Filling in a survey: once, without a name, through a letter or the open door."""

import re
from datetime import timedelta

import pytest
import time_machine

from portal.accounts.rules import Role
from portal.db import db
from portal.errors import DomainError
from portal.notifications.models import Notification
from portal.surveys import queries, services
from portal.surveys.models import SurveyInvitation, SurveyRemark, SurveyResponse
from portal.surveys.rules.instruments import SKM_CODES
from tests.builders import MONDAY, make_user
from tests.surveys.making import AFTER, answers, invite, make_evaluation, make_survey, respond

pytestmark = pytest.mark.usefixtures("city")
TYPED = dict.fromkeys(SKM_CODES, "3")


def link(invitation: SurveyInvitation) -> str:
    """The address in the letter."""
    body = db.session.scalar(
        db.select(Notification.body).where(Notification.key.endswith(f"survey_invitation:{invitation.id}"))
    )
    return re.search(r"/surveys/invitations/\S+", body).group()


def responses() -> list[SurveyResponse]:
    return list(db.session.scalars(db.select(SurveyResponse)))


def test_resident_answers_through_the_open_door(client):
    survey = make_survey()
    page = client.get(f"/surveys/{survey.number}/answer")

    answer = client.submit(page, "/responses", **TYPED, fact_age="25_34", saran="Tambah loket.")

    assert answer.location.endswith(f"/surveys/{survey.number}/thanks")
    assert "Terima kasih" in client.get(answer.location).text
    (kept,) = responses()
    assert (kept.answers, kept.facts) == (dict.fromkeys(SKM_CODES, 3), {"age": "25_34"})
    assert (survey.door_count, survey.answered_count) == (1, 0)


def test_open_answer_is_kept_apart_from_the_scores(client):
    survey = make_survey()

    client.submit(
        client.get(f"/surveys/{survey.number}/answer"), "/responses", **TYPED, saran="Tambah loket."
    )

    assert db.session.scalars(db.select(SurveyRemark)).one().text == "Tambah loket."
    assert "Tambah loket." not in str(responses()[0].answers)


def test_missing_answer_is_named_beside_its_question_and_the_rest_is_kept(client):
    survey = make_survey()
    page = client.get(f"/surveys/{survey.number}/answer")

    answer = client.submit(page, "/responses", **{**TYPED, "U4": None}, saran="Tambah loket.")

    assert answer.status_code == 422
    assert 'id="U4-error"' in answer.text
    assert "Tambah loket." in answer.text
    assert re.search(r'<input[^>]*checked[^>]*name="U5"[^>]*value="3"', answer.text)
    assert responses() == []


def test_a_browser_goes_through_the_open_door_once(client):
    survey = make_survey()
    page = client.get(f"/surveys/{survey.number}/answer")
    client.submit(page, "/responses", **TYPED)

    again = client.submit(page, "/responses", **TYPED)

    assert again.location.endswith("/thanks")
    assert client.get(f"/surveys/{survey.number}/answer").location.endswith("/thanks")
    assert survey.door_count == 1


def test_the_same_form_sent_twice_is_one_response():
    survey = make_survey()
    given = {"given": answers(survey), "facts": {}, "token": "same", "invitation": None, "at": MONDAY}

    assert services.answer(survey, **given)
    assert not services.answer(survey, **given)

    assert len(responses()) == survey.door_count == 1


def test_invited_person_answers_once_by_the_link_in_the_letter(client):
    survey = make_survey(has_open_door=False)
    (invitation,) = invite(survey, "butet@contoh.id")
    page = client.get(link(invitation))

    first = client.submit(page, link(invitation), **TYPED)
    second = client.submit(page, link(invitation), **TYPED)

    assert first.location.endswith("/thanks")
    assert second.location.endswith("/thanks")
    assert (survey.answered_count, survey.invited_count, len(responses())) == (1, 1, 1)


def test_opening_the_link_uses_nothing_up(client):
    (invitation,) = invite(make_survey(), "butet@contoh.id")

    client.get(link(invitation))
    db.session.refresh(invitation)

    assert not invitation.is_answered
    assert client.get(link(invitation)).status_code == 200


def test_nothing_kept_leads_from_a_response_to_a_person_or_a_moment():
    held = {column.name for column in SurveyResponse.__table__.columns}
    of_invited = {column.name for column in SurveyInvitation.__table__.columns}

    assert held == {"id", "survey_id", "door", "answers", "facts"}
    assert of_invited - {"id", "survey_id", "recipient_digest", "user_id", "address", "language"} == {
        "sent_at",
        "reminded_at",
        "is_answered",
    }


def test_link_is_over_when_the_survey_is(client):
    (invitation,) = invite(make_survey(), "butet@contoh.id")
    address = link(invitation)

    with time_machine.travel(AFTER, tick=False):
        page = client.get(address)

    assert page.status_code == 410
    assert "tidak berlaku" in page.text


def test_forged_link_opens_nothing(client):
    assert client.get("/surveys/invitations/x.y").status_code == 410


def test_closed_survey_takes_no_answer():
    survey = make_survey()

    with pytest.raises(DomainError, match="tidak dibuka"):
        services.answer(survey, given=answers(survey), facts={}, token="t", invitation=None, at=AFTER)


def test_survey_without_an_open_door_turns_visitors_to_its_page(client):
    survey = make_survey(has_open_door=False)

    assert client.get(f"/surveys/{survey.number}/answer").location.endswith(f"/surveys/{survey.number}")
    with pytest.raises(DomainError, match="diundang"):
        respond(survey, [3])


def test_nobody_is_invited_twice():
    survey = make_survey()

    invite(survey, "butet@contoh.id", "Butet@contoh.id ")
    invite(survey, "butet@contoh.id")

    assert survey.invited_count == 1


def test_reminder_goes_once_and_only_to_those_who_did_not_answer():
    survey = make_survey()
    answered, silent = invite(survey, "butet@contoh.id", "togar@contoh.id")
    respond(survey, [3], invitation=answered)
    week = MONDAY + timedelta(days=7)

    services.remind(week - timedelta(minutes=1))
    assert silent.reminded_at is None
    services.remind(week)
    services.remind(week + timedelta(days=7))

    letters = db.session.scalars(db.select(Notification).filter_by(kind="survey_reminder")).all()
    assert [letter.address for letter in letters] == ["togar@contoh.id"]


def test_scripts_in_open_answers_stay_words(client, login):
    evaluation = make_evaluation()
    given = {"E1": "3", "E2": "3", "E3": "3", "E4": "3", "E5": "<script>alert(1)</script>"}
    client.submit(client.get(f"/surveys/{evaluation.number}/answer"), "/responses", **given)
    (remark,) = queries.remarks(evaluation, is_released=None, after=None).rows
    moderator = make_user(Role.MODERATOR)
    read = login(moderator).get(f"/surveys/{evaluation.number}/remarks")
    services.release(remark, by=moderator, at=AFTER)
    services.publish(evaluation, by=moderator, at=AFTER)
    shown = client.get(f"/surveys/{evaluation.number}")

    for page in (read, shown):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert" in page.text


def test_a_machine_is_stopped_at_the_open_door(client):
    page = client.get(f"/surveys/{make_survey().number}/answer")

    codes = [client.submit(page, "/responses").status_code for _ in range(11)]

    assert codes == [*[422] * 10, 429]
