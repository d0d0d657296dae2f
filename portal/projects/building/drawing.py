"""The line of time as percentages: each milestone is a strip of its own, so that words stay words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.i18n import format_date_short
from portal.projects.building.rules import Milestone, first_of_month, is_overdue, month_after

EDGE = 3.0  # percent kept free on both sides, so that marks are not cut
MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of a month; every other or third one has a label where there are many."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a milestone was planned first, is planned now and was done, in percent of the width.

    `reach` is the end of its line: the day it was done, else the planned day, or today when that is over.
    """

    first: float
    planned: float
    actual: float | None
    reach: float
    is_late: bool


class Scale:
    """Days on the width of the page, from the first planned day to the last one known."""

    def __init__(self, milestones: Sequence[Milestone], today: date) -> None:
        days = [
            day for one in milestones for day in (one.first_planned_on, one.planned_on, one.actual_on) if day
        ]
        self._today = today
        self._from = first_of_month(min(days, default=today))
        self._to = month_after(max(days, default=today))

    def x(self, day: date) -> float:
        share = (day - self._from).days / (self._to - self._from).days
        return round(EDGE + (100 - 2 * EDGE) * min(max(share, 0), 1), 2)

    @property
    def today(self) -> float | None:
        """Where today stands; None outside."""
        return self.x(self._today) if self._from <= self._today <= self._to else None

    def strip(self, milestone: Milestone) -> Strip:
        is_late = is_overdue(milestone, self._today)
        end = milestone.actual_on or (self._today if is_late else milestone.planned_on)
        return Strip(
            first=self.x(milestone.first_planned_on),
            planned=self.x(milestone.planned_on),
            actual=self.x(milestone.actual_on) if milestone.actual_on else None,
            reach=self.x(end),
            is_late=is_late or end > milestone.first_planned_on,
        )

    def ticks(self) -> list[Tick]:
        months = list(self._months())
        step = -(-len(months) // MOST_LABELS)
        labels = _labels(months[::step])
        return [Tick(self.x(month), labels.get(month, "")) for month in months]

    def _months(self) -> Iterable[date]:
        month = self._from
        while month < self._to:
            yield month
            month = month_after(month)


def _labels(months: list[date]) -> dict[date, str]:
    """Nov, Des, Jan 2027: the year only where a new one begins."""
    labels, year = {}, months[0].year
    for month in months:
        name = format_date_short(month).partition(" ")[2]
        labels[month] = name if month.year != year else name.partition(" ")[0]
        year = month.year
    return labels
