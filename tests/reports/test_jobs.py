"""What happens to reports by themselves: moderators are reminded, and a decree moves due times."""

from copy import deepcopy
from datetime import timedelta

import time_machine
from sqlalchemy import select

from portal import clock
from portal.accounts.rules import Role
from portal.db import db, transaction
from portal.deadlines import jobs as clocks
from portal.deadlines import services
from portal.deadlines.models import Calendar
from portal.jobs import runner
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from tests.builders import MONDAY, make_agency, make_official, make_report, make_user
from tests.reports.conftest import City

LATE = MONDAY + timedelta(days=20)


def climb() -> None:
    for _ in range(4):  # a minute's run takes one step of each clock
        clocks.escalate(LATE)
    db.session.flush()


def told(kind: str) -> list[str | None]:
    query = select(Notification.address).where(Notification.kind == kind).order_by(Notification.id)
    return list(db.session.scalars(query))


def steps(number: str) -> list[str]:
    return [
        event.details["step"] for event in ledger.events_of(f"report:{number}") if event.kind == "escalated"
    ]


def test_report_that_nobody_verifies_climbs_from_moderators_to_the_inspectorate(city: City) -> None:
    moderator, administrator = make_user(Role.MODERATOR), make_user(Role.ADMINISTRATOR)
    inspector = make_user(Role.INSPECTORATE)
    report = make_report(city.roads)

    climb()

    assert steps(report.number) == ["remind", "warn", "due", "overdue"]
    assert told("escalation_triage") == [
        moderator.email,
        moderator.email,
        administrator.email,
        inspector.email,
    ]


def test_moderator_of_the_unit_that_a_report_is_about_hears_nothing(city: City) -> None:
    accused = make_agency()
    partial, other = make_user(Role.MODERATOR), make_user(Role.MODERATOR)
    make_official(accused, user_id=partial.id)
    make_report(city.conduct, concerned_agency_id=accused.id)

    climb()

    assert set(told("escalation_triage")) == {other.email}


def test_title_of_a_confidential_report_stays_out_of_the_letter(city: City) -> None:
    make_user(Role.MODERATOR)
    make_report(city.roads, is_confidential=True)

    climb()

    bodies = db.session.scalars(select(Notification.body).where(Notification.kind == "escalation_triage"))
    assert not any("Garu" in body for body in bodies)


def import_holiday(on: str) -> None:
    calendar = db.session.scalars(select(Calendar).where(Calendar.is_city)).one()
    document = deepcopy(calendar.versions[-1].document)
    document["holidays"].append({"on": on, "name": "Hari libur nasional", "kind": "national"})
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        with transaction():
            services.import_calendar_version(calendar, document, at=clock.now())
        runner.drain_outbox()


def test_decree_moves_due_times_and_tells_both_sides(city: City) -> None:
    report = make_report(city.lights, email="sari@contoh.id")
    assert report.assignment

    import_holiday("2026-11-17")

    moved = [event for event in ledger.events_of(f"report:{report.number}") if event.kind == "deadline_moved"]
    assert len(moved) == 1
    assert {stage for stage, _old, _new in moved[0].details["moves"]} == {"respond", "resolve"}
    assert told("report_moved") == ["sari@contoh.id"]
    assert len(told("duty_moved")) == 1
