"""Somebody else types: at the counter, on the phone, from a letter or a message."""

from datetime import date, timedelta
from html import unescape
from io import BytesIO

import pytest
from sqlalchemy import select

from portal import config
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.attachments.models import Attachment
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.desk.counter import rules
from portal.desk.counter.models import CounterFiling
from portal.ledger.models import Event
from portal.reports import tracking
from portal.reports.models import Report
from portal.reports.rules import Channel, ReportState
from tests.assignments.duties import at, officer
from tests.assignments.photos import photo
from tests.builders import make_area, make_category, make_routing_rule, make_user
from tests.desk.conftest import NOW
from tests.support.client import Form

STORY = {
    "title": "Lampu jalan mati di Jalan Garu III",
    "body": "Sudah empat malam lampu di depan mushala padam.",
    "place": "Depan mushala",
}


@pytest.fixture
def colleague(city):
    """An official of another office than the one that answers."""
    return officer(name="Petugas Loket")[1]


@pytest.fixture
def clerk(colleague, login):
    return login(db.session.get_one(User, colleague.user_id))


def take_down(client, city, **changes):
    """Fill the page as a clerk without JavaScript would, and send it."""
    page = client.get("/desk/counter")
    values = {**STORY, "category": city.category.code, **changes}
    return client.submit(page, "/desk/counter", **values)


def text_of(answer) -> str:
    return unescape(answer.get_data(as_text=True))


def only_report() -> Report:
    return db.session.scalars(select(Report)).one()


def test_what_is_taken_down_says_by_which_door_it_came(clerk, city):
    answer = take_down(clerk, city, channel="phone", name="Ibu Rosmawati", phone="081260001111", may_keep="y")

    report = only_report()
    assert answer.status_code == 200
    assert report.number in text_of(answer)
    assert report.channel is Channel.PHONE
    assert report.reporter.name == "Ibu Rosmawati"
    assert report.reporter.user_id is None
    assert "Diterima lewat telepon" in text_of(clerk.get(f"/reports/{report.number}"))


def test_the_codes_are_shown_once_and_the_same_form_files_once(clerk, city):
    page = clerk.get("/desk/counter")
    values = {**STORY, "category": city.category.code}
    first = clerk.submit(page, "/desk/counter", **values)
    again = clerk.submit(page, "/desk/counter", **values)

    assert "Kode lacak" in text_of(first)
    assert "no-store" in first.headers["Cache-Control"]
    assert only_report().number in text_of(again)
    assert "Kode lacak" not in text_of(again)


def test_no_address_shows_the_codes_to_whoever_kept_the_form(clerk, city):
    page = clerk.get("/desk/counter")
    clerk.submit(page, "/desk/counter", **STORY, category=city.category.code)

    token = Form.on(page, "/desk/counter").values["form_token"]
    receipt = text_of(clerk.get(f"/reports/new/{token}/receipt"))

    assert only_report().number in receipt
    assert tracking.code(config.current().secret_key, token) not in receipt


def test_an_anonymous_one_leaves_nothing_of_the_person(clerk, city):
    take_down(
        clerk,
        city,
        is_anonymous="y",
        name="Ibu Rosmawati",
        phone="081260001111",
        email="rosmawati@contoh.id",
        may_keep="y",
    )

    reporter = only_report().reporter
    assert (reporter.name, reporter.phone, reporter.email, reporter.user_id) == ("", "", None, None)
    rows = [
        repr(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table)).all()
    ]
    assert not [row for row in rows if "osmawati" in row or "0812" in row]


def test_contact_needs_the_persons_word(clerk, city):
    answer = take_down(clerk, city, phone="081260001111")

    assert answer.status_code == 422
    assert "persetujuan" in text_of(answer)
    assert db.session.scalar(select(Report)) is None


def test_the_record_names_the_office_and_the_handlers_page_the_person(clerk, city, login):
    take_down(clerk, city, channel="letter")

    report = only_report()
    event = db.session.scalars(select(Event).filter_by(kind="filed")).one()
    filing = db.session.get_one(CounterFiling, report.id)
    assert event.details["channel"] == "letter"
    assert event.details["recorder"] == f"agency:{filing.agency.code}"
    assert "Petugas Loket" not in repr(event.details)
    duty = text_of(login(city.user).get(f"/desk/{report.number}"))
    assert f"/desk/counter/filings/{report.number}" in duty
    assert filing.recorded_by.name in text_of(
        login(city.moderator).get(f"/desk/counter/filings/{report.number}")
    )


