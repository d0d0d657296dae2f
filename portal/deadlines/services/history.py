"""Write a whole ledger at once, for matters whose past is already known."""

from collections.abc import Iterable
from datetime import datetime

from portal.db import db
from portal.deadlines import versions
from portal.deadlines.models import Clock
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.stages import Stage
from portal.deadlines.services.clocks import starting_facts
from portal.deadlines.services.storing import append
from portal.deadlines.versions import Versions


class History:
    """A ledger in the making: call the verbs in order of time, then `store`.

    The rules of the verbs are the caller's to keep here; steps of the escalation ladder that lie in the
    past are taken as done.
    """

    def __init__(
        self,
        matter: str,
        *,
        stages: Iterable[Stage],
        at: datetime,
        agency_id: int | None = None,
        official_id: int | None = None,
        calendar_key: str | None = None,
        category: str | None = None,
        known: Versions | None = None,
    ) -> None:
        self.known = known or versions.load()
        self.holders = [(at, agency_id, official_id)]
        facts = starting_facts(self.known, at=at, calendar_key=calendar_key, agency_id=agency_id)
        facts |= {"matter": str(matter), "category": category, "stages": [each.value for each in stages]}
        self.entries = [Entry(EntryKind.START, at, None, facts)]

    def meet(self, stage: Stage, *, at: datetime) -> None:
        self.entries.append(Entry(EntryKind.MEET, at, stage))

    def pause(self, *, at: datetime) -> None:
        self.entries.append(Entry(EntryKind.PAUSE, at))

    def resume(self, *, at: datetime) -> None:
        self.entries.append(Entry(EntryKind.RESUME, at))

    def extend(self, stage: Stage, *, days: int, asked_at: datetime, at: datetime) -> None:
        asked = {"days": days, "asked_at": asked_at.isoformat()}
        self.entries.append(Entry(EntryKind.EXTEND, at, stage, asked))

    def transfer(
        self,
        *,
        agency_id: int | None,
        official_id: int | None,
        calendar_key: str | None,
        at: datetime,
    ) -> None:
        self.holders.append((at, agency_id, official_id))
        facts = {"agency_id": agency_id, "agency_calendar": self.known.calendar_id(calendar_key)}
        self.entries.append(Entry(EntryKind.TRANSFER, at, None, facts))

    def close(self, *, at: datetime) -> None:
        self.entries.append(Entry(EntryKind.CLOSE, at))

    def reopen(self, *, at: datetime) -> None:
        self.entries.append(Entry(EntryKind.REOPEN, at))

    def store(self, *, at: datetime) -> Clock:
        """Make the clock as it stands at a moment. Does not flush, so that thousands go in at once."""
        clock = Clock(matter="", entries=[], stages=[])
        db.session.add(clock)
        append(clock, *self.entries, at=at, known=self.known)
        for row in clock.stages:
            row.agency_id, row.official_id = self._holder(row.met_at or row.ended_at)
        return clock

    def _holder(self, until: datetime | None) -> tuple[int | None, int | None]:
        """Agency and official that held it just before a moment, or hold it now."""
        held = [holder for at, *holder in self.holders if until is None or at < until]
        agency_id, official_id = held[-1] if held else self.holders[0][1:]
        return agency_id, official_id
