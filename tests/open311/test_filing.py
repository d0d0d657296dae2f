"""What happens to a request that another program posts."""

import pytest

from portal.accounts.rules import Role
from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.rules import QuestionKind
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.open311 import services
from portal.organisation.models import AgencyCategory
from portal.reports import tracking
from portal.reports.models import Report, Reporter
from portal.reports.rules import Channel, ReportState
from portal.security import limiter
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_outside_body,
    make_routing_rule,
)
from tests.open311.conftest import REQUESTS, make_program, parsed

PERSON = {
    "first_name": "Rosmawati",
    "last_name": "Ginting",
    "email": "rosmawati@contoh.example",
    "phone": "081260001234",
    "device_id": "perangkat-rosmawati",
    "account_id": "akun-rosmawati",
}


def reports(session):
    return session.query(Report).order_by(Report.id).all()


def test_a_posted_request_is_a_report_with_its_number(client, world, session):
    answer = client.post(REQUESTS, data=world.fields())

    (told,) = answer.get_json()
    (report,) = reports(session)
    assert answer.status_code == 201
    assert told["service_request_id"] == report.number
    assert (report.channel, report.area_code) == (Channel.OPEN311, world.area.code)
    assert report.content.title == "Lampu jalan mati sejak Senin"
    assert world.program.last_used_on is not None
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_without_consent_nothing_of_the_person_stands_in_any_table(client, world, session):
    client.post(REQUESTS, data=world.fields(**PERSON))

    (report,) = reports(session)
    assert report.is_anonymous
    assert report.state is ReportState.SUBMITTED  # an anonymous report always sees a moderator
    everything = str(
        [list(session.execute(table.select())) for table in db.metadata.sorted_tables]
    ).casefold()
    assert "lampu jalan mati" in everything
    assert [mark for mark in PERSON.values() if mark.casefold() in everything] == []


def test_with_consent_the_reporter_is_named(client, world, session):
    client.post(REQUESTS, data=world.fields(**PERSON, consent="true"))

    row = session.query(Reporter).one()
    assert (row.name, row.email) == ("Rosmawati Ginting", "rosmawati@contoh.example")
    assert not reports(session)[0].is_anonymous
    assert reports(session)[0].state is ReportState.OPEN  # its category has a rule that verifies


def test_code_and_words_of_the_answer_lead_back(client, world, session):
    (told,) = client.post(REQUESTS, data=world.fields()).get_json()

    assert session.query(Reporter).one().tracking_digest == tracking.digest(told["tracking_code"])
    assert len(told["passphrase"].split()) == tracking.WORD_COUNT


def test_the_clients_own_reference_files_once(client, world, session):
    once = {"Idempotency-Key": "surat-17"}

    first = client.post(REQUESTS, data=world.fields(), headers=once).get_json()
    again = client.post(REQUESTS, data=world.fields(description="Lain."), headers=once).get_json()
    other = client.post(REQUESTS, data=world.fields(), headers={"Idempotency-Key": "surat-18"}).get_json()

    assert again == first
    assert other[0]["service_request_id"] != first[0]["service_request_id"]
    assert len(reports(session)) == 2


def test_two_clients_may_use_the_same_reference(client, world, session):
    key = services.renew_key(make_program(name="Lain"), at=MONDAY)
    for one in (world.key, key):
        client.post(REQUESTS, data=world.fields(api_key=one), headers={"Idempotency-Key": "1"})

    assert len(reports(session)) == 2


@pytest.mark.parametrize("key", [None, "", "bw_salah"])
def test_without_a_key_nothing_is_filed(client, world, session, key):
    answer = client.post(REQUESTS, data=world.fields(api_key=key))

    assert answer.status_code == 403
    assert answer.get_json()[0]["code"] == 403
    assert reports(session) == []


