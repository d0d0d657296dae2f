"""Making surveys and looking after them, and the lists that everybody reads."""

from datetime import timedelta

import pytest
import time_machine

from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.surveys import services
from portal.surveys.models import AgencyService, Survey, SurveyInvitation
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_official,
    make_report,
    make_routing_rule,
    make_user,
)
from tests.surveys.making import (
    AFTER,
    head_of,
    invite,
    make_evaluation,
    make_remark,
    make_service,
    make_survey,
    published,
    respond,
)

pytestmark = pytest.mark.usefixtures("city")
STATEMENTS = 8


def test_head_names_a_service_and_asks_about_it(login):
    user, official = head_of(make_agency())
    head = login(user)

    head.submit(head.get("/surveys/services/new"), "/services/new", name_id="Izin galian", name_en="")
    service = db.session.scalars(db.select(AgencyService)).one()
    page = head.get(f"/surveys/services/{service.id}/surveys/new")
    dates = {"opens_on": "2026-11-17", "closes_on": "2026-12-17"}
    answer = head.submit(page, "/surveys", population="400", extra_1="Loket mana?", **dates)

    survey = db.session.scalars(db.select(Survey)).one()
    assert answer.location.endswith(f"/surveys/{survey.number}/manage")
    assert (survey.title_id, survey.title_en, survey.official_id) == (
        "Izin galian",
        "Izin galian",
        official.id,
    )
    assert survey.extra_questions == [{"id": "Loket mana?", "en": "Loket mana?"}]
    assert "Belum dibuka" in head.get(answer.location).text


def test_wrong_days_are_named_beside_their_field(login):
    service = make_service()
    make_official(service.agency)
    admin = login(make_user(Role.ADMINISTRATOR))
    page = admin.get(f"/surveys/services/{service.id}/surveys/new")

    dates = {"opens_on": "2026-11-17", "closes_on": "2026-11-16"}
    answer = admin.submit(page, "/surveys", population="0", **dates)
    again = admin.submit(page, "/surveys", population="10", **dates)

    assert 'id="population-error"' in answer.text
    assert 'id="closes_on-error"' in again.text
    assert (answer.status_code, again.status_code) == (422, 422)


def test_head_of_another_agency_is_refused(login):
    survey = make_survey()
    stranger = login(head_of(make_agency())[0])

    assert stranger.get(f"/surveys/{survey.number}/manage").status_code == 403
    assert stranger.get(f"/surveys/services/{survey.service_id}").status_code == 403
    assert survey.title_id not in stranger.get("/surveys/manage").text


def test_head_does_not_publish_the_own_result(login):
    survey = make_survey()
    respond(survey, [1] * 12)
    head = login(head_of(survey.agency)[0])

    with time_machine.travel(AFTER, tick=False):
        page = head.get(f"/surveys/{survey.number}/manage")

    assert "Terbitkan hasil" not in page.text
    assert "dari 100" not in page.text


def test_end_and_population_may_change_while_it_is_open(login):
    survey = make_survey()
    admin = login(make_user(Role.ADMINISTRATOR))
    page = admin.get(f"/surveys/{survey.number}/manage")

    admin.submit(page, "/manage", closes_on="2026-12-31", population="500")

    assert (survey.closes_on.isoformat(), survey.population) == ("2026-12-31", 500)


def test_closing_without_a_reason_is_asked_again(login):
    survey = make_survey()
    moderator = login(make_user(Role.MODERATOR))

    answer = moderator.submit(moderator.get(f"/surveys/{survey.number}/manage"), "/closure", reason="")

    assert answer.status_code == 422
    assert survey.closed_at is None


def test_two_services_of_an_agency_have_two_names(login):
    service = make_service(name_id="Izin galian")
    admin = login(make_user(Role.ADMINISTRATOR))
    page = admin.get("/surveys/services/new")

    answer = admin.submit(page, "/new", name_id=" Izin galian", agency_id=str(service.agency_id))

    assert answer.status_code == 422
    assert "sudah mempunyai layanan" in answer.text


def test_open_answer_is_shown_once_a_moderator_released_it(login, client):
    survey = make_survey()
    make_remark(survey, "Tambah loket.")
    moderator = login(make_user(Role.MODERATOR))
    published(survey)
    assert "Tambah loket." not in client.get(f"/surveys/{survey.number}").text

    page = moderator.get(f"/surveys/{survey.number}/remarks")
    moderator.submit(page, "/release")

    assert "Tambah loket." in client.get(f"/surveys/{survey.number}").text


