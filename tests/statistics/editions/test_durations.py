"""Durations are coarse, and never coarse enough to move a report past a day."""

from datetime import timedelta
from typing import Any

import pytest

from portal.statistics.editions import composing, rows
from portal.statistics.editions.rows import CaseRow
from tests.builders import make_agency, make_category
from tests.statistics.editions.conftest import CUTOFF, RECEIVED
from tests.statistics.rows import make_case

SECOND = 1 / 86_400


@pytest.fixture
def published(prepare: Any) -> Any:
    def published(**course: Any) -> CaseRow:
        """The row of one report that alone has a category group of its own size."""
        agency, category = make_agency(code="BPBD"), make_category(group="health")
        for _ in range(10):
            make_case(agency, category, RECEIVED, **course)
        cases = composing.read_cases(prepare().files)["cases.csv"]
        return next(row for row in cases if row.agency == "BPBD")

    return published


@pytest.mark.parametrize(
    ("days", "minutes"), [(1.0, 1440), (1 + SECOND, 1441), (1 - SECOND, 1440), (SECOND, 1)]
)
def test_time_to_the_first_answer_is_in_begun_minutes(published: Any, days: float, minutes: int) -> None:
    row = published(answered=days)

    assert (row.response, row.response_minutes) == (rows.EVENT, minutes)


def test_who_still_waits_has_done_so_for_whole_hours(published: Any) -> None:
    row = published()

    hours = (CUTOFF - RECEIVED) // timedelta(hours=1)
    assert (row.response, row.response_minutes) == (rows.WAITING, 60 * hours)


def test_lasting_closure_is_observed_to_thirty_days_before_the_cutoff(published: Any) -> None:
    row = published(closed=2)

    assert (row.closure, row.closure_minutes) == (rows.EVENT, 2880)
    assert row.lasting == rows.EVENT


def test_withdrawn_report_is_neither_answered_nor_waiting(published: Any) -> None:
    row = published(withdrawn=3)

    assert (row.response, row.response_minutes) == (rows.COMPETING, 4320)
    assert row.withdrawn_in_period == 1
    assert row.open_at_end == 0
