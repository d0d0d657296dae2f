"""From stages to published rows: a due time becomes whether it was met by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.statistics.editions.rows import MET_LATE, NONE, ON_TIME, OTHER, UNMET, StageRow
from portal.statistics.editions.stages import Field, KnownStage
from portal.statistics.rules.punctuality import DueStage, punctuality
from portal.statistics.rules.scope import Scope


def unmet_due_times(due: Iterable[KnownStage], scope: Scope) -> dict[int, datetime]:
    """For each clock the earliest due time that was unmet at the end of the period."""
    earliest: dict[int, datetime] = {}
    for row in due:
        if row.due_at is not None and row.is_unmet(scope.until):
            earliest[row.clock_id] = min(row.due_at, earliest.get(row.clock_id, row.due_at))
    return earliest


@dataclass(frozen=True)
class StageRows:
    """Makes rows of the stages that fell due. `code_of` names agencies."""

    scope: Scope
    code_of: dict[int, str]

    def rows(self, due: Iterable[KnownStage], fields: dict[int, Field]) -> list[StageRow]:
        """One for each round that fell due in the period, before small cells are joined."""
        in_city: set[tuple[int, str]] = set()
        in_agency: set[tuple[int, str, int | None]] = set()
        rows = []
        for row in due:
            extended, original = self._punctual(row.extended), self._punctual(row.original)
            if not self._fell_due(row):
                continue
            field = fields.get(row.clock_id, Field(None, False))
            city_key, agency_key = (
                (row.clock_id, row.stage.value),
                (row.clock_id, row.stage.value, row.agency_id),
            )
            rows.append(
                StageRow(
                    stage=row.stage.value,
                    agency=NONE if row.agency_id is None else self.code_of[row.agency_id],
                    category=OTHER if field.is_confidential or field.group is None else field.group,
                    in_city=int(city_key not in in_city),
                    in_agency=int(agency_key not in in_agency),
                    extended=extended,
                    original=original,
                )
            )
            in_city.add(city_key)
            in_agency.add(agency_key)
        return [row for row in rows if row.extended or row.original]

    def _fell_due(self, row: KnownStage) -> bool:
        """By either due time: a stage is counted by the first of its rounds of which that is so."""
        scope = self.scope
        return any(scope.holds(moment) for moment in (row.due_at, row.original_due_at))

    def _punctual(self, stage: DueStage | None) -> str:
        """How it stood at the cut-off; empty when it was not due in the period."""
        if stage is None:
            return ""
        scope = self.scope
        count = punctuality([stage], start=scope.start, end=scope.end, cutoff=scope.cutoff)
        if not count.due:
            return ""
        return ON_TIME if count.on_time else (MET_LATE if count.met_late else UNMET)