def test_withheld_answer_is_not_shown(login, client):
    survey = make_survey()
    make_remark(survey, "Telepon saya 0812.")
    published(survey)
    moderator = login(make_user(Role.MODERATOR))

    moderator.submit(moderator.get(f"/surveys/{survey.number}/remarks"), "/withholding")

    assert "0812" not in client.get(f"/surveys/{survey.number}").text
    assert "0812" in moderator.get(f"/surveys/{survey.number}/remarks?state=withheld").text


def test_reporters_whose_matter_was_closed_are_invited_once(login):
    category, agency = make_category(), make_agency()
    user = make_user(Role.OFFICIAL)
    make_official(agency, user_id=user.id)
    make_routing_rule(category, agency)
    closed = make_report(category, name="Butet", email="butet@contoh.id")
    make_report(category, name="Togar", email="togar@contoh.id")  # still open
    assignments.respond(closed.assignment, kind=ResponseKind.ANSWER, body="Selesai.", by=user, at=MONDAY)
    survey = make_survey(make_service(agency, serves_reporters=True), invites_reporters=True)

    assert services.invite_served(MONDAY + timedelta(hours=1)) is False
    services.invite_served(MONDAY + timedelta(hours=2))

    assert db.session.scalars(db.select(SurveyInvitation.address)).all() == ["butet@contoh.id"]
    assert survey.invited_count == 1


def test_confidential_reporters_get_no_letter():
    category, agency = make_category(), make_agency()
    user = make_user(Role.OFFICIAL)
    make_official(agency, user_id=user.id)
    make_routing_rule(category, agency)
    report = make_report(category, name="Butet", email="butet@contoh.id")
    assignments.respond(report.assignment, kind=ResponseKind.ANSWER, body="Selesai.", by=user, at=MONDAY)
    report.is_confidential = True
    make_survey(make_service(agency, serves_reporters=True), invites_reporters=True)

    services.invite_served(MONDAY)

    assert db.session.scalars(db.select(SurveyInvitation)).all() == []


def test_list_shows_what_is_open_first_and_then_the_results(client):
    result = published(scores=[4] * 12).survey
    survey = make_survey()

    text = client.get("/surveys").text

    assert text.index(survey.title_id) < text.index(result.title_id)
    assert "100,00 dari 100: Sangat Baik (A)" in text


def test_list_of_one_agency_leaves_out_the_others(client):
    survey, other = make_survey(), make_survey()

    text = client.get(f"/surveys?agency={survey.agency.code}").text

    assert survey.title_id in text
    assert other.title_id not in text
    assert client.get("/surveys?agency=x").status_code == 404


@pytest.mark.parametrize("number", ["S-0", "S-99999999999999999999", "S-x", "x", "S-٣"])
def test_unknown_survey_is_not_found(client, number):
    assert client.get(f"/surveys/{number}").status_code == 404


def test_pages_cost_the_same_with_many_surveys_and_answers(client, count_sql):
    service, official = make_service(), None

    def statements(*paths):
        db.session.expire_all()
        found = []
        for path in paths:
            with count_sql() as sent:
                assert client.get(path).status_code == 200
            found.append(len(sent))
        return found

    official = make_official(service.agency)
    first = make_survey(service, official_id=official.id)
    published(first)
    evaluation = make_evaluation()
    paths = ("/surveys", f"/surveys/{first.number}", f"/surveys/{evaluation.number}")
    few = statements(*paths)

    for _ in range(25):
        published(make_survey(make_service(service.agency), official_id=official.id), scores=[3])
    for number in range(30):
        make_remark(first, f"Saran {number}").is_released = True
        make_survey(make_service(service.agency), official_id=official.id)
    many = statements(*paths)

    assert few == many
    assert max(many) <= STATEMENTS


def test_form_costs_the_same_for_everybody(client, count_sql):
    survey = make_survey()
    invite(survey, *(f"warga{n}@contoh.id" for n in range(20)))
    respond(survey, [3] * 20)
    db.session.expire_all()

    with count_sql() as sent:
        client.get(f"/surveys/{survey.number}/answer")

    assert len(sent) <= 3


def test_results_are_read_page_by_page(client):
    agency = make_agency()
    official = make_official(agency)
    for _ in range(23):
        published(make_survey(make_service(agency), official_id=official.id), scores=[])

    first = client.get("/surveys")
    older = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")

    assert first.text.count("queue__title") == 20
    assert client.get(older).text.count("queue__title") == 3
