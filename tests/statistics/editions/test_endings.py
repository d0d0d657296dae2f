"""How matters end stands in an edition alike, whether the resident filed a report, asked or gave an idea."""

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from portal.accounts.rules import Role
from portal.assignments import refusals, silence
from portal.assignments.models import Assignment
from portal.organisation.models import Official
from portal.statistics.editions import matters
from portal.statistics.editions.matters import Matter
from portal.statistics.queries import matters as live_matters
from portal.statistics.rules.closures import failures
from portal.statistics.rules.scope import Scope
from tests.assignments.duties import at, officer, refuse, say, seed_calendars
from tests.assignments.test_standing import idea, report, thread
from tests.builders import make_user

SCOPE = Scope(date(2026, 11, 1), date(2026, 12, 31), at("2026-12-31 12:00"), ZoneInfo("Asia/Jakarta"))
Begin = Callable[[Official], tuple[Assignment, str, str]]


@pytest.fixture(autouse=True)
def _calendars(session: Any) -> None:
    seed_calendars()


def found(session: Any) -> Matter:
    session.flush()
    [matter] = matters.touching(SCOPE)
    return matter


@pytest.mark.parametrize("begin", [report, thread, idea], ids=lambda one: one.__name__)
def test_nobody_reacted_is_an_ending_of_its_own(session: Any, begin: Begin) -> None:
    user, official = officer()
    duty = begin(official)[0]
    outcome = {"outcome": "accepted"} if duty.origin == "idea" else {}
    say(duty, "answer", user, "2026-11-17 10:00", **outcome)

    silence.close(at("2026-12-02 08:00"))

    assert found(session).ending == "silence"


@pytest.mark.parametrize("begin", [report, thread, idea], ids=lambda one: one.__name__)
def test_refusal_that_was_overturned_is_a_failed_closure(session: Any, begin: Begin) -> None:
    user, official = officer()
    refused = refuse(begin(official)[0], user, "2026-11-17 10:00")

    moderator = make_user(Role.MODERATOR)
    refusals.overturn(refused, reason="Ini wewenang kota.", by=moderator, at=at("2026-11-19 10:00"))

    session.flush()
    [live] = live_matters.cases(SCOPE)
    for closures in (found(session).closures, live.closures):
        counts = failures(closures, start=SCOPE.start, end=SCOPE.end, cutoff=SCOPE.cutoff)
        assert (counts.closures, counts.failed) == (1, 1)
