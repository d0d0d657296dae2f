"""Each published figure, defined once: pages, tables, downloads and snapshots all call these."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from math import inf

from portal.deadlines.rules.calendar import Calendar, CalendarHorizon
from portal.deadlines.rules.stages import Stage
from portal.statistics.documents import (
    DayShare,
    Estimate,
    Flow,
    OnTime,
    Point,
    Satisfaction,
    ShareFigure,
    Stock,
    Timing,
)
from portal.statistics.queries import RatingRow, StageRow
from portal.statistics.rules.backlog import backlog
from portal.statistics.rules.case import Case
from portal.statistics.rules.closures import failures, lasting_closure, lasting_cutoff
from portal.statistics.rules.curves import Curve, Quantile, curve_of
from portal.statistics.rules.intervals import log_log, wilson
from portal.statistics.rules.observation import Course, Observed, observe
from portal.statistics.rules.punctuality import DueStage, Punctuality, punctuality
from portal.statistics.rules.scope import Scope
from portal.statistics.rules.withholding import MIN_CELL, MIN_PEOPLE
from portal.statistics.rules.working_time import working_seconds

DAYS = (1, 3, 5, 14, 60)
DAY_SECONDS = 86_400
DRAWN_POINTS = 150  # more cannot be told apart on a screen

NOT_DISPOSED = "not_disposed"
OUTSIDE_CALENDAR = "outside_calendar"
YOUNGER_THAN_LASTING = "younger_than_30_days"

CalendarOf = Callable[[int | None], Calendar | None]


def received(cases: Iterable[Case], scope: Scope) -> list[Case]:
    """The cohort: matters received in the period."""
    return [case for case in cases if scope.holds(case.received_at)]


# Waiting time: calendar time from receipt, pauses included


def first_response(cohort: Iterable[Case], scope: Scope) -> Timing:
    """From receipt to the first answer or refusal with basis."""
    timed, excluded = _without(cohort, lambda case: case.response_exclusion)
    courses = (Course(case.received_at, case.first_response_at, case.withdrawn_at) for case in timed)
    return _timing(observe(courses, scope.cutoff), excluded)


def first_closure(cohort: Iterable[Case], scope: Scope) -> Timing:
    """From receipt to the first resolving answer or refusal with basis."""
    timed, excluded = _without(cohort, lambda case: case.resolution_exclusion)
    courses = (Course(case.received_at, case.first_closed_at, case.withdrawn_at) for case in timed)
    return _timing(observe(courses, scope.cutoff), excluded)


def lasting(cohort: Iterable[Case], scope: Scope) -> Timing:
    """From receipt to the closure that nobody disputed within 30 days."""
    known_until = lasting_cutoff(scope.cutoff)

    def why_not(case: Case) -> str | None:
        return case.resolution_exclusion or (YOUNGER_THAN_LASTING if case.received_at > known_until else None)

    timed, excluded = _without(cohort, why_not)
    courses = (Course(case.received_at, lasting_closure(case.closures), case.withdrawn_at) for case in timed)
    return _timing(observe(courses, known_until), excluded)


# Working time: office hours from disposition, net of pauses


def working_response(cohort: Iterable[Case], scope: Scope, calendar_of: CalendarOf) -> Timing:
    """From disposition to the first answer or refusal with basis."""
    timed, excluded = _without(cohort, lambda case: case.response_exclusion)
    ends = ((case, case.first_response_at, case.response_agency_id) for case in timed)
    return _working(ends, scope, calendar_of, excluded)


def working_closure(cohort: Iterable[Case], scope: Scope, calendar_of: CalendarOf) -> Timing:
    """From disposition to the first resolving answer or refusal with basis."""
    timed, excluded = _without(cohort, lambda case: case.resolution_exclusion)
    ends = ((case, case.first_closed_at, case.closure_agency_id) for case in timed)
    return _working(ends, scope, calendar_of, excluded)


def _working(
    ends: Iterable[tuple[Case, datetime | None, int | None]],
    scope: Scope,
    calendar_of: CalendarOf,
    excluded: Counter[str],
) -> Timing:
    observed = Observed()
    for case, event, agency_id in ends:
        calendar = calendar_of(agency_id)
        if case.disposed_at is None or case.disposed_at > scope.cutoff or calendar is None:
            excluded[NOT_DISPOSED] += 1
            continue
        outcome, end = Course(case.disposed_at, event, case.withdrawn_at).outcome(scope.cutoff)
        try:
            observed.add(outcome, working_seconds(calendar, case.disposed_at, end, case.pauses))
        except CalendarHorizon:
            excluded[OUTSIDE_CALENDAR] += 1
    return _timing(observed, excluded)


def _without(
    cohort: Iterable[Case], why_not: Callable[[Case], str | None]
) -> tuple[list[Case], Counter[str]]:
    """Those that can be timed, and how many cannot for which reason."""
    timed: list[Case] = []
    excluded: Counter[str] = Counter()
    for case in cohort:
        reason = why_not(case)
        if reason is None:
            timed.append(case)
        else:
            excluded[reason] += 1
    return timed, excluded


def _timing(observed: Observed, excluded: Counter[str]) -> Timing:
    is_withheld = observed.size < MIN_CELL
    shown = Observed() if is_withheld else observed
    curve, answered_only = curve_of(shown), curve_of(shown.answered_only())
    return {
        "n": observed.size,
        "events": len(shown.events),
        "competing": len(shown.competing),
        "waiting": len(shown.censored),
        "excluded": dict(excluded),
        "is_withheld": is_withheld,
        "median": estimate(curve.quantile(0.5)),
        "p90": estimate(curve.quantile(0.9)),
        "answered_only_median": estimate(answered_only.quantile(0.5)),
        "answered_only_p90": estimate(answered_only.quantile(0.9)),
        "by_day": [_day_share(day, curve, answered_only) for day in DAYS],
        "points": _points(curve),
        "answered_only_points": _points(answered_only),
    }


def estimate(quantile: Quantile) -> Estimate:
    """A quantile as a document; an infinite time or limit is one that was not reached."""
    answer, *times = quantile
    time, lower, upper = (None if moment == inf else moment for moment in times)
    return {"answer": answer.value, "time": time, "lower": lower, "upper": upper}


def _day_share(day: int, curve: Curve, answered_only: Curve) -> DayShare:
    share, misleading = curve.share_by(day * DAY_SECONDS), answered_only.share_by(day * DAY_SECONDS)
    return {
        "day": day,
        "share": share
        and {
            "value": share.value,
            "lower": share.interval and share.interval.lower,
            "upper": share.interval and share.interval.upper,
            "count": None,
            "n": curve.size,
        },
        "answered_only": misleading and misleading.value,
    }


def _points(curve: Curve) -> list[Point]:
    """The curve as far as it is estimable and 60 days reach, thinned to what a screen can show."""
    end = DAYS[-1] * DAY_SECONDS
    seen = [step for step in curve.steps if step.time <= end and curve.is_estimable_at(step.time)]
    rising = [step for step in seen if step.events]
    every = max(len(rising) // DRAWN_POINTS, 1)
    points: list[Point] = []
    # The last step shows how far the observation reaches, whether or not anything happened there.
    for step in [*rising[::every], *seen[-1:]]:
        band = log_log(step.incidence, step.variance) or (step.incidence, step.incidence)
        points.append({"time": step.time, "value": step.incidence, "lower": band[0], "upper": band[1]})
    return points


# Due times


def on_time(stages: Sequence[StageRow], scope: Scope) -> dict[str, OnTime]:
    """Of the stages due in the period those met by then, for each stage."""
    return {stage.value: _on_time([row for row in stages if row.stage is stage], scope) for stage in Stage}


def _on_time(rows: Sequence[StageRow], scope: Scope) -> OnTime:
    extended, original = punctual(rows, scope), punctual(rows, scope, lambda row: row.original)
    return {
        "extended": proportion(extended.on_time, extended.due),
        "original": proportion(original.on_time, original.due),
    }


def punctual(
    rows: Sequence[StageRow],
    scope: Scope,
    due_stage: Callable[[StageRow], DueStage | None] = lambda row: row.extended,
) -> Punctuality:
    """Counts of one stage's rows, each matter once: by its first row, since only a late one is followed
    by another."""
    first = {row.clock_id: row for row in reversed(rows)}.values()
    due = [stage for row in first if (stage := due_stage(row))]
    return punctuality(due, start=scope.start, end=scope.end, cutoff=scope.cutoff)


def proportion(count: int, n: int, minimum: int = MIN_CELL) -> ShareFigure | None:
    """A plain share with Wilson's interval; None below the minimum."""
    interval = wilson(count, n)
    if n < minimum or interval is None:
        return None
    return {"value": count / n, "lower": interval.lower, "upper": interval.upper, "count": count, "n": n}