@pytest.mark.parametrize("end", ["revoke", "switch off", "renew"])
def test_a_key_ends_at_once(client, world, session, end):
    if end == "revoke":
        services.revoke_key(world.program)
    elif end == "renew":
        services.renew_key(world.program, at=MONDAY)
    else:
        world.program.is_active = False

    assert client.post(REQUESTS, data=world.fields()).status_code == 403
    assert reports(session) == []


def test_a_key_in_the_address_is_not_looked_at(client, world):
    answer = client.post(f"{REQUESTS}?api_key={world.key}", data=world.fields(api_key=None))

    assert answer.status_code == 403


def test_only_a_digest_of_the_key_is_kept(world, session):
    assert world.key not in str(
        [getattr(world.program, column.name) for column in world.program.__table__.columns]
    )


def test_each_client_has_its_own_limit(client, world, session):
    world.program.hourly_limit = 1
    other = services.renew_key(make_program(name="Lain"), at=MONDAY)

    codes = [client.post(REQUESTS, data=world.fields()).status_code for _ in range(2)]
    of_other = client.post(REQUESTS, data=world.fields(api_key=other))
    refused = client.post(REQUESTS, data=world.fields())

    assert codes == [201, 429]
    assert of_other.status_code == 201
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.get_json()[0]["code"] == 429


def test_guessing_keys_is_slowed_down(client, world):
    codes = {client.post(REQUESTS, data={"api_key": f"bw_{n}"}).status_code for n in range(32)}

    assert codes == {403, 429}
    limiter.reset()


def test_an_emergency_is_told_the_number(client, world, session):
    category = make_category(category_class=CategoryClass.EMERGENCY)
    make_routing_rule(category, make_agency())

    answer = client.post(REQUESTS, data=world.fields(service_code=category.code))

    assert answer.status_code == 400
    assert "112" in answer.get_json()[0]["description"]
    assert reports(session) == []


def test_what_others_answer_for_is_told_with_their_number(client, world, session):
    category = make_category()
    session.add(AgencyCategory(agency_id=make_outside_body().id, category_code=category.code))
    session.flush()

    answer = client.post(REQUESTS, data=world.fields(service_code=category.code))
    listed = client.get("/open311/v2/services.json").get_json()

    assert answer.status_code == 400
    assert "PT PLN" in answer.get_json()[0]["description"]
    assert "123" in answer.get_json()[0]["description"]
    assert category.code not in {one["service_code"] for one in listed}


def test_a_point_outside_the_city_names_the_neighbour(client, world):
    make_outside_body(name="Pemkab Deli Serdang", neighbouring_region="Kabupaten Deli Serdang")

    answer = client.post(REQUESTS, data=world.fields(lat="3.0", long="98.0"))

    assert answer.status_code == 400
    assert "Kabupaten Deli Serdang, Pemkab Deli Serdang" in answer.get_json()[0]["description"]


def test_a_confidential_category_is_never_echoed(client, world, session):
    category = make_category(category_class=CategoryClass.CONFIDENTIAL)
    make_routing_rule(category, make_agency(), verifies=False)

    answer = client.post(REQUESTS, data=world.fields(service_code=category.code))

    assert answer.status_code == 201
    assert "Lampu" not in answer.text
    assert reports(session)[0].is_confidential


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"service_code": None}, "service_code"),
        ({"description": None}, "description"),
        ({"description": "x" * 8_001}, "description"),
        ({"lat": "timur"}, "derajat"),
        ({"long": None}, "derajat"),
        ({"lat": None, "long": None}, "address_string"),
        ({"lat": None, "long": None, "address_id": "99"}, "address_id"),
        ({"consent": "1", "email": "bukan surel"}, "email"),
    ],
)
def test_what_is_missing_or_wrong_is_named(client, world, session, changes, says):
    answer = client.post(REQUESTS, data=world.fields(**changes))

    assert answer.status_code == 400
    assert says in answer.get_json()[0]["description"]
    assert reports(session) == []


def test_an_unknown_service_is_not_found(client, world):
    assert client.post(REQUESTS, data=world.fields(service_code="tak_ada")).status_code == 404


