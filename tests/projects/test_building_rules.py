"""Progress follows from milestones; a slip is measured against the first promise."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.projects.building.rules import (
    is_overdue,
    month_after,
    months_owed,
    progress,
    slip_days,
)

MARCH, APRIL = date(2027, 3, 10), date(2027, 4, 10)


@dataclass(frozen=True)
class Work:
    planned_on: date = MARCH
    actual_on: date | None = None
    weight: int = 1
    first: date | None = None

    @property
    def first_planned_on(self) -> date:
        return self.first or self.planned_on


def test_progress_is_the_weight_of_what_is_done():
    site = [Work(actual_on=MARCH, weight=3), Work(APRIL), Work(APRIL)]

    done = progress(site, date(2027, 3, 20))

    assert (done.done, done.expected, done.done_count, done.count) == (0.6, 0.6, 1, 3)


def test_the_plan_of_the_start_says_what_should_be_done_by_today():
    moved = Work(APRIL, first=MARCH)

    done = progress([moved, Work(APRIL)], date(2027, 3, 20))

    assert (done.done, done.expected, done.slipped_count) == (0.0, 0.5, 1)


def test_a_site_without_milestones_has_no_progress():
    assert progress([], MARCH).done == 0


@pytest.mark.parametrize(
    ("work", "days"),
    [
        (Work(), 0),
        (Work(APRIL, first=MARCH), 31),
        (Work(APRIL, first=MARCH, actual_on=date(2027, 3, 15)), 5),
        (Work(actual_on=date(2027, 3, 1)), -9),
    ],
)
def test_a_slip_is_counted_from_the_first_promise(work, days):
    assert slip_days(work) == days


def test_a_milestone_is_overdue_from_the_day_after_its_plan_until_it_is_done():
    assert not is_overdue(Work(), MARCH)
    assert is_overdue(Work(), MARCH + timedelta(days=1))
    assert not is_overdue(Work(actual_on=MARCH), APRIL)


@pytest.mark.parametrize(
    ("today", "owed"),
    [
        (date(2027, 3, 31), []),
        (date(2027, 4, 1), [3]),
        (date(2027, 7, 9), [3, 4, 5]),
        (date(2028, 1, 1), [3, 4, 5]),
    ],
)
def test_each_month_of_building_owes_a_report_once_it_is_over(today, owed):
    months = months_owed(date(2027, 3, 15), date(2027, 5, 2), known_since=date(2027, 1, 1), today=today)

    assert [month.month for month in months] == owed


def test_months_before_the_portal_knew_the_project_owe_nothing():
    months = months_owed(
        date(2026, 1, 1), date(2027, 12, 31), known_since=date(2027, 2, 20), today=date(2027, 4, 1)
    )

    assert list(months) == [date(2027, 2, 1), date(2027, 3, 1)]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_month_after_begins_with_its_first_day(day):
    following = month_after(day)

    assert following.day == 1
    assert (following.year * 12 + following.month) - (day.year * 12 + day.month) == 1
