"""The city's table of agencies, with small lines and enough of their neighbours withheld."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from portal.deadlines.rules.stages import Stage
from portal.statistics import figures, times
from portal.statistics.documents import AgencyLine, ShareFigure
from portal.statistics.queries import AgencyRow, StageRow
from portal.statistics.rules.case import Case
from portal.statistics.rules.scope import Scope
from portal.withholding import MIN_CELL, withheld

T = TypeVar("T")


def lines(
    agencies: Sequence[AgencyRow], cohort: Sequence[Case], stages: Sequence[StageRow], scope: Scope
) -> list[AgencyLine]:
    """A line for each agency that received something and one for what none has yet, the busiest first."""
    counts = Counter(case.agency_id for case in cohort)
    hidden = withheld(counts)
    answered = _grouped(cohort, lambda case: case.response_agency_id)
    closed = _grouped(cohort, lambda case: case.closure_agency_id)
    respond, resolve = (_on_time_column(stage, stages, scope) for stage in (Stage.RESPOND, Stage.RESOLVE))
    named = {agency.id: agency for agency in agencies}
    shown: list[AgencyLine] = []
    held: list[AgencyLine] = []
    for agency_id, received in counts.most_common():
        line = _line(named.get(agency_id) if agency_id else None)
        if agency_id in hidden:
            line["withheld"] = "small" if received < MIN_CELL else "neighbour"
            held.append(line)
            continue
        line["received"] = received
        _fill_times(line, answered[agency_id], closed[agency_id], scope)
        line["respond_on_time"], line["resolve_on_time"] = respond.get(agency_id), resolve.get(agency_id)
        shown.append(line)
    # An order by size would tell what is withheld.
    return shown + sorted(held, key=lambda line: line["name"] or "")


def _line(agency: AgencyRow | None) -> AgencyLine:
    return {
        "code": agency.code if agency else None,
        "name": agency.name if agency else None,
        "withheld": None,
        "received": None,
        "waiting": None,
        "first_response": None,
        "first_closure": None,
        "respond_on_time": None,
        "resolve_on_time": None,
    }


def _fill_times(line: AgencyLine, answered: Sequence[Case], closed: Sequence[Case], scope: Scope) -> None:
    response, closure = times.first_response(answered, scope), times.first_closure(closed, scope)
    if not response["is_withheld"]:
        line["waiting"], line["first_response"] = response["waiting"], response["median"]
    if not closure["is_withheld"]:
        line["first_closure"] = closure["median"]


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
