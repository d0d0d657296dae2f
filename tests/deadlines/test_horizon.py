"""Past the end of the calendar nothing is guessed: matters are taken in, and administrators are warned."""

from datetime import date

import pytest
import sqlalchemy as sa
import time_machine

from portal import clock, migrations
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db, transaction
from portal.deadlines import importers, jobs
from portal.deadlines.models import Calendar, StageDeadline
from portal.jobs import runner
from portal.notifications.models import Notification
from tests.builders import (
    make_agency,
    make_area,
    make_category,
    make_official,
    make_report,
    make_routing_rule,
    make_user,
)
from tests.deadlines.ledgers import local
from tests.support.client import CheckingClient

YEAR_2028 = [{"on": f"2028-01-{day:02}", "kind": "national", "name": "Libur"} for day in (1, 3)]


@pytest.fixture(autouse=True)
def _city(session: object) -> None:
    importers.seed(zone="Asia/Jakarta", at=local("2026-01-02"))


@pytest.fixture
def administrator() -> User:
    return make_user(Role.ADMINISTRATOR)


def warned(user: User) -> list[str]:
    query = sa.select(Notification.subject).filter_by(kind="calendar_ends", user_id=user.id)
    return list(db.session.scalars(query.order_by(Notification.id)))


def test_administrators_are_told_once_of_each_end(administrator: User) -> None:
    jobs.warn_of_horizon(local("2027-07-09"))
    assert warned(administrator) == []

    for day in range(12, 30):
        jobs.warn_of_horizon(local(f"2027-07-{day}"))
    assert warned(administrator) == ['Kalender "Lima hari kerja" perlu diperpanjang']

    jobs.warn_of_horizon(local("2027-08-10"))  # the six-day calendar reaches a little further
    assert len(warned(administrator)) == 2


def test_a_later_end_is_told_again(session: sa.orm.Session, administrator: User) -> None:
    jobs.warn_of_horizon(local("2027-07-12"))
    five_day = session.scalars(sa.select(Calendar).filter_by(key="five_day")).one()
    importers.import_holidays(five_day, YEAR_2028, at=local("2027-07-13"))

    jobs.warn_of_horizon(local("2027-07-14"))
    assert len(warned(administrator)) == 1
    jobs.warn_of_horizon(local("2028-09-01"))
    assert len(warned(administrator)) == 3  # the other calendar has ended by now too


def test_a_report_past_the_calendar_is_taken_in_and_counted_when_it_arrives(
    session: sa.orm.Session, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "present", migrations.newest)
    reporter = make_user()
    with time_machine.travel(local("2027-12-20")):
        report = a_report(reporter)
        assert [row.due_at for row in stages(report.assignment.clock_id)] == [local("2027-12-28 16:00"), None]
        assert "belum diketahui" in client.get(f"/reports/{report.number}").text
        ready = client.get("/readyz")
        assert ready.status_code == 200
        assert any("five_day ends on 2027-12-31" in warning for warning in ready.get_json()["warnings"])

    with time_machine.travel(local("2027-12-22")):
        five_day = session.scalars(sa.select(Calendar).filter_by(key="five_day")).one()
        with transaction():
            importers.import_holidays(five_day, YEAR_2028, at=clock.now(), decree="SKB 3 Menteri")
        runner.drain_outbox()

    assert stages(report.assignment.clock_id)[1].due_at == local("2028-01-11 16:00")
    letter = session.scalars(
        sa.select(Notification).filter_by(kind="report_moved", user_id=reporter.id)
    ).one()
    assert "Semula: belum diketahui." in letter.body
    assert "Sekarang: Selasa 11 Januari 2028, 16.00 WIB." in letter.body


def a_report(reporter: User):  # type: ignore[no-untyped-def]  # a Report, as the builder makes it
    agency, category = make_agency(), make_category(code="pju")
    make_area(code="99.71.01.1001")
    make_official(agency, user_id=make_user().id)
    make_routing_rule(category, agency, valid_from=date(2026, 1, 1))
    return make_report(category, at=clock.now(), by=reporter)


def stages(clock_id: int) -> list[StageDeadline]:
    rows = sa.select(StageDeadline).filter_by(clock_id=clock_id).order_by(StageDeadline.stage.desc())
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))