def test_a_letter_of_last_week_is_due_from_its_own_day(clerk, city):
    """Received on Monday 9 November: three working days later, not three after today's typing."""
    category = make_category()
    make_routing_rule(category, city.official.agency, verifies=False)
    take_down(clerk, city, channel="letter", received_on="2026-11-09", category=category.code)

    report = only_report()
    assert report.received_at == at("2026-11-09 12:00")
    assert report.verify_clock.stages[0].due_at == at("2026-11-12 16:00")
    page = text_of(clerk.get(f"/reports/{report.number}"))
    assert "9 November 2026" in page
    assert "16 November 2026" in page


@pytest.mark.parametrize("day", ["2026-11-17", "2026-10-16"])
def test_a_day_in_the_future_or_long_ago_is_refused(clerk, city, day):
    answer = take_down(clerk, city, received_on=day)

    assert answer.status_code == 422
    assert "30 hari" in text_of(answer)
    assert STORY["body"] in answer.get_data(as_text=True)


def test_whoever_takes_it_down_is_not_given_it_by_a_rule(desk, city):
    take_down(desk, city)

    report = only_report()
    assert report.state is ReportState.SUBMITTED
    assert report.official_id is None


def test_whoever_takes_it_down_sees_no_more_later_than_others(clerk, city):
    take_down(clerk, city, is_confidential="y")

    report = only_report()
    assert clerk.get(f"/reports/{report.number}/private").status_code in (302, 303, 403, 404)
    listed = text_of(clerk.get("/desk/counter/filings"))
    assert report.number in listed
    assert STORY["title"] not in listed


def test_nobody_takes_down_a_complaint_about_their_own_office(clerk, colleague, city):
    category = make_category(category_class=CategoryClass.SUPERVISORY)
    make_routing_rule(category, city.official.agency, verifies=False)
    looked = take_down(clerk, city, category=category.code, look="1")
    answer = clerk.submit(looked, "/desk/counter", unit=str(colleague.agency_id))

    assert answer.status_code == 422
    assert "kantor Anda sendiri" in text_of(answer)
    assert db.session.scalar(select(Report)) is None


def test_lives_at_stake_are_asked_about_first(clerk, city):
    category = make_category(category_class=CategoryClass.EMERGENCY)
    make_routing_rule(category, city.official.agency, verifies=False)
    answer = take_down(clerk, city, category=category.code)
    told = clerk.submit(answer, "/desk/counter", emergency_read="y")

    assert answer.status_code == 422
    assert config.current().emergency_number in text_of(answer)
    assert told.status_code == 200
    assert only_report().category_code == category.code


def test_words_of_danger_name_the_number_before_a_category_is_chosen(clerk, city):
    danger = make_category(code="kebakaran", category_class=CategoryClass.EMERGENCY)
    make_routing_rule(danger, city.official.agency, verifies=False)
    looked = take_down(clerk, city, category="", body="Ada kebakaran di rumah sebelah.", look="1")

    assert "Sebutkan nomor darurat lebih dahulu" in text_of(looked)
    assert 'name="emergency_read"' not in looked.text


def test_looking_suggests_and_files_nothing(clerk, city):
    area = make_area(name="Timbang Deli")
    answer = take_down(clerk, city, q="timbang", look="1")

    assert answer.status_code == 200
    assert area.name in text_of(answer)
    assert db.session.scalar(select(Report)) is None


def test_what_is_no_photo_is_refused_and_nothing_is_filed(clerk, city):
    wrong = take_down(clerk, city, photos=(BytesIO(b"GIF89a and nothing more"), "a.jpg"))

    assert wrong.status_code == 422
    assert STORY["title"] in wrong.get_data(as_text=True)
    assert db.session.scalar(select(Report)) is None
    assert db.session.scalar(select(Attachment)) is None


def test_photos_come_along(clerk, city):
    take_down(clerk, city, photos=(photo(), "rosmawati.jpg"))

    assert len(only_report().photos) == 1


def test_an_agency_that_was_switched_off_takes_nothing_down(city, login):
    user, official = officer()
    official.agency.records_for_others = False

    assert login(user).get("/desk/counter").status_code == 403
    assert login(make_user(Role.MODERATOR)).get("/desk/counter").status_code == 200
    assert login(make_user()).get("/desk/counter").status_code == 403


@pytest.mark.parametrize(
    ("day", "hour"), [(date(2026, 11, 16), "09:00"), (date(2026, 11, 9), "12:00")], ids=["today", "earlier"]
)
def test_an_earlier_day_stands_at_noon(app, day, hour):
    assert rules.moment(day, NOW, config.current().zone) == at(f"{day} {hour}")
    assert rules.is_allowed(rules.earliest(day), day)
    assert not rules.is_allowed(day + timedelta(days=1), day)
