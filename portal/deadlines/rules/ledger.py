"""The clock ledger: what may be written into it, one line per thing that happened."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from portal.deadlines.rules.stages import Stage


class EntryKind(StrEnum):
    START = "start"
    MEET = "meet"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    TRANSFER = "transfer"
    CLOSE = "close"
    REOPEN = "reopen"
    RECALCULATE = "recalculate"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a clock's ledger. `data` by kind (calendars and policies are version ids):

    - start: matter, category, stages, policy, city_calendar, agency_calendar
    - extend: days (minutes for hour policies)
    - transfer: agency_calendar
    - reopen: city_calendar, agency_calendar as they are at that moment; is_undo where it was ended by
      mistake, by_moderator where no resident asked for it
    - recalculate: those of policy, city_calendar, agency_calendar that changed; matter where it is of another
      kind after all, with the policy that it has; application where a policy was applied for a reason
    - imported: matter, stages {stage: due time or None}
    """

    kind: EntryKind
    at: datetime
    stage: Stage | None = None
    data: dict[str, Any] = field(default_factory=dict)