# Flow and stock


def flow(cases: Iterable[Case], scope: Scope) -> Flow:
    """What happened in the period, whenever the matter came in."""
    counted = [case for case in cases if case.response_exclusion is None or case.resolution_exclusion is None]
    return {
        "received": sum(scope.holds(case.received_at) for case in cases),
        "answered": sum(scope.holds(case.first_response_at) for case in counted),
        "closed": sum(scope.holds(closure.closed_at) for case in counted for closure in case.closures),
        "withdrawn": sum(scope.holds(case.withdrawn_at) for case in counted),
    }


def stock(cases: Iterable[Case], scope: Scope) -> Stock:
    """What stood open at the end of the period, or at the cut-off where that comes first."""
    standings = (case.standing for case in cases if case.resolution_exclusion is None)
    open_ones = backlog(standings, scope.until)
    return {
        "at": scope.until.isoformat(),
        "open": open_ones.size,
        "overdue": open_ones.overdue,
        "median_age": open_ones.age(0.5),
        "p90_age": open_ones.age(0.9),
        "oldest_age": open_ones.age(1.0),
    }


# What happened on the way


def failed_closures(cases: Iterable[Case], scope: Scope) -> ShareFigure | None:
    """Of the closures made in the period those that the resident opened again."""
    closures = (closure for case in cases if case.resolution_exclusion is None for closure in case.closures)
    counts = failures(closures, start=scope.start, end=scope.end, cutoff=scope.cutoff)
    return proportion(counts.failed, counts.closures)


def share_of_disposed(cohort: Iterable[Case], holds: Callable[[Case], bool]) -> ShareFigure | None:
    """Of the matters given to an agency those of which something holds."""
    disposed = [case for case in cohort if case.disposed_at is not None]
    return proportion(sum(map(holds, disposed)), len(disposed))


def satisfaction(cohort: Iterable[Case], ratings: Collection[RatingRow], scope: Scope) -> Satisfaction:
    """What residents said of closures, and how many of them said something."""
    closures = sum(scope.cutoff >= closure.closed_at for case in cohort for closure in case.closures)
    stars = [rating.stars for rating in ratings if rating.stars is not None]
    return {
        "n": len(ratings),
        "response": proportion(min(len(ratings), closures), closures),
        "solved": proportion(sum(rating.is_solved for rating in ratings), len(ratings), MIN_PEOPLE),
        "stars": sum(stars) / len(stars) if len(stars) >= MIN_PEOPLE else None,
    }
