"""Anybody follows a public report by mail: asked, confirmed, ended; the address stands in one row only."""

from datetime import timedelta

import pytest

from portal import config
from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.notifications import mail, sealed
from portal.notifications.models import Notification
from portal.reports import services
from portal.reports.followers import services as followers
from portal.reports.models import Report, ReportFollowerByMail
from tests.builders import MONDAY, make_report
from tests.reports.conftest import City
from tests.support.client import CheckingClient

ADDRESS = "tetangga@contoh.id"
DAY = timedelta(days=1)


@pytest.fixture
def report(city: City) -> Report:
    return make_report(city.lights, area_code=city.area.code)


def ask(client: CheckingClient, report: Report) -> str:
    """The path of the link that the letter holds."""
    page = f"/reports/{report.number}/followers/by-mail"
    assert "Periksa surel Anda" in client.submit(client.get(page), action=page, email=ADDRESS).text
    return followers.confirming_path(db.session.scalars(db.select(ReportFollowerByMail.key)).one())


def answer(report: Report, city: City) -> None:
    by = db.session.get_one(User, city.official.user_id)
    assert report.assignment is not None
    assignments.respond(
        report.assignment, kind=ResponseKind.ANSWER, body="Sudah terang.", by=by, at=MONDAY + DAY
    )


def sealed_letters() -> list[Notification]:
    found = db.session.scalars(db.select(Notification).order_by(Notification.id))
    return [one for one in found if (one.sealed_for or "").startswith("follower:")]


def test_only_who_confirmed_is_told(client: CheckingClient, report: Report, city: City) -> None:
    path = ask(client, report)
    answer(report, city)
    assert [one.kind for one in sealed_letters()] == ["follow_confirm"]

    client.submit(client.get(path), action=path)
    followers.tell(report, "followed_report_answered", key="again", at=MONDAY, agency="Dinas")

    assert [one.kind for one in sealed_letters()] == ["follow_confirm", "followed_report_answered"]


def test_the_address_stands_in_one_row_only(client: CheckingClient, report: Report) -> None:
    client.submit(client.get(path := ask(client, report)), action=path)
    followers.tell(report, "followed_report_answered", key="news", at=MONDAY, agency="Dinas")

    holders = [
        table.name
        for table in db.metadata.sorted_tables
        for row in db.session.execute(table.select())
        if ADDRESS in repr(tuple(row))
    ]

    assert holders == ["report_followers_by_mail"]


def test_a_letter_goes_to_the_address_and_ends_with_one_click(client: CheckingClient, report: Report) -> None:
    client.submit(client.get(path := ask(client, report)), action=path)
    followers.tell(report, "followed_report_answered", key="news", at=MONDAY, agency="Dinas")
    letter = sealed.addressed(sealed_letters()[-1])
    assert letter is not None

    message = mail.pack(letter, config.current()).message
    assert message["To"] == ADDRESS
    assert f"{path}/end" in message["List-Unsubscribe"]

    assert client.post(f"{path}/end", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert db.session.scalars(db.select(ReportFollowerByMail)).all() == []
    assert sealed.addressed(sealed_letters()[-1]) is None


def test_the_answer_is_the_same_for_a_known_address(client: CheckingClient, report: Report) -> None:
    page = f"/reports/{report.number}/followers/by-mail"
    ask(client, report)
    again = client.submit(client.get(page), action=page, email=ADDRESS.upper())

    assert "Periksa surel Anda" in again.text
    assert len(db.session.scalars(db.select(ReportFollowerByMail)).all()) == 1
    assert len(sealed_letters()) == 1  # one letter a day


def test_nobody_floods_an_address(city: City) -> None:
    for _ in range(followers.ASKED_AT_ONCE + 2):
        followers.ask(make_report(city.lights), ADDRESS, language="id", at=MONDAY)

    assert len(sealed_letters()) == followers.ASKED_AT_ONCE


def test_rows_go_when_nobody_confirms_and_a_month_after_the_end(report: Report, city: City) -> None:
    followers.ask(report, ADDRESS, language="id", at=MONDAY)
    followers.ask(report, "lain@contoh.id", language="id", at=MONDAY)
    kept = db.session.scalars(db.select(ReportFollowerByMail).filter_by(address=ADDRESS)).one()
    followers.confirm(kept, at=MONDAY)

    followers.forget(MONDAY + 3 * DAY)
    assert db.session.scalars(db.select(ReportFollowerByMail.address)).all() == [ADDRESS]

    services.withdraw(report, at=MONDAY + DAY)
    followers.forget(MONDAY + 30 * DAY)
    assert len(db.session.scalars(db.select(ReportFollowerByMail)).all()) == 1
    followers.forget(MONDAY + 32 * DAY)
    assert db.session.scalars(db.select(ReportFollowerByMail)).all() == []


@pytest.mark.parametrize("token", ["x", "ImFiYyI.AAAA"])
def test_forged_links_open_nothing(client: CheckingClient, report: Report, token: str) -> None:
    assert client.get(f"/followed-reports/{token}").status_code == 410


def test_confidential_and_unverified_reports_are_not_followed(client: CheckingClient, city: City) -> None:
    for report in (make_report(city.roads), make_report(city.lights, is_confidential=True)):
        assert client.get(f"/reports/{report.number}/followers/by-mail").status_code == 404


def test_followers_go_on_with_the_report_that_it_was_merged_into(report: Report, city: City) -> None:
    into = make_report(city.lights, area_code=city.area.code)
    for one in (report, into):
        followers.ask(one, ADDRESS, language="id", at=MONDAY)
    followers.ask(report, "lain@contoh.id", language="id", at=MONDAY)

    followers.move(report, into=into)

    rows = db.session.execute(db.select(ReportFollowerByMail.report_id, ReportFollowerByMail.address))
    assert sorted(map(tuple, rows)) == [(into.id, "lain@contoh.id"), (into.id, ADDRESS)]
