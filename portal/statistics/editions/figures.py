"""An edition's figures, computed from its published rows and nothing else."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypedDict

from portal.deadlines.rules.stages import Stage
from portal.statistics import times
from portal.statistics.documents import Estimate, Figures, OnTime, Satisfaction, ShareFigure, Stock, Timing
from portal.statistics.editions.rows import (
    COMPETING,
    EVENT,
    MET_LATE,
    NONE,
    ON_TIME,
    OTHER,
    UNMET,
    WAITING,
    WITHHELD,
    CaseRow,
    RatingRow,
    StageRow,
)
from portal.statistics.figures import proportion
from portal.statistics.rules.backlog import Backlog
from portal.statistics.rules.observation import Observed
from portal.withholding import MIN_CELL, MIN_PEOPLE

MINUTE, DAY = 60, 86_400


class Cell(TypedDict):
    """One agency or category in a table; a column is None where fewer than ten matters stand behind it.

    `waiting` are those without a first answer at the cut-off, `n` those whose time could be measured.
    """

    code: str
    received: int | None
    answered_n: int | None
    waiting: int | None
    first_response: Estimate | None
    closed_n: int | None
    first_closure: Estimate | None
    respond_on_time: ShareFigure | None
    resolve_on_time: ShareFigure | None


class EditionFigures(TypedDict):
    """What `figures.json` holds."""

    city: Figures
    agencies: list[Cell]
    categories: list[Cell]


def of(
    cases: Sequence[CaseRow], stages: Sequence[StageRow], ratings: Sequence[RatingRow], *, until: str
) -> EditionFigures:
    """Every figure of an edition; `until` is when the stock was counted."""
    return {
        "city": _city(cases, stages, ratings, until),
        "agencies": _table(cases, stages, "agency", "answered_by", "closed_by", "in_agency"),
        "categories": _table(cases, stages, "category", "category", "category", "in_city"),
    }


def _city(
    cases: Sequence[CaseRow], stages: Sequence[StageRow], ratings: Sequence[RatingRow], until: str
) -> Figures:
    cohort = [row for row in cases if row.in_period]
    return {
        "first_response": timing(cohort, "response"),
        "first_closure": timing(cohort, "closure"),
        "lasting_closure": timing(cohort, "lasting"),
        "working_response": timing(cohort, "working_response"),
        "working_closure": timing(cohort, "working_closure"),
        "on_time": {
            stage.value: _on_time([r for r in stages if r.stage == stage and r.in_city]) for stage in Stage
        },
        "flow": {
            "received": len(cohort),
            "answered": sum(row.answered_in_period for row in cases),
            "closed": sum(row.closures_in_period for row in cases),
            "withdrawn": sum(row.withdrawn_in_period for row in cases),
        },
        "stock": _stock(cases, until),
        "failures": _failures(cases),
        "transferred": _share_of_disposed(cohort, lambda row: row.transfers > 0),
        "hops": sum(row.transfers for row in cohort),
        "paused": _share_of_disposed(cohort, lambda row: bool(row.paused)),
        "extended": _share_of_disposed(cohort, lambda row: bool(row.extended)),
        "satisfaction": _satisfaction(cohort, ratings),
    }


def timing(cohort: Iterable[CaseRow], name: str) -> Timing:
    """One of the times of a cohort."""
    observed, excluded, hidden = Observed(), Counter[str](), 0
    lists = {EVENT: observed.events, COMPETING: observed.competing, WAITING: observed.censored}
    for row in cohort:
        outcome, minutes = getattr(row, name), getattr(row, f"{name}_minutes")
        if outcome in lists:
            lists[outcome].append(float(minutes * MINUTE))
        elif outcome == WITHHELD:
            hidden += 1
        else:
            excluded[outcome] += 1
    document = times.timing_of(observed, excluded)
    return {**document, "n": hidden} if hidden else document


def _on_time(rows: Sequence[StageRow]) -> OnTime:
    extended = Counter(row.extended for row in rows if row.extended)
    original = Counter(row.original for row in rows if row.original)
    due = extended.total()
    return {
        "extended": proportion(extended[ON_TIME], due),
        "original": proportion(original[ON_TIME], original.total()),
        "late": None if due < MIN_CELL else extended[MET_LATE] + extended[UNMET],
        "met_late": None if due < MIN_CELL else extended[MET_LATE],
    }


def _stock(cases: Iterable[CaseRow], until: str) -> Stock:
    open_ones = [row for row in cases if row.open_at_end]
    ages = sorted(float((row.age_days or 0) * DAY) for row in open_ones)
    backlog = Backlog(ages, sum(row.overdue_at_end for row in open_ones))
    return {
        "at": until,
        "open": backlog.size,
        "overdue": backlog.overdue,
        "median_age": backlog.age(0.5),
        "p90_age": backlog.age(0.9),
        "oldest_age": backlog.age(1.0),
    }


def _failures(cases: Iterable[CaseRow]) -> ShareFigure | None:
    ours = [row for row in cases if not row.imported]
    failed = sum(row.failed_closures_in_period for row in ours)
    return proportion(failed, sum(row.closures_in_period for row in ours))


def _share_of_disposed(cohort: Iterable[CaseRow], holds: Callable[[CaseRow], bool]) -> ShareFigure | None:
    disposed = [row for row in cohort if row.disposed and not row.imported]
    return proportion(sum(map(holds, disposed)), len(disposed))


def _satisfaction(cohort: Iterable[CaseRow], ratings: Sequence[RatingRow]) -> Satisfaction:
    closures = sum(row.closures for row in cohort if not row.imported)
    stars = [row.stars for row in ratings if row.stars is not None]
    return {
        "n": len(ratings),
        # Without ratings in the file nobody can tell none from fewer than five.
        "response": proportion(min(len(ratings), closures), closures) if ratings else None,
        "solved": proportion(sum(row.solved for row in ratings), len(ratings), MIN_PEOPLE),
        "stars": sum(stars) / len(stars) if len(stars) >= MIN_PEOPLE else None,
    }


def _table(
    cases: Sequence[CaseRow], stages: Sequence[StageRow], held: str, answered: str, closed: str, counted: str
) -> list[Cell]:
    """A line for each named cell and one for the others together, the busiest first."""
    cohort = [row for row in cases if row.in_period]
    received: Counter[str] = Counter(getattr(row, held) for row in cohort)
    shown: set[str] = set(received) | {getattr(row, held) for row in stages if getattr(row, counted)}
    order = sorted(shown, key=lambda code: (code in (OTHER, NONE), -received[code], code))
    lines = [
        _cell(
            code,
            received[code],
            timing((row for row in cohort if getattr(row, answered) == code), "response"),
            timing((row for row in cohort if getattr(row, closed) == code), "closure"),
            [row for row in stages if getattr(row, held) == code and getattr(row, counted)],
        )
        for code in order
    ]
    return [line for line in lines if any(value is not None for key, value in line.items() if key != "code")]


def _cell(code: str, received: int, response: Timing, closure: Timing, stages: Sequence[StageRow]) -> Cell:
    answers, closures = not response["is_withheld"], not closure["is_withheld"]
    return {
        "code": code,
        "received": received if received >= MIN_CELL else None,
        "answered_n": response["n"] if answers else None,
        "waiting": response["waiting"] if answers else None,
        "first_response": response["median"] if answers else None,
        "closed_n": closure["n"] if closures else None,
        "first_closure": closure["median"] if closures else None,
        "respond_on_time": _on_time([r for r in stages if r.stage == Stage.RESPOND])["extended"],
        "resolve_on_time": _on_time([r for r in stages if r.stage == Stage.RESOLVE])["extended"],
    }


def recomputed(files: dict[str, Any], *, until: str) -> EditionFigures:
    """The figures of files by their names, as they are read."""
    return of(files["cases.csv"], files["stages.csv"], files["ratings.csv"], until=until)
