"""What a page has read of a duty, and a sentence about how it stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from portal.assignments.models import Assignment, Response
from portal.deadlines.presentation import ClockValue
from portal.deadlines.rules.policy import Policy
from portal.i18n import _
from portal.ledger.models import Event

Quote = Callable[[str], str]  # what a reader may read of a reason; empty where it is not for them


@dataclass(frozen=True)
class Standing:
    """One thing that holds now; `tone` as `ui.notice` takes it."""

    text: str
    tone: str = "info"


@dataclass(frozen=True)
class Known:
    """A duty with its own clocks, its public record and its transfers."""

    assignment: Assignment
    clocks: Sequence[ClockValue]
    events: Sequence[Event]
    passes: Sequence[Response]
    quote: Quote

    @property
    def policy(self) -> Policy | None:
        return self.clocks[0].whole.policy if self.clocks else None

    @property
    def running(self) -> list[ClockValue]:
        return [clock for clock in self.clocks if clock.reckoning.is_open]

    @property
    def holder(self) -> str:
        official = self.assignment.official
        return official.name if official else self.assignment.agency.name

    def last(self, *kinds: str) -> Event | None:
        """The newest line of these kinds."""
        return next((event for event in reversed(self.events) if event.kind in kinds), None)

    def reason(self, text: str) -> str:
        quoted = self.quote(text)
        return _("Alasannya: %(reason)s", reason=quoted) if quoted else ""


def joined(sentences: Iterable[str], tone: str = "info") -> Standing:
    """Several whole sentences about one thing."""
    return Standing(" ".join(filter(None, sentences)), tone)


def due(clock: ClockValue) -> str:
    """When a running stage is, or was, due; empty while that is not known."""
    return clock.sentence if clock.due_at else ""
