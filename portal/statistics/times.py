"""The five times: first response, first and lasting closure, and the office's working time."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from math import inf

from portal.deadlines.rules.calendar import Calendar, CalendarHorizon
from portal.statistics.documents import DayShare, Estimate, Point, Timing
from portal.statistics.rules.case import Case
from portal.statistics.rules.closures import lasting_closure, lasting_cutoff
from portal.statistics.rules.curves import Curve, Quantile, curve_of
from portal.statistics.rules.incidence import Step
from portal.statistics.rules.intervals import log_log
from portal.statistics.rules.observation import Course, Observed, observe
from portal.statistics.rules.scope import Scope
from portal.statistics.rules.working_time import working_seconds
from portal.withholding import MIN_CELL

DAYS = (1, 3, 5, 14, 60)
DAY_SECONDS = 86_400
DRAWN_STEP = 0.0075  # of the height: two pixels; finer ones cost bytes and cannot be seen

IMPORTED = "imported"
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
    return timing_of(observe(courses, scope.cutoff), excluded)


def first_closure(cohort: Iterable[Case], scope: Scope) -> Timing:
    """From receipt to the first resolving answer or refusal with basis."""
    timed, excluded = _without(cohort, lambda case: case.resolution_exclusion)
    courses = (Course(case.received_at, case.first_closed_at, case.withdrawn_at) for case in timed)
    return timing_of(observe(courses, scope.cutoff), excluded)


def lasting(cohort: Iterable[Case], scope: Scope) -> Timing:
    """From receipt to the closure that nobody disputed within 30 days."""
    known_until = lasting_cutoff(scope.cutoff)

    def why_not(case: Case) -> str | None:
        return case.resolution_exclusion or (YOUNGER_THAN_LASTING if case.received_at > known_until else None)

    timed, excluded = _without(cohort, why_not)
    courses = (Course(case.received_at, lasting_closure(case.closures), case.withdrawn_at) for case in timed)
    return timing_of(observe(courses, known_until), excluded)


# Working time: office hours from disposition, net of pauses


def working_response(cohort: Iterable[Case], scope: Scope, calendar_of: CalendarOf) -> Timing:
    """From disposition to the first answer or refusal with basis."""
    timed, excluded = _without(cohort, lambda case: case.response_exclusion or _why_no_office_hours(case))
    ends = ((case, case.first_response_at, case.response_agency_id) for case in timed)
    return _working(ends, scope, calendar_of, excluded)


def working_closure(cohort: Iterable[Case], scope: Scope, calendar_of: CalendarOf) -> Timing:
    """From disposition to the first resolving answer or refusal with basis."""
    timed, excluded = _without(cohort, lambda case: case.resolution_exclusion or _why_no_office_hours(case))
    ends = ((case, case.first_closed_at, case.closure_agency_id) for case in timed)
    return _working(ends, scope, calendar_of, excluded)


def _why_no_office_hours(case: Case) -> str | None:
    """Another system's matters did not run on this city's office hours."""
    return IMPORTED if case.is_imported else None


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
    return timing_of(observed, excluded)


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


def timing_of(observed: Observed, excluded: Counter[str]) -> Timing:
    """What is published of a cohort's times: nothing but its size when that is too small."""
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
    drawn: list[Step] = []
    for step in seen:
        if step.events and (not drawn or step.incidence - drawn[-1].incidence >= DRAWN_STEP):
            drawn.append(step)
    # The last step shows how far the observation reaches, whether or not anything happened there.
    return [_point(step) for step in [*drawn, *seen[-1:]]]


def _point(step: Step) -> Point:
    band = log_log(step.incidence, step.variance) or (step.incidence, step.incidence)
    return {"time": step.time, "value": step.incidence, "lower": band[0], "upper": band[1]}
