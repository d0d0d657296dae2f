"""Random calendars and random lives of a matter, for the property tests."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from portal.deadlines import defaults
from portal.deadlines.rules.calendar import Calendar
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.policy import Policy
from portal.deadlines.rules.stages import Matter, Stage

COVERED = date(2025, 1, 1), date(2027, 6, 30)
CALENDARS, POLICIES = 60, 20
HOURS = ("00:00", "07:30", "10:05", "12:00", "14:00", "15:59", "16:00", "16:01", "16:30", "17:00", "23:59")
WEEKS = (
    {day: ["07:30", "16:00"] for day in ("mon", "tue", "wed", "thu")} | {"fri": ["07:30", "16:30"]},
    {day: ["07:30", "14:00"] for day in ("mon", "tue", "wed", "thu", "fri")} | {"sat": ["07:30", "12:00"]},
    {"mon": ["09:00", "16:00"], "wed": ["00:00", "12:00"], "sun": ["10:05", "17:00"]},
)
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@cache
def document(number: int) -> dict[str, Any]:
    """A calendar with its own week, zone, holidays and a regime of other hours."""
    rng = random.Random(number)
    days = (COVERED[1] - COVERED[0]).days
    offs = rng.sample(range(days), rng.choice([0, 20, 60, 200]))
    regime_on = COVERED[0] + timedelta(days=rng.randrange(days))
    return {
        "zone": ZONES[number % len(ZONES)],
        "covered_from": COVERED[0].isoformat(),
        "covered_to": COVERED[1].isoformat(),
        "week": WEEKS[number // 3 % len(WEEKS)],
        "regimes": [
            {
                "name": "Ramadan",
                "from": regime_on.isoformat(),
                "to": (regime_on + timedelta(days=29)).isoformat(),
                "week": {day: ["08:00", "15:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
            }
        ],
        "holidays": [
            {"on": (COVERED[0] + timedelta(days=off)).isoformat(), "kind": "national", "name": "Libur"}
            for off in sorted(offs)
        ],
    }


@cache
def calendar(number: int) -> Calendar:
    return Calendar.from_document(document(number))


class Calendars(dict[int, Calendar]):
    """Each random calendar by its number, made when it is asked for."""

    def __missing__(self, number: int) -> Calendar:
        return calendar(number)


@cache
def policy_document(number: int, unit: str = "days") -> dict[str, Any]:
    """The shipped policy, or one with limits and a cap of its own; in minutes its limits are that many
    quarters of an hour."""
    rng, found = random.Random(number), defaults.policy_document()
    if number > 1:
        found["pause_cap_days"] = rng.randint(1, 15)
    for stages in found["matters"].values():
        for row in stages.values():
            row["limit"] += rng.randint(1 - row["limit"], 12) if number > 1 else 0
            if unit == "minutes":
                row |= {"limit": row["limit"] * 15, "unit": "minutes"}
    return found


@cache
def policy(number: int = 1, unit: str = "days") -> Policy:
    return Policy.from_document(policy_document(number, unit))


class Policies(dict[int, Policy]):
    """Each random policy by its number, made when it is asked for."""

    def __init__(self, unit: str = "days") -> None:
        self.unit = unit

    def __missing__(self, number: int) -> Policy:
        return policy(number, self.unit)


Act = tuple[str, int, int]  # what happens, how many days later, at which hour
ACTS = (
    "pause",
    "resume",
    "respond",
    "resolve",
    "extend respond",
    "extend resolve",
    "transfer",
    "close",
    "reopen",
    "decree",
    "policy",
)
acts = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 14), st.integers(0, len(HOURS) - 1)), max_size=7
)
numbers = st.integers(0, CALENDARS - 1)
policies = st.integers(1, POLICIES)
MATTERS = (
    Matter.COMPLAINT,
    Matter.INFORMATION_REQUEST,
    Matter.FORMAL_INFORMATION_REQUEST,
    Matter.SUPERVISORY_COMPLAINT,
)
matters = st.sampled_from(MATTERS)
origins = st.tuples(st.integers(0, 899), st.integers(0, len(HOURS) - 1))


@st.composite
def ledgers(draw: st.DrawFn, ends_with: str = "") -> list[Entry]:
    """A ledger as the services could have written it; `ends_with` is wished for at its end."""
    wishes = draw(acts)
    for act in ends_with.split():
        wishes = [*wishes, (act, draw(st.integers(0, 14)), draw(st.integers(0, len(HOURS) - 1)))]
    return written(draw(origins), draw(matters), draw(numbers), draw(numbers), draw(policies), wishes)


def random_life(rng: random.Random) -> list[Entry]:
    """A ledger as `ledgers` draws them, from a generator of one's own."""
    hour = partial(rng.randrange, len(HOURS))
    wishes = [(rng.choice(ACTS), rng.randrange(15), hour()) for _ in range(rng.randrange(8))]
    city, agency = rng.randrange(CALENDARS), rng.randrange(CALENDARS)
    return written(
        (rng.randrange(900), hour()), rng.choice(MATTERS), city, agency, rng.randint(1, POLICIES), wishes
    )


