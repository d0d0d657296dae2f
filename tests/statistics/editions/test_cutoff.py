"""An edition knows what was known at its cut-off: preparing it later for the same moment changes nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal.accounts.rules import Role
from portal.assignments import extensions, handovers
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind, Verdict
from portal.deadlines import importers
from portal.deadlines.rules.stages import Stage
from portal.organisation.rules import Rank
from portal.reports import services as reports
from portal.reports.models import Report
from portal.statistics.editions import composing, rows, services
from tests.assignments import duties
from tests.builders import (
    make_agency,
    make_category,
    make_official,
    make_report,
    make_routing_rule,
    make_user,
)

FIRST_ON, LAST_ON = date(2026, 11, 2), date(2026, 11, 10)
RECEIVED = datetime(2026, 11, 3, 2, tzinfo=UTC)  # respond is due on 10 November
CUTOFF = datetime(2026, 11, 11, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 18, 2, tzinfo=UTC)


class World:
    """Twelve reports on one official's desk, and an agency that could get them next."""

    def __init__(self) -> None:
        importers.seed(zone="Asia/Jakarta", at=RECEIVED - timedelta(days=30))
        agency = make_agency(code="DISHUB")
        self.boss = make_user(Role.SUPERVISOR)
        above = make_official(agency, user_id=self.boss.id, rank=Rank.SUPERVISOR)
        self.officer = duties.officer(agency, supervisor_id=above.id)[0]
        self.next_agency = make_agency(code="DLH")
        duties.officer(self.next_agency)
        category = make_category(group="transport")
        make_routing_rule(category, agency)
        self.reports = [make_report(category, at=RECEIVED) for _ in range(12)]
        for report in self.reports[:4]:
            self.respond(report, ResponseKind.INTERIM, at=RECEIVED + timedelta(days=1))
        for report in self.reports[4:8]:
            self.respond(report, ResponseKind.ANSWER, at=RECEIVED + timedelta(days=2))

    def respond(self, report: Report, kind: ResponseKind, *, at: datetime) -> None:
        duty = report.assignment
        assert duty is not None
        assignments.respond(duty, kind=kind, body="Sudah diperiksa.", by=self.officer, at=at)


@pytest.fixture
def world(app: Any) -> World:
    return World()


def answer(world: World) -> None:
    world.respond(world.reports[0], ResponseKind.ANSWER, at=LATER)


def answer_late(world: World) -> None:
    world.respond(world.reports[9], ResponseKind.ANSWER, at=LATER)


def ask_the_resident(world: World) -> None:
    world.respond(world.reports[1], ResponseKind.QUESTION, at=LATER)


def transfer(world: World) -> None:
    duty = world.reports[8].assignment
    assert duty is not None
    handovers.transfer(
        duty, to_agency=world.next_agency, reason="Bukan jalan kota.", by=world.officer, at=LATER
    )


def extend(world: World) -> None:
    duty = world.reports[2].assignment
    assert duty is not None
    asked = extensions.ask(
        duty, Stage.RESOLVE, days=5, reason="Menunggu suku cadang.", by=world.officer, at=LATER
    )
    extensions.decide(asked, is_granted=True, by=world.boss, at=LATER)


def reopen(world: World) -> None:
    reports.give_verdict(world.reports[4], verdict=Verdict.NOT, stars=1, comment="Masih gelap.", at=LATER)


def agree(world: World) -> None:
    reports.give_verdict(world.reports[5], verdict=Verdict.SOLVED, stars=5, comment="", at=LATER)


def withdraw(world: World) -> None:
    reports.withdraw(world.reports[10], at=LATER)


LATER_EVENTS = [answer, answer_late, ask_the_resident, transfer, extend, reopen, agree, withdraw]


def cases() -> dict[str, Any]:
    draft = services.prepare(FIRST_ON, LAST_ON, by=make_user(Role.MODERATOR), at=CUTOFF)
    assert draft.document["figures"]["city"]["flow"]["received"] == 12
    return dict(draft.files)


@pytest.mark.parametrize("happen", LATER_EVENTS, ids=lambda event: event.__name__)
def test_what_happened_later_changes_no_case(world: World, happen: Callable[[World], None]) -> None:
    before = cases()

    happen(world)

    assert cases() == before


def test_what_happened_before_is_in_the_cases(world: World) -> None:
    read = composing.read_cases(cases())

    outcomes = [row.response for row in read["cases.csv"]]
    assert (outcomes.count(rows.EVENT), outcomes.count(rows.WAITING)) == (8, 4)
    due = [row.extended for row in read["stages.csv"] if row.stage == Stage.RESPOND]
    assert (due.count(rows.ON_TIME), due.count(rows.UNMET)) == (8, 4)
