"""All figures of the city or of one agency, put together from a handful of statements."""

from collections.abc import Sequence
from typing import TypeVar

from portal.deadlines import versions
from portal.deadlines.rules.calendar import Calendar
from portal.statistics import agency_table, figures, queries, times
from portal.statistics.documents import Figures, Overview
from portal.statistics.queries import AgencyRow, RatingRow, StageRow
from portal.statistics.rules.case import Case
from portal.statistics.rules.scope import Scope
from portal.statistics.rules.withholding import withheld
from portal.statistics.times import CalendarOf

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
        "agencies": agency_table.lines(agencies, times.received(cases, scope), stages, scope),
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
    cohort, responses, closures = (times.received(some, scope) for some in (held, answered, closed))
    return {
        "first_response": times.first_response(responses, scope),
        "first_closure": times.first_closure(closures, scope),
        "lasting_closure": times.lasting(closures, scope),
        "working_response": times.working_response(responses, scope, calendar_of),
        "working_closure": times.working_closure(closures, scope, calendar_of),
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
