"""Which closures a report's moments amount to."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.statistics.rules.case import Case
from portal.statistics.rules.closures import Closure

pytestmark = pytest.mark.engine_free

RECEIVED = datetime(2026, 10, 1, 9, tzinfo=UTC)
NOTHING = dict.fromkeys(Case.__dataclass_fields__)


def day(n: float) -> datetime:
    return RECEIVED + timedelta(days=n)


def make_case(**changes) -> Case:
    return Case(**{**NOTHING, "received_at": RECEIVED, "reopen_count": 0, "pauses": (), **changes})


def test_open_report_has_no_closure():
    assert make_case().closures == []


def test_closed_report_has_one():
    assert make_case(first_closed_at=day(3), closed_at=day(3)).closures == [Closure(day(3))]


def test_reopened_report_keeps_its_failed_closure():
    case = make_case(first_closed_at=day(3), reopened_at=day(5), reopen_count=1)

    assert case.closures == [Closure(day(3), day(5))]


def test_report_closed_again_has_two():
    case = make_case(first_closed_at=day(3), reopened_at=day(5), reopen_count=1, closed_at=day(8))

    assert case.closures == [Closure(day(3), day(5)), Closure(day(8))]


def test_withdrawal_after_reopening_is_no_closure():
    case = make_case(
        first_closed_at=day(3), reopened_at=day(5), reopen_count=1, closed_at=day(8), withdrawn_at=day(8)
    )

    assert case.closures == [Closure(day(3), day(5))]


def test_first_closure_failed_within_thirty_days_though_it_was_reopened_again_later():
    case = make_case(first_closed_at=day(3), reopened_at=day(70), reopen_count=2, closed_at=day(80))

    assert not case.closures[0].lasts()
