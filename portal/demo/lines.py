"""Lines of the public record as the demo collects them, and those that escalation has written."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from portal.assignments.models import Response
from portal.deadlines.models import Clock
from portal.deadlines.rules.engine import reckon
from portal.deadlines.rules.reckoning import ladder
from portal.deadlines.services import History
from portal.reports.models import EarlyRefusal, Message

FIRST_RUNG = timedelta(days=1)  # none is reached earlier, so most matters need no look


@dataclass
class Line:
    """A line of the public record; a stored thing in `details` stands for its id."""

    at: datetime
    kind: str
    subject: str
    details: dict[str, Any]

    def settled(self) -> "Line":
        """The line once its things have their ids."""
        details = {
            name: value.id if isinstance(value, EarlyRefusal | Message | Response) else value
            for name, value in self.details.items()
        }
        return replace(self, details=details)

    def row(self) -> dict[str, Any]:
        return {"at": self.at, "kind": self.kind, "subject": self.subject, "details": self.details}


def escalations(history: History, clock: Clock, now: datetime) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """When the ladder was climbed, with what the record says of it."""
    if all((row.met_at or row.ended_at or now) - row.origin_at < FIRST_RUNG for row in clock.stages):
        return
    known = history.known
    found = reckon(history.entries, calendars=known.calendars, policies=known.policies, now=now)
    if found.policy is None:
        return
    for stage in (*found.lapsed, *found.stages.values()):
        until = stage.settled_at or now
        for step, at in ladder(stage, found.policy).items():
            if stage.origin_at < at < until:
                yield at, {"step": step, "stage": stage.stage}
