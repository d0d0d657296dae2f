"""What is true of a building site: progress, slips, and the months that owe a report."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol


class Milestone(Protocol):
    """A piece of the work. `first_planned_on` is what was promised at the start and never changes."""

    @property
    def weight(self) -> int: ...
    @property
    def first_planned_on(self) -> date: ...
    @property
    def planned_on(self) -> date: ...
    @property
    def actual_on(self) -> date | None: ...


def slip_days(milestone: Milestone) -> int:
    """Days that it came, or is now planned, after the first plan; negative when earlier."""
    return ((milestone.actual_on or milestone.planned_on) - milestone.first_planned_on).days


def has_slipped(milestone: Milestone) -> bool:
    return slip_days(milestone) > 0


def is_overdue(milestone: Milestone, today: date) -> bool:
    """Planned before today and not done; nobody has said a new date yet."""
    return milestone.actual_on is None and milestone.planned_on < today


@dataclass(frozen=True, slots=True)
class Progress:
    """Shares of the work by weight, 0 to 1: what is done, and what should be by the first plan."""

    done: float
    expected: float
    done_count: int
    slipped_count: int
    overdue_count: int
    count: int


def progress(milestones: Sequence[Milestone], today: date) -> Progress:
    """Computed from the milestones alone: nobody can report a percentage."""
    whole = sum(one.weight for one in milestones)
    done = [one for one in milestones if one.actual_on is not None and one.actual_on <= today]
    return Progress(
        done=_share(done, whole),
        expected=_share([one for one in milestones if one.first_planned_on <= today], whole),
        done_count=len(done),
        slipped_count=sum(has_slipped(one) for one in milestones),
        overdue_count=sum(is_overdue(one, today) for one in milestones),
        count=len(milestones),
    )


def _share(part: Iterable[Milestone], whole: int) -> float:
    return sum(one.weight for one in part) / whole if whole else 0.0


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def month_after(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def months_owed(from_on: date, to_on: date, *, known_since: date, today: date) -> Iterator[date]:
    """The months (their first days) that were built in, are over, and of which the portal knew while
    they ran: each owes a report from the first day of the month after."""
    month = first_of_month(max(from_on, known_since))
    while month <= to_on and month_after(month) <= today:
        yield month
        month = month_after(month)


def last_of_month(month: date) -> date:
    return month_after(month) - timedelta(days=1)
