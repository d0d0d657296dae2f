"""All figures of the city or of one agency, put together from a handful of statements."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.deadlines import versions
from portal.deadlines.rules.calendar import Calendar
from portal.statistics import agency_table, figures, queries, times
from portal.statistics.documents import Figures, Overview
from portal.statistics.queries import AgencyRow, RatingRow, StageRow
from portal.statistics.rules.case import Case
from portal.statistics.rules.scope import Scope
from portal.statistics.times import CalendarOf
from portal.withholding import withheld


class Material(NamedTuple):
    """What figures are made of. `held`, `answered` and `closed` are the matters of whoever is meant: those
    it holds now, and those it answered and closed."""

    held: Sequence[Case]
    answered: Sequence[Case]
    closed: Sequence[Case]
    stages: Sequence[StageRow]
    ratings: Sequence[RatingRow]
    calendar_of: CalendarOf

    def of(self, agency_id: int) -> "Material":
        """One agency's part."""
        return Material(
            held=[case for case in self.held if case.agency_id == agency_id],
            answered=[case for case in self.answered if case.response_agency_id == agency_id],
            closed=[case for case in self.closed if case.closure_agency_id == agency_id],
            stages=[row for row in self.stages if row.agency_id == agency_id],
            ratings=[row for row in self.ratings if row.agency_id == agency_id],
            calendar_of=self.calendar_of,
        )


def of_city(scope: Scope) -> Overview:
    """The city's figures and a line for each agency that received something."""
    agencies = queries.agencies()
    return _of_city(_material(scope, agencies), agencies, scope)


def of_origin(scope: Scope, origin: str) -> Overview:
    """The city's figures of what came from one place. Without agencies: few matters could be told from
    the difference to the table of all."""
    return _overview(_material(scope, queries.agencies(), origin=origin), scope)


def of_agency(scope: Scope, agency: AgencyRow) -> Overview | None:
    """One agency's figures; None where its line in the city's table is withheld."""
    if agency.id in withheld(queries.received_by_agency(scope)):
        return None
    return _overview(_material(scope, [agency], agency.id).of(agency.id), scope)


def of_everybody(scope: Scope) -> tuple[Overview, dict[str, Overview]]:
    """The city's figures, and by code those of each agency whose line is not withheld."""
    agencies = queries.agencies()
    material = _material(scope, agencies)
    city = _of_city(material, agencies, scope)
    shown = {line["code"] for line in city["agencies"] if not line["withheld"]}
    return city, {
        agency.code: _overview(material.of(agency.id), scope) for agency in agencies if agency.code in shown
    }


def _of_city(material: Material, agencies: Sequence[AgencyRow], scope: Scope) -> Overview:
    cohort = times.received(material.held, scope)
    return {
        **_overview(material, scope),
        "agencies": agency_table.lines(agencies, cohort, material.stages, scope),
    }


def _overview(material: Material, scope: Scope) -> Overview:
    return {
        "first_on": scope.first_on.isoformat(),
        "last_on": scope.last_on.isoformat(),
        "cutoff": scope.cutoff.isoformat(),
        "figures": _figures(material, scope),
        "agencies": [],
    }


def _figures(material: Material, scope: Scope) -> Figures:
    cohort = times.received(material.held, scope)
    rated = {
        rater: [rating for rating in material.ratings if rating.rater == rater] for rater in queries.Rater
    }
    responses, closures = times.received(material.answered, scope), times.received(material.closed, scope)
    return {
        "first_response": times.first_response(responses, scope),
        "first_closure": times.first_closure(closures, scope),
        "lasting_closure": times.lasting(closures, scope),
        "working_response": times.working_response(responses, scope, material.calendar_of),
        "working_closure": times.working_closure(closures, scope, material.calendar_of),
        "on_time": figures.on_time(material.stages, scope),
        "flow": figures.flow(material.held, scope),
        "stock": figures.stock(material.held, scope),
        "failures": figures.failed_closures(material.closed, scope),
        "transferred": figures.share_of_disposed(cohort, lambda case: case.hop_count > 0),
        "hops": sum(case.hop_count for case in cohort),
        "paused": figures.share_of_disposed(cohort, lambda case: bool(case.pauses)),
        "extended": figures.share_of_disposed(cohort, lambda case: case.extension_count > 0),
        "satisfaction": figures.satisfaction(closures, rated[queries.Rater.VERDICT], scope),
        "interim_opinion": figures.opinion(rated[queries.Rater.INTERIM]),
        "supporters_opinion": figures.opinion(rated[queries.Rater.SUPPORTER]),
    }


def _material(
    scope: Scope,
    agencies: Sequence[AgencyRow],
    agency_id: int | None = None,
    origin: str | None = None,
) -> Material:
    cases = queries.cases(scope, agency_id, origin)
    return Material(
        held=cases,
        answered=cases,
        closed=cases,
        stages=queries.due_stages(scope, agency_id, origin),
        ratings=queries.ratings(scope, agency_id, origin),
        calendar_of=calendars(agencies),
    )


def calendars(agencies: Sequence[AgencyRow]) -> CalendarOf:
    """The newest calendar of each agency; None where a city has not loaded it."""
    loaded = versions.load()
    by_agency: dict[int | None, Calendar] = {
        agency.id: loaded.calendar(agency.calendar_key)
        for agency in agencies
        if agency.calendar_key in loaded.newest_calendars
    }
    return by_agency.get