@pytest.mark.parametrize("where", ["address_id", "address_string"])
def test_a_place_without_a_point_is_enough(client, world, session, where):
    text = world.area.code if where == "address_id" else "Jalan Garu III"
    client.post(REQUESTS, data=world.fields(lat=None, long=None, **{where: text}))

    (report,) = reports(session)
    assert report.area_code == (world.area.code if where == "address_id" else None)


def question(world, session, **changes):
    values = {
        "category_code": world.category.code,
        "kind": QuestionKind.NUMBER,
        "label_id": "Berapa lampu yang mati?",
        "label_en": "How many lamps are out?",
        "is_required": True,
    }
    one = CategoryQuestion(**{**values, **changes})
    session.add(one)
    session.flush()
    return one


def test_attributes_answer_the_questions_of_the_category(client, world, session):
    asked = question(world, session)

    refused = client.post(REQUESTS, data=world.fields(**{f"attribute[{asked.code}]": "banyak"}))
    client.post(REQUESTS, data=world.fields(**{f"attribute[{asked.code}]": "3", "attribute[lain]": "x"}))

    (report,) = reports(session)
    assert asked.code in refused.get_json()[0]["description"]
    assert [(one.code, one.given) for one in report.content.answers] == [(asked.code, "3")]


def test_a_definition_says_what_a_category_asks(client, world, session):
    asked = question(
        world, session, kind=QuestionKind.CHOICE, choices=[["Satu", "One"], ["Semua", "All of them"]]
    )

    told = client.get(f"/en/open311/v2/services/{world.category.code}.json").get_json()

    assert told["attributes"] == [
        {
            "variable": True,
            "code": asked.code,
            "datatype": "singlevaluelist",
            "required": True,
            "datatype_description": "",
            "order": 1,
            "description": "How many lamps are out?",
            "values": [{"key": "Satu", "name": "One"}, {"key": "Semua", "name": "All of them"}],
        }
    ]


def test_a_category_that_demands_a_photo_is_filed_elsewhere(client, world, session):
    question(world, session, kind=QuestionKind.PHOTO)

    answer = client.post(REQUESTS, data=world.fields())

    assert answer.status_code == 400
    assert "/reports/new" in answer.get_json()[0]["description"]
    assert client.get("/open311/v2/services.json").get_json() == []


def test_media_is_neither_fetched_nor_kept(client, world, session):
    url = "https://foto.example/rahasia.jpg"

    answer = client.post(REQUESTS, data=world.fields(media_url=url))

    assert "media_url" in answer.get_json()[0]["service_notice"]
    assert url not in str([vars(report.content) for report in reports(session)])


def test_xml_says_the_same(client, world, session):
    root = parsed(client.post("/open311/v2/requests.xml", data=world.fields()))

    assert root.tag == "service_requests"
    assert root.findtext("request/service_request_id") == reports(session)[0].number


def test_services_are_listed_in_both_forms(client, world):
    listed = client.get("/open311/v2/services.json")
    root = parsed(client.get("/open311/v2/services.xml"))

    assert listed.get_json()[0]["service_code"] == world.category.code
    assert root.findtext("service/service_code") == world.category.code
    assert listed.headers["Access-Control-Allow-Origin"] == "*"


def test_a_number_is_its_own_token(client, world, session):
    number = client.post(REQUESTS, data=world.fields()).get_json()[0]["service_request_id"]

    told = client.get(f"/open311/v2/tokens/{number}.json").get_json()

    assert told == [{"service_request_id": number, "token": number}]
    assert client.get("/open311/v2/tokens/X.json").status_code == 404


def test_another_jurisdiction_is_not_ours(client, world):
    assert client.get("/open311/v2/services.json?jurisdiction_id=boston.gov").status_code == 404


def test_signing_in_gives_a_program_nothing(login, world, session):
    answer = login(world.administrator).post(REQUESTS, data=world.fields(api_key=None))

    assert answer.status_code == 403
    assert Role.ADMINISTRATOR in world.administrator.roles
