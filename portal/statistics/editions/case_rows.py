"""From matters to published rows: moments become durations, agencies their codes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from portal.deadlines.rules.calendar import Calendar, CalendarHorizon
from portal.statistics import times
from portal.statistics.editions.matters import Matter
from portal.statistics.editions.rows import COMPETING, EVENT, NONE, OTHER, OUTCOMES, WAITING, CaseRow
from portal.statistics.rules.closures import failures, lasting_closure, lasting_cutoff
from portal.statistics.rules.observation import Course, Outcome
from portal.statistics.rules.scope import Scope
from portal.statistics.rules.working_time import working_seconds

MINUTE, HOUR, HOUR_MINUTES, DAY = 60, 3600, 60, timedelta(days=1)
CalendarOf = Callable[[int | None], Calendar | None]


class Timed(NamedTuple):
    """An outcome and how long it took, or the reason why that is not known."""

    outcome: str
    minutes: int | None = None


@dataclass(frozen=True)
class CaseRows:
    """Makes rows of matters. `unmet` says for each clock the earliest due time that was unmet at the end."""

    scope: Scope
    code_of: dict[int, str]
    calendar_of: CalendarOf
    unmet: dict[int, datetime]

    def counts(self, matter: Matter) -> bool:
        """Does it count in any figure: received, open or changed in the period?"""
        scope = self.scope
        moments = [matter.received_at, matter.answered_at, matter.withdrawn_at]
        moments += [closure.closed_at for closure in matter.closures]
        return matter.standing(None).is_open(scope.until) or any(map(scope.holds, moments))

    def row(self, matter: Matter) -> CaseRow:
        """The published row, before small cells are joined."""
        scope = self.scope
        in_period = scope.holds(matter.received_at)
        due_times = [self.unmet[clock_id] for clock_id in matter.clock_ids if clock_id in self.unmet]
        standing = matter.standing(min(due_times, default=None))
        is_countable = matter.resolution_exclusion is None
        is_open = is_countable and standing.is_open(scope.until)
        counts = failures(matter.closures, start=scope.start, end=scope.end, cutoff=scope.cutoff)
        first_closed_at = matter.closures[0].closed_at if matter.closures else None
        timed = self._times(matter) if in_period else [Timed("")] * len(OUTCOMES)
        return CaseRow(
            month=f"{matter.received_at.astimezone(scope.zone):%Y-%m}",
            in_period=int(in_period),
            agency=self._code(matter.holder_at(None)),
            answered_by=self._code(matter.holder_at(matter.answered_at)),
            closed_by=self._code(matter.holder_at(first_closed_at)),
            category=OTHER if matter.is_confidential or matter.group is None else matter.group,
            ending=matter.ending or ("answered" if matter.closures else "open"),
            imported=int(matter.is_imported),
            response=timed[0].outcome,
            response_minutes=timed[0].minutes,
            closure=timed[1].outcome,
            closure_minutes=timed[1].minutes,
            lasting=timed[2].outcome,
            lasting_minutes=timed[2].minutes,
            working_response=timed[3].outcome,
            working_response_minutes=timed[3].minutes,
            working_closure=timed[4].outcome,
            working_closure_minutes=timed[4].minutes,
            answered_in_period=int(matter.response_exclusion is None and scope.holds(matter.answered_at)),
            closures_in_period=counts.closures if is_countable else 0,
            failed_closures_in_period=counts.failed if is_countable else 0,
            closures=len(matter.closures),
            withdrawn_in_period=int(is_countable and scope.holds(matter.withdrawn_at)),
            open_at_end=int(is_open),
            overdue_at_end=int(is_open and standing.due_at is not None and standing.due_at < scope.until),
            age_days=(scope.until - matter.received_at) // DAY if is_open else None,
            disposed=int(matter.disposed_at is not None),
            transfers=matter.hop_count,
            paused=int(bool(matter.pauses)),
            extended=int(matter.is_extended),
        )

    def _code(self, agency_id: int | None) -> str:
        return self.code_of[agency_id] if agency_id is not None else NONE

    def _times(self, matter: Matter) -> list[Timed]:
        """The five times, as in times.py, in the order of OUTCOMES."""
        closed_at = matter.closures[0].closed_at if matter.closures else None
        known_until = lasting_cutoff(self.scope.cutoff)
        no_answer, no_closing = matter.response_exclusion, matter.resolution_exclusion
        too_young = times.YOUNGER_THAN_LASTING if matter.received_at > known_until else None
        no_office = times.IMPORTED if matter.is_imported else None
        return [
            self._waited(matter, matter.answered_at, no_answer),
            self._waited(matter, closed_at, no_closing),
            self._waited(matter, lasting_closure(matter.closures), no_closing or too_young, known_until),
            self._worked(matter, matter.answered_at, no_answer or no_office),
            self._worked(matter, closed_at, no_closing or no_office),
        ]

    def _waited(
        self, matter: Matter, event: datetime | None, why_not: str | None, until: datetime | None = None
    ) -> Timed:
        if why_not:
            return Timed(why_not)
        outcome, end = Course(matter.received_at, event, matter.withdrawn_at).outcome(
            until or self.scope.cutoff
        )
        seconds = max((end - matter.received_at).total_seconds(), 0)
        return Timed(_name(outcome), _minutes(outcome, seconds))

    def _worked(self, matter: Matter, event: datetime | None, why_not: str | None) -> Timed:
        if why_not:
            return Timed(why_not)
        calendar = self.calendar_of(matter.holder_at(event))
        if matter.disposed_at is None or calendar is None:
            return Timed(times.NOT_DISPOSED)
        outcome, end = Course(matter.disposed_at, event, matter.withdrawn_at).outcome(self.scope.cutoff)
        try:
            seconds = max(working_seconds(calendar, matter.disposed_at, end, matter.pauses), 0)
        except CalendarHorizon:
            return Timed(times.OUTSIDE_CALENDAR)
        return Timed(_name(outcome), _minutes(outcome, seconds))


def _name(outcome: Outcome) -> str:
    return {Outcome.EVENT: EVENT, Outcome.COMPETING: COMPETING, Outcome.CENSORED: WAITING}[outcome]


def _minutes(outcome: Outcome, seconds: float) -> int:
    """Begun minutes, so that what took no longer than a day is no longer here either. Who still waits
    has done so for so many whole hours: the cut-off is known, and minutes before it would be a moment."""
    if outcome is Outcome.CENSORED:
        return int(seconds // HOUR) * HOUR_MINUTES
    return ceil(seconds / MINUTE)
