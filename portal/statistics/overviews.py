"""All figures of the city or of one agency, put together from a handful of statements."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from portal.deadlines import versions
from portal.deadlines.rules.calendar import Calendar
from portal.deadlines.rules.stages import Stage
from portal.statistics import figures, queries
from portal.statistics.documents import AgencyLine, Figures, Overview, ShareFigure
from portal.statistics.figures import CalendarOf
from portal.statistics.queries import AgencyRow, RatingRow, StageRow
from portal.statistics.rules.case import Case
from portal.statistics.rules.scope import Scope
from portal.statistics.rules.withholding import MIN_CELL, withheld

T = TypeVar("T")


def of_city(scope: Scope) -> Overview:
    """The city's figures and a line for each agency that had something to do."""
    agencies = queries.agencies()
    cases, stages = queries.cases(scope), queries.due_stages(scope)
    calendar_of = _calendars(agencies)
    return {
        "first_on": scope.first_on.isoformat(),
        "last_on": scope.last_on.isoformat(),
        "cutoff": scope.cutoff.isoformat(),
        "figures": _figures(cases, stages, queries.ratings(scope), scope, calendar_of),
        "agencies": _lines(agencies, figures.received(cases, scope), stages, scope),
    }


def of_agency(scope: Scope, agency: AgencyRow) -> Overview:
    """One agency's figures: answers and closures that it gave, and what it still holds."""
    cases, stages = queries.cases(scope, agency.id), queries.due_stages(scope, agency.id)
    ratings = queries.ratings(scope, agency.id)
    return {
        "first_on": scope.first_on.isoformat(),
        "last_on": scope.last_on.isoformat(),
        "cutoff": scope.cutoff.isoformat(),
        "figures": _figures(cases, stages, ratings, scope, _calendars([agency]), agency.id),
        "agencies": [],
    }


def is_withheld(scope: Scope, agency: AgencyRow) -> bool:
    """Whether the agency's line is withheld in the city's table: its own page then says no more."""
    return agency.id in withheld(queries.received_by_agency(scope))


def _figures(
    cases: Sequence[Case],
    stages: Sequence[StageRow],
    ratings: Sequence[RatingRow],
    scope: Scope,
    calendar_of: CalendarOf,
    agency_id: int | None = None,
) -> Figures:
    held = [case for case in cases if agency_id in (None, case.agency_id)]
    answered = [case for case in cases if agency_id in (None, case.response_agency_id)]
    closed = [case for case in cases if agency_id in (None, case.closure_agency_id)]
    cohort, responses, closures = (figures.received(some, scope) for some in (held, answered, closed))
    return {
        "first_response": figures.first_response(responses, scope),
        "first_closure": figures.first_closure(closures, scope),
        "lasting_closure": figures.lasting(closures, scope),
        "working_response": figures.working_response(responses, scope, calendar_of),
        "working_closure": figures.working_closure(closures, scope, calendar_of),
        "on_time": figures.on_time(stages, scope),
        "flow": figures.flow(held, scope),
        "stock": figures.stock(held, scope),
        "failures": figures.failed_closures(closed, scope),
        "transferred": figures.share_of_disposed(cohort, lambda case: case.hop_count > 0),
        "hops": sum(case.hop_count for case in cohort),
        "paused": figures.share_of_disposed(cohort, lambda case: bool(case.pauses)),
        "extended": figures.share_of_disposed(cohort, lambda case: case.extension_count > 0),
        "satisfaction": figures.satisfaction(closures, ratings, scope),
    }


def _calendars(agencies: Sequence[AgencyRow]) -> CalendarOf:
    """The newest calendar of each agency; None where a city has not loaded it."""
    loaded = versions.load()
    by_agency: dict[int | None, Calendar] = {
        agency.id: loaded.calendar(agency.calendar_key)
        for agency in agencies
        if agency.calendar_key in loaded.newest_calendars
    }
    return by_agency.get


def _lines(
    agencies: Sequence[AgencyRow], cohort: Sequence[Case], stages: Sequence[StageRow], scope: Scope
) -> list[AgencyLine]:
    """One line for each agency that received something, and one for what no agency has yet."""
    counts = Counter(case.agency_id for case in cohort)
    hidden = withheld(counts)
    answered = _grouped(cohort, lambda case: case.response_agency_id)
    closed = _grouped(cohort, lambda case: case.closure_agency_id)
    respond, resolve = (_on_time_column(stage, stages, scope) for stage in (Stage.RESPOND, Stage.RESOLVE))
    lines: list[AgencyLine] = []
    names: list[tuple[int | None, str | None, str | None]] = [
        (row.id, row.code, row.name) for row in agencies
    ]
    for agency_id, code, name in [*names, (None, None, None)]:
        if agency_id in hidden:
            lines.append(_withheld_line(code, name, is_small=counts[agency_id] < MIN_CELL))
        elif counts[agency_id]:
            response = figures.first_response(answered[agency_id], scope)
            lines.append(
                {
                    "code": code,
                    "name": name,
                    "withheld": None,
                    "received": counts[agency_id],
                    "waiting": response["waiting"],
                    "first_response": response["median"],
                    "first_closure": figures.first_closure(closed[agency_id], scope)["median"],
                    "respond_on_time": respond.get(agency_id),
                    "resolve_on_time": resolve.get(agency_id),
                }
            )
    return lines


def _withheld_line(code: str | None, name: str | None, *, is_small: bool) -> AgencyLine:
    return {
        "code": code,
        "name": name,
        "withheld": "small" if is_small else "neighbour",
        "received": None,
        "waiting": None,
        "first_response": None,
        "first_closure": None,
        "respond_on_time": None,
        "resolve_on_time": None,
    }


def _on_time_column(
    stage: Stage, stages: Sequence[StageRow], scope: Scope
) -> dict[int | None, ShareFigure | None]:
    rows = _grouped((row for row in stages if row.stage is stage), lambda row: row.agency_id)
    counts = {agency_id: figures.punctual(held, scope) for agency_id, held in rows.items()}
    hidden = withheld({agency_id: count.due for agency_id, count in counts.items()})
    return {
        agency_id: None if agency_id in hidden else figures.proportion(count.on_time, count.due)
        for agency_id, count in counts.items()
    }


def _grouped(things: Iterable[T], key: Callable[[T], int | None]) -> dict[int | None, list[T]]:
    groups: dict[int | None, list[T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return groups
