"""What the stored copies of a clock have to say, as the ledger, the calendars and the policy have it."""

from collections.abc import Sequence
from typing import Any

from portal.deadlines.rules.engine import Reckoning
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.reckoning import StageReckoning, StageState

VERSIONS = {
    "policy_version_id": "policy",
    "city_calendar_version_id": "city_calendar",
    "agency_calendar_version_id": "agency_calendar",
}


def of_clock(entries: Sequence[Entry], reckoning: Reckoning) -> dict[str, Any]:
    """The columns of a clock's row."""
    return {
        "matter": reckoning.matter,
        "category": reckoning.category,
        "is_imported": entries[0].kind is EntryKind.IMPORTED,
        "paused_at": reckoning.paused_at,
        "pause_ends_at": reckoning.pause_ends_at,
        "closed_at": reckoning.closed_at,
        **{column: last_named(entries, name) for column, name in VERSIONS.items()},
    }


def of_stage(stage: StageReckoning) -> dict[str, Any]:
    """The columns of a stage's row, without who holds it and how far its ladder was climbed."""
    return {
        "accountable_agency_id": stage.agency_id,
        "origin_at": stage.origin_at,
        "due_at": stage.due_at,
        "original_due_at": stage.original_due_at,
        "met_at": stage.met_at,
        "ended_at": stage.ended_at,
        "is_open": stage.is_open,
        "is_paused": stage.state is StageState.PAUSED,
    }


def last_named(entries: Sequence[Entry], name: str) -> Any:
    """What the last line that names it says: a version, or the agency that has the matter."""
    return next((entry.data[name] for entry in reversed(entries) if name in entry.data), None)
