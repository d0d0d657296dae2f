"""The figures beside the times, each defined once: due times, flow and stock, handling, satisfaction."""

from collections.abc import Callable, Collection, Iterable, Sequence

from portal.deadlines.rules.stages import Stage
from portal.statistics.documents import Flow, OnTime, Opinion, Satisfaction, ShareFigure, Stock
from portal.statistics.queries import RatingRow, StageRow
from portal.statistics.rules.backlog import backlog
from portal.statistics.rules.case import Case
from portal.statistics.rules.closures import failures
from portal.statistics.rules.intervals import wilson
from portal.statistics.rules.punctuality import DueStage, Punctuality, punctuality
from portal.statistics.rules.scope import Scope
from portal.withholding import MIN_CELL, MIN_PEOPLE

# Due times


def on_time(stages: Sequence[StageRow], scope: Scope) -> dict[str, OnTime]:
    """Of the stages due in the period those met by then, for each stage."""
    return {stage.value: _on_time([row for row in stages if row.stage is stage], scope) for stage in Stage}


def _on_time(rows: Sequence[StageRow], scope: Scope) -> OnTime:
    extended, original = punctual(rows, scope), punctual(rows, scope, lambda row: row.original)
    return {
        "extended": proportion(extended.on_time, extended.due),
        "original": proportion(original.on_time, original.due),
        "late": None if extended.due < MIN_CELL else extended.late,
        "met_late": None if extended.due < MIN_CELL else extended.met_late,
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


def flow(cases: Collection[Case], scope: Scope) -> Flow:
    """What happened in the period, whenever the matter came in."""
    answered = (case.first_response_at for case in cases if case.response_exclusion is None)
    closed = (closure.closed_at for case in _closable(cases) for closure in case.closures)
    return {
        "received": sum(scope.holds(case.received_at) for case in cases),
        "answered": sum(map(scope.holds, answered)),
        "closed": sum(map(scope.holds, closed)),
        "withdrawn": sum(scope.holds(case.withdrawn_at) for case in _closable(cases)),
    }


def _closable(cases: Iterable[Case]) -> list[Case]:
    """Those whose closings are known."""
    return [case for case in cases if case.resolution_exclusion is None]


def _ours(cases: Iterable[Case]) -> list[Case]:
    """Those handled here: other systems do not say what happened on the way."""
    return [case for case in cases if not case.is_imported]


def stock(cases: Iterable[Case], scope: Scope) -> Stock:
    """What stood open at the end of the period, or at the cut-off where that comes first."""
    open_ones = backlog((case.standing for case in _closable(cases)), scope.until)
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
    closures = (closure for case in _ours(cases) for closure in case.closures)
    counts = failures(closures, start=scope.start, end=scope.end, cutoff=scope.cutoff)
    return proportion(counts.failed, counts.closures)


def share_of_disposed(cohort: Iterable[Case], holds: Callable[[Case], bool]) -> ShareFigure | None:
    """Of the matters given to an agency those of which something holds."""
    disposed = [case for case in _ours(cohort) if case.disposed_at is not None]
    return proportion(sum(map(holds, disposed)), len(disposed))


def satisfaction(cohort: Iterable[Case], ratings: Collection[RatingRow], scope: Scope) -> Satisfaction:
    """What whoever brought the matters said of closures, and how many of them said something. `ratings` are
    those verdicts alone: what others say, or what is said of interim answers, is counted in `opinion`."""
    closures = sum(scope.cutoff >= closure.closed_at for case in _ours(cohort) for closure in case.closures)
    stars = [rating.stars for rating in ratings if rating.stars is not None]
    return {
        "n": len(ratings),
        "response": proportion(min(len(ratings), closures), closures),
        "solved": proportion(sum(rating.is_solved for rating in ratings), len(ratings), MIN_PEOPLE),
        "stars": sum(stars) / len(stars) if len(stars) >= MIN_PEOPLE else None,
    }


def opinion(ratings: Collection[RatingRow]) -> Opinion:
    """What was said of single answers, apart from the verdicts; withheld where fewer than five spoke."""
    stars = [rating.stars for rating in ratings if rating.stars is not None]
    return {
        "n": len(ratings),
        "solved": proportion(sum(rating.is_solved for rating in ratings), len(ratings), MIN_PEOPLE),
        "stars": sum(stars) / len(stars) if len(stars) >= MIN_PEOPLE else None,
    }
