"""Which phases a project has, and which of them are open: that follows from dates alone."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

SLUG_LENGTH = 60
RESERVED = frozenset({"new", "reports"})
TITLE_LENGTH = 120
STORY_LENGTH = 20_000
PLACE_LENGTH = 300
REASON_LENGTH = 2_000
MAXIMUM_DAYS = 5 * 366  # a longer phase is a slip of the pen


class PhaseKind(StrEnum):
    """What residents and the city do in a phase, in the order in which projects usually have them."""

    INFORM = "inform"
    COLLECT = "collect"
    ANNOTATE = "annotate"
    PRIORITISE = "prioritise"
    DECIDE = "decide"
    BUILD = "build"
    EVALUATE = "evaluate"


# In these residents act: they give, mark, choose, judge.
FOR_RESIDENTS = (PhaseKind.COLLECT, PhaseKind.ANNOTATE, PhaseKind.PRIORITISE, PhaseKind.EVALUATE)


class Standing(StrEnum):
    """Where a phase stands at a moment."""

    AHEAD = "ahead"
    OPEN = "open"
    OVER = "over"


class Dated(Protocol):
    """A phase as the rules see it: two local dates, both included."""

    @property
    def kind(self) -> PhaseKind: ...
    @property
    def opens_on(self) -> date: ...
    @property
    def closes_on(self) -> date: ...


Phase = TypeVar("Phase", bound=Dated)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The city's date at a moment."""
    return at.astimezone(zone).date()


def opening_instant(opens_on: date, zone: ZoneInfo) -> datetime:
    """Local midnight with which a phase begins, in UTC."""
    return datetime.combine(opens_on, time(), zone).astimezone(UTC)


def closing_instant(closes_on: date, zone: ZoneInfo) -> datetime:
    """Local midnight after the last day, in UTC: from this moment on the phase is over."""
    return opening_instant(closes_on + timedelta(days=1), zone)


def standing(phase: Dated, day: date) -> Standing:
    """Is the phase ahead, open or over on that local day?"""
    if day < phase.opens_on:
        return Standing.AHEAD
    return Standing.OPEN if day <= phase.closes_on else Standing.OVER


def open_phase(kind: PhaseKind, phases: Iterable[Phase], at: datetime, zone: ZoneInfo) -> Phase | None:
    """The phase of a kind that is open at that moment; of several the one that ends last."""
    day = local_day(at, zone)
    fitting = [one for one in phases if one.kind == kind and standing(one, day) == Standing.OPEN]
    return max(fitting, key=lambda one: one.closes_on, default=None)


def open_phases(phases: Iterable[Phase], at: datetime, zone: ZoneInfo) -> list[Phase]:
    """All phases that are open at that moment, the one that ends first first."""
    day = local_day(at, zone)
    return sorted(
        (one for one in phases if standing(one, day) == Standing.OPEN), key=lambda one: one.closes_on
    )


def phase_for(kind: PhaseKind, phases: Sequence[Phase], at: datetime, zone: ZoneInfo) -> Phase | None:
    """The phase that something given now belongs to: the open one, else the next, else the last one."""
    found = open_phase(kind, phases, at, zone)
    if found is not None:
        return found
    day = local_day(at, zone)
    of_kind = [one for one in phases if one.kind == kind]
    ahead = [one for one in of_kind if one.opens_on > day]
    if ahead:
        return min(ahead, key=lambda one: one.opens_on)
    return max(of_kind, key=lambda one: one.closes_on, default=None)


def is_finished(phases: Sequence[Dated], at: datetime, zone: ZoneInfo) -> bool:
    """Are all its phases over? A project without phases is not finished."""
    day = local_day(at, zone)
    return bool(phases) and all(standing(one, day) == Standing.OVER for one in phases)


def slug(title: str) -> str:
    """A title as it stands in an address: "taman-amplas-untuk-semua-umur"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:SLUG_LENGTH].rstrip("-") or "proyek"


def slugs(base: str) -> Iterator[str]:
    """The address and, for those who come later, numbered ones; RESERVED are pages of their own."""
    if base not in RESERVED:
        yield base
    yield from (f"{base}-{number}" for number in count(2))
