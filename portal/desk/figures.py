"""An official's own figures, for their own eyes and those above. Leave is left out of them, and said so.

What the agency and the city publish does not know of leave: the resident waited all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from portal import config
from portal.assignments.rules import ResponseKind
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.deadlines.rules.ledger import EntryKind
from portal.desk.queries import own as queries
from portal.errors import DomainError
from portal.organisation.models import Official
from portal.statistics.rules.punctuality import Punctuality, punctuality
from portal.statistics.rules.working_time import working_seconds

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Punctual:
    """The on-time share, and how many stages were left out because they fell due during leave."""

    counted: Punctuality
    left_out: int


@dataclass(frozen=True)
class WorkingTime:
    """Median office time from the duty's coming to its answer, in seconds; None without an answer.

    `shortened` of the `n` had leave in them, `left_out` could not be measured on the calendar.
    """

    median_seconds: float | None
    n: int
    shortened: int
    left_out: int


@dataclass(frozen=True)
class OwnFigures:
    """What an official did between two days, both included."""

    first: date
    last: date
    counts: queries.Counts
    answered: int
    transferred: int
    reopened: int
    punctual: Punctual
    working_time: WorkingTime
    leave_days: int  # calendar days of leave in the period

    @property
    def stars(self) -> float | None:
        return self.counts.stars / self.counts.rated if self.counts.rated else None


def own_month(official: Official, at: datetime) -> Punctual:
    """Of the stages that fell due with the official this month until now, those met by then."""
    today = at.astimezone(config.current().zone).date()
    start, end = _bounds(today.replace(day=1), today)
    return _punctual(official.id, start, min(end, at), at, _leave(official.id, start, end))


def own(official: Official, first: date, last: date, at: datetime) -> OwnFigures:
    """The figures of a period as they stand at a moment."""
    start, end = _bounds(first, last)
    absences = _leave(official.id, start - timedelta(days=366), end)
    said = queries.said(official.id, start, end)
    answers = [row for row in said if row.kind in queries.ENDINGS]
    reopened = {
        row.clock_id
        for row in answers
        if any(kind is EntryKind.REOPEN and turned_at >= row.at for kind, turned_at in row.turns)
    }
    return OwnFigures(
        first=first,
        last=last,
        counts=queries.counts(official.id, start, end, at),
        answered=len({row.clock_id for row in answers}),
        transferred=sum(row.kind is ResponseKind.TRANSFER and row.to_agency_id is not None for row in said),
        reopened=len(reopened),
        punctual=_punctual(official.id, start, end, at, absences),
        working_time=_working_time(answers, absences),
        leave_days=_days_within(absences, start, min(end, at)),
    )


def _bounds(first: date, last: date) -> Span:
    zone = config.current().zone
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)


def _leave(official_id: int, start: datetime, end: datetime) -> list[Span]:
    return [_bounds(*days) for days in queries.leave_of(official_id, start.date(), end.date())]


def _punctual(
    official_id: int, start: datetime, end: datetime, at: datetime, absences: Sequence[Span]
) -> Punctual:
    """A stage that fell due on leave says nothing of the official."""
    stages = queries.due_stages(official_id, start, end)
    counted = [stage for stage in stages if not _is_within(stage.due_at, absences)]
    everything = punctuality(stages, start=start, end=end, cutoff=at)
    found = punctuality(counted, start=start, end=end, cutoff=at)
    return Punctual(found, everything.due - found.due)


def _working_time(answers: Iterable[queries.Said], absences: Sequence[Span]) -> WorkingTime:
    seconds: list[float] = []
    shortened = left_out = 0
    for one in answers:
        away = [span for span in absences if span[0] < one.at and span[1] > one.came_at]
        held = _joined([*_pauses(one.turns), *away], one.at)
        try:
            seconds.append(working_seconds(deadlines.calendar(), one.came_at, one.at, held))
        except (CalendarHorizon, DomainError):  # it ends before, or nobody has filled one in
            left_out += 1
        else:
            shortened += bool(away)
    return WorkingTime(median(seconds) if seconds else None, len(seconds), shortened, left_out)


def _pauses(turns: Iterable[tuple[EntryKind, datetime]]) -> list[tuple[datetime, datetime | None]]:
    pauses: list[tuple[datetime, datetime | None]] = []
    for kind, at in turns:
        if kind is EntryKind.PAUSE:
            pauses.append((at, None))
        elif kind is EntryKind.RESUME and pauses:
            pauses[-1] = (pauses[-1][0], at)
    return pauses


def _joined(spans: Iterable[tuple[datetime, datetime | None]], end: datetime) -> list[Span]:
    """The spans up to `end` without overlaps, so that a pause during leave is taken off once."""
    joined: list[Span] = []
    for first, last in sorted((first, min(last or end, end)) for first, last in spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _is_within(at: datetime, spans: Iterable[Span]) -> bool:
    return any(first <= at < last for first, last in spans)


def _days_within(spans: Iterable[Span], start: datetime, end: datetime) -> int:
    return sum(max((min(last, end) - max(first, start)).days, 0) for first, last in spans)