def written(
    origin: tuple[int, int], matter: Matter, city: int, agency: int, policy: int, wishes: Sequence[Act]
) -> list[Entry]:
    """Write down those wishes that are possible when their turn comes."""
    day = COVERED[0] + timedelta(days=origin[0])
    at = moment(day, origin[1])
    data = {
        "matter": matter.value,
        "stages": ["respond", "resolve"],
        "policy": policy,
        "city_calendar": city,
        "agency_calendar": agency,
        "agency_id": 1,
    }
    entries = [Entry(EntryKind.START, at, None, data)]
    life = _Life(city, agency, policy)
    for act, later, hour in wishes:
        day += timedelta(days=later)
        at = max(moment(day, hour), entries[-1].at + timedelta(minutes=1))
        entries += life.live(act, at)
    return entries


def moment(day: date, hour: int) -> datetime:
    text = time.fromisoformat(HOURS[hour])
    return datetime.combine(day, text, ZoneInfo("Asia/Jakarta")).astimezone(UTC)


class _Life:
    """What is possible now."""

    def __init__(self, city: int, agency: int, policy: int) -> None:
        self.city, self.agency, self.policy = city, agency, policy
        self.open, self.is_paused, self.is_closed = {Stage.RESPOND, Stage.RESOLVE}, False, False
        self.unmet: set[Stage] = set()

    def live(self, act: str, at: datetime) -> list[Entry]:
        kind, _, name = act.partition(" ")
        return getattr(self, f"_{kind}")(at, name)  # type: ignore[no-any-return]  # one of ours

    def _pause(self, at: datetime, name: str) -> list[Entry]:
        if self.is_paused or not self.open:
            return []
        self.is_paused = True
        return [Entry(EntryKind.PAUSE, at)]

    def _resume(self, at: datetime, name: str) -> list[Entry]:
        if not self.is_paused:
            return []
        self.is_paused = False
        return [Entry(EntryKind.RESUME, at)]

    def _respond(self, at: datetime, name: str) -> list[Entry]:
        if Stage.RESPOND not in self.open:
            return []
        self.open.discard(Stage.RESPOND)
        return [Entry(EntryKind.MEET, at, Stage.RESPOND)]

    def _resolve(self, at: datetime, name: str) -> list[Entry]:
        if Stage.RESOLVE not in self.open:
            return []
        met = [stage for stage in (Stage.RESPOND, Stage.RESOLVE) if stage in self.open]
        self.open, self.is_paused = set(), False
        return [Entry(EntryKind.MEET, at, stage) for stage in met]

    def _extend(self, at: datetime, name: str) -> list[Entry]:
        stage = Stage(name)
        return [Entry(EntryKind.EXTEND, at, stage, {"days": 3})] if stage in self.open else []

    def _transfer(self, at: datetime, name: str) -> list[Entry]:
        if not self.open:
            return []
        self.agency = (self.agency + 7) % CALENDARS
        return [Entry(EntryKind.TRANSFER, at, None, {"agency_calendar": self.agency, "agency_id": 2})]

    def _close(self, at: datetime, name: str) -> list[Entry]:
        if self.is_closed:
            return []
        self.unmet, self.open = self.open, set()
        self.is_closed, self.is_paused = True, False
        return [Entry(EntryKind.CLOSE, at)]

    def _reopen(self, at: datetime, name: str) -> list[Entry]:
        if self.open:
            return []
        self.open = self.unmet | {Stage.RESOLVE}
        self.unmet, self.is_closed = set(), False
        return [Entry(EntryKind.REOPEN, at, None, {})]

    def _decree(self, at: datetime, name: str) -> list[Entry]:
        """Other calendars for the city and for the agency, in the zones that they have."""
        self.city, self.agency = (self.city + 9) % CALENDARS, (self.agency + 18) % CALENDARS
        changed = {"city_calendar": self.city, "agency_calendar": self.agency}
        return [Entry(EntryKind.RECALCULATE, at, None, changed)]

    def _policy(self, at: datetime, name: str) -> list[Entry]:
        self.policy = self.policy % POLICIES + 1
        return [Entry(EntryKind.RECALCULATE, at, None, {"policy": self.policy})]
