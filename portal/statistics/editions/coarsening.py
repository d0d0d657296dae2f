"""Everything that an edition publishes of single matters, from what was known at its cut-off."""

from typing import NamedTuple

from portal.statistics.editions import joining, matters, stages
from portal.statistics.editions.case_rows import CalendarOf, CaseRows
from portal.statistics.editions.rows import CaseRow, RatingRow, StageRow
from portal.statistics.editions.stage_rows import StageRows, unmet_due_times
from portal.statistics.rules.scope import Scope
from portal.withholding import MIN_PEOPLE


class Published(NamedTuple):
    """The rows of the three files; agencies in `joined` stand under "other"."""

    cases: list[CaseRow]
    stages: list[StageRow]
    ratings: list[RatingRow]
    joined: set[str]


def published(scope: Scope, code_of: dict[int, str], calendar_of: CalendarOf) -> Published:
    """The rows of an edition; `code_of` names agencies."""
    due = stages.known(scope)
    make = CaseRows(scope, code_of, calendar_of, unmet_due_times(due, scope))
    cases = [make.row(matter) for matter in matters.touching(scope) if make.counts(matter)]
    shown = joining.join_cases(cases)
    fields = stages.fields({row.clock_id for row in due})
    return Published(
        joining.hide_small_times(shown),
        joining.join_stages(StageRows(scope, code_of).rows(due, fields)),
        _ratings(scope),
        {row.agency for row in cases if row.in_period} - {row.agency for row in shown},
    )


def _ratings(scope: Scope) -> list[RatingRow]:
    """None when there are few: fewer people than five would be recognised by what they said."""
    verdicts = matters.verdicts(scope)
    if len(verdicts) < MIN_PEOPLE:
        return []
    return [RatingRow(int(verdict.is_solved), verdict.stars) for verdict in verdicts]
