"""One matter as the figures see it: moments, holders and counts, never a text or a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from portal.statistics.rules.backlog import Standing
from portal.statistics.rules.closures import LASTING_AFTER, Closure


@dataclass(frozen=True)
class Case:
    """`origin` is where it came from ("report", "thread", "idea"). `withdrawn_at` is the competing ending
    (withdrawn or merged), `ended_at` any ending.

    The agencies are those that held the matter when it was answered and closed, else its holder now;
    None while no agency has it. `unmet_due_at` is the earliest due time that had not been met when the
    stock was counted. An exclusion names why the source's times cannot be used.
    """

    origin: str
    agency_id: int | None
    response_agency_id: int | None
    closure_agency_id: int | None
    received_at: datetime
    disposed_at: datetime | None
    first_response_at: datetime | None
    first_closed_at: datetime | None
    closed_at: datetime | None
    reopened_at: datetime | None
    reopen_count: int
    withdrawn_at: datetime | None
    ended_at: datetime | None
    unmet_due_at: datetime | None
    hop_count: int
    extension_count: int
    pauses: Sequence[tuple[datetime, datetime | None]]
    is_imported: bool
    response_exclusion: str | None
    resolution_exclusion: str | None

    @cached_property
    def closures(self) -> list[Closure]:
        """Closures in order. Of several reopenings only the last one's moment is kept on the report; a
        resident reopens within 30 days, so the first closure failed by then."""
        if self.first_closed_at is None:
            return []
        if not self.reopen_count or self.reopened_at is None:
            return [Closure(self.first_closed_at)]
        reopened_at = self.reopened_at
        if self.reopen_count > 1:
            reopened_at = min(reopened_at, self.first_closed_at + LASTING_AFTER)
        first = Closure(self.first_closed_at, reopened_at)
        # A withdrawal also closes the report, without answering it.
        if self.closed_at in (None, self.first_closed_at, self.withdrawn_at):
            return [first]
        return [first, Closure(self.closed_at)]

    @property
    def standing(self) -> Standing:
        """What decides whether it is open."""
        return Standing(self.received_at, self.closures, self.ended_at, self.unmet_due_at)
