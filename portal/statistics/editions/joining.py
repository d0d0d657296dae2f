"""Small cells of agencies and categories are published together, and small times not at all."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from portal.statistics.editions import cells
from portal.statistics.editions.rows import (
    COMPETING,
    EVENT,
    OTHER,
    OUTCOMES,
    WAITING,
    WITHHELD,
    CaseRow,
    StageRow,
)
from portal.withholding import MIN_CELL

SEEN = (EVENT, COMPETING, WAITING)


def join_cases(cases: Sequence[CaseRow]) -> list[CaseRow]:
    """Agencies and categories with small cells get the common name. A case counts where a table shows it:
    by its holder, by who answered, by who closed."""
    cohort = [row for row in cases if row.in_period]
    timed = [row for row in cohort if row.response in SEEN], [row for row in cohort if row.closure in SEEN]
    agencies = cells.unnamed(
        [
            Counter(row.agency for row in cohort),
            Counter(row.answered_by for row in timed[0]),
            Counter(row.closed_by for row in timed[1]),
        ]
    )
    categories = cells.unnamed(
        [Counter(row.category for row in rows) for rows in (cohort, *timed)], always=(OTHER,)
    )
    # Who appears only outside the cohort has no cell at all there, and so none to be named by.
    agency_names = {row.agency for row in cohort} - agencies
    category_names = {row.category for row in cohort} - categories
    return [
        row._replace(
            agency=_named(row.agency, agency_names),
            answered_by=_named(row.answered_by, agency_names),
            closed_by=_named(row.closed_by, agency_names),
            category=_named(row.category, category_names),
        )
        for row in cases
    ]


def join_stages(stages: Sequence[StageRow]) -> list[StageRow]:
    """The same for each kind of stage."""
    shown: list[StageRow] = []
    for kind in sorted({row.stage for row in stages}):
        rows = [row for row in stages if row.stage == kind]
        counted = [
            [row for row in rows if row.extended and row.in_agency],
            [row for row in rows if row.original and row.in_agency],
        ]
        agencies = {row.agency for row in rows} - cells.unnamed(
            [Counter(row.agency for row in part) for part in counted]
        )
        of_city = [[row for row in rows if due(row) and row.in_city] for due in (_extended, _original)]
        categories = {row.category for row in rows} - cells.unnamed(
            [Counter(row.category for row in part) for part in of_city], always=(OTHER,)
        )
        shown += [
            row._replace(agency=_named(row.agency, agencies), category=_named(row.category, categories))
            for row in rows
        ]
    return shown


def _extended(row: StageRow) -> str:
    return row.extended


def _original(row: StageRow) -> str:
    return row.original


def _named(cell: str, names: Collection[str]) -> str:
    return cell if cell in names else OTHER


def hide_small_times(cases: Sequence[CaseRow]) -> list[CaseRow]:
    """A time that fewer than ten matters have is not told of them either."""
    for name in OUTCOMES:
        size = sum(getattr(row, name) in SEEN for row in cases)
        if 0 < size < MIN_CELL:
            hidden: dict[str, Any] = {name: WITHHELD, f"{name}_minutes": None}
            cases = [row._replace(**hidden) if getattr(row, name) in SEEN else row for row in cases]
    return list(cases)
