"""A slow duty climbs its ladder: each step once, to positions, and never to those whom it is about."""

from datetime import date
from typing import Any

import pytest

from portal.accounts.rules import Role
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines import jobs as clocks
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from portal.organisation.models import Absence, Agency, Official
from portal.organisation.rules import INSPECTORATE, Rank
from tests.assignments import duties
from tests.builders import make_agency, make_official, make_user

# Respond in 5, resolve in 14 working days from Monday 16 November 2026.
HALF, FOUR_FIFTHS, DUE, OVER = "2026-11-19", "2026-11-21", "2026-11-24", "2026-12-01"


class Office:
    """An agency with its line, and the city's inspectorate."""

    def __init__(self) -> None:
        self.agency = make_agency()
        self.head = self.position("head", Rank.HEAD)
        self.supervisor = self.position("supervisor", Rank.SUPERVISOR, supervisor_id=self.head.id)
        self.official = self.position("official", Rank.OFFICIAL, supervisor_id=self.supervisor.id)
        inspectorate = make_agency(kind=INSPECTORATE)
        self.inspector = self.position("inspector", Rank.HEAD, inspectorate)

    def position(self, name: str, rank: Rank, agency: Agency | None = None, **changes: Any) -> Official:
        where = agency or self.agency
        return make_official(where, name=name, email=f"{name}@kota.example", rank=rank, **changes)


@pytest.fixture
def office(session: Any) -> Office:
    duties.seed_calendars()
    duties.remember()
    return Office()


def sweep(day: str) -> None:
    for _ in range(4):  # a minute's run takes one step of each duty
        clocks.escalate(duties.at(f"{day} 23:00"))
    db.session.flush()


def told(kind: str = "escalation_%") -> list[tuple[str, str | None]]:
    """(letter, address) of the first response's steps, in order."""
    rows = db.session.execute(
        db.select(Notification.kind, Notification.address)
        .where(Notification.kind.like(kind))
        .order_by(Notification.id)
    )
    return [(row.kind.removeprefix("escalation_"), row.address) for row in rows]


def respond_steps(assignment: Assignment) -> list[str]:
    events = ledger.events_of(f"{duties.ORIGIN}:{assignment.number}")
    found = [event for event in events if event.kind == "escalated"]
    return [event.details["step"] for event in found if event.details["stage"] == "respond"]


def test_each_step_reaches_its_position(office: Office) -> None:
    duty = duties.make_duty(office.official)

    for day in (HALF, FOUR_FIFTHS, DUE):
        sweep(day)

    assert told() == [
        ("remind", "official@kota.example"),
        ("warn", "supervisor@kota.example"),
        ("due", "head@kota.example"),
    ]
    assert respond_steps(duty) == ["remind", "warn", "due"]


def test_five_days_over_reaches_the_inspectorate(office: Office) -> None:
    duty = duties.make_duty(office.official)

    sweep(OVER)

    assert respond_steps(duty)[-1] == "overdue"
    assert ("overdue", "inspector@kota.example") in told()


def test_nobody_hears_of_a_step_twice(office: Office) -> None:
    duties.make_duty(office.official)
    sweep(HALF)
    sweep(HALF)

    assert len(told()) == 1


def test_answered_duty_climbs_no_further(office: Office) -> None:
    duty = duties.make_duty(office.official)
    duties.say(duty, "answer", make_user(Role.OFFICIAL), "2026-11-17 10:00")

    sweep(OVER)

    assert told() == []


def test_letter_says_what_is_owed_by_whom_and_since_when(office: Office) -> None:
    duties.make_duty(office.official)
    sweep(HALF)

    body = db.session.scalars(
        db.select(Notification.body).where(Notification.kind == "escalation_remind")
    ).one()

    assert "tanggapan pertama" in body
    assert f"official, {office.agency.name}" in body
    assert "Senin 16 November 2026" in body
    assert "Senin 23 November 2026, 16.00 WIB" in body


def test_confidential_duty_is_named_by_its_number_only(office: Office) -> None:
    duties.make_duty(office.official, is_confidential=True)
    sweep(HALF)

    body = db.session.scalars(
        db.select(Notification.body).where(Notification.kind == "escalation_remind")
    ).one()

    assert "Lampu" not in body


def away(official: Official, substitute: Official | None) -> None:
    first, last = date(2026, 11, 1), date(2026, 12, 31)
    db.session.add(
        Absence(
            official_id=official.id,
            substitute_id=substitute.id if substitute else None,
            from_on=first,
            to_on=last,
            created_at=duties.at("2026-11-01 08:00"),
        )
    )


def test_substitute_of_an_absent_official_is_told(office: Office) -> None:
    stand_in = office.position("stand-in", Rank.OFFICIAL)
    away(office.official, stand_in)
    duties.make_duty(office.official)

    sweep(HALF)

    assert told() == [("remind", "stand-in@kota.example")]


def test_step_without_anybody_goes_one_higher(office: Office) -> None:
    away(office.official, None)
    duties.make_duty(office.official)

    sweep(HALF)

    assert told() == [("remind", "supervisor@kota.example")]


def test_unit_that_a_matter_is_about_and_its_line_hear_nothing(office: Office) -> None:
    accused = make_agency()
    office.position("accused", Rank.OFFICIAL, accused, supervisor_id=office.supervisor.id)
    duties.make_duty(office.official, matter="supervisory_complaint", excluded_agency_id=accused.id)

    for day in ("2026-11-19", "2026-11-21", "2026-11-24", "2026-12-01"):
        sweep(day)

    addresses = {address for _, address in told()}
    assert addresses == {"official@kota.example", "inspector@kota.example"}


def test_person_with_an_account_is_told_in_the_portal_too(office: Office) -> None:
    user = make_user(Role.OFFICIAL)
    office.official.user_id = user.id
    duties.make_duty(office.official)

    sweep(HALF)

    subjects = db.session.scalars(db.select(Notification.subject).filter_by(user_id=user.id)).all()
    assert any("separuh waktu" in subject for subject in subjects)


def test_question_without_an_answer_allows_a_refusal_as_unclear(office: Office) -> None:
    duty = duties.make_duty(office.official)
    duties.say(duty, "question", make_user(Role.OFFICIAL), "2026-11-17 10:00")

    clocks.end_pauses(duties.at("2026-12-20 08:00"))

    assert duty.unanswered_at is not None
    assert ("duty_unanswered", "official@kota.example") in told("duty_unanswered")
