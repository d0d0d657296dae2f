"""The fold: a clock's ledger, read line by line, gives each stage's due time.

`reckon` is pure: the same ledger, calendar versions and policy versions always give the same result,
whatever jobs ran in the meantime.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.deadlines.rules.calendar import Calendar
from portal.deadlines.rules.counting import Pause, Span
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.policy import Limit, Policy
from portal.deadlines.rules.reckoning import StageReckoning, close_after
from portal.deadlines.rules.runs import Run, not_earlier
from portal.deadlines.rules.stages import Stage


class LedgerError(ValueError):
    """The ledger says something impossible, e.g. it does not begin with a start."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What the ledger amounts to at a moment.

    `lapsed` are rounds that had become late before their stage began anew or went on.
    """

    matter: str
    category: str | None
    policy: Policy | None
    city_calendar: Calendar | None
    stages: dict[Stage, StageReckoning]
    lapsed: tuple[StageReckoning, ...]
    paused_at: datetime | None
    pause_ends_at: datetime | None  # by itself, at the cap; None also outside the covered days
    closed_at: datetime | None


def reckon(
    entries: Sequence[Entry],
    *,
    calendars: Mapping[int, Calendar],
    policies: Mapping[int, Policy],
    now: datetime,
) -> Reckoning:
    """Fold a ledger. `calendars` and `policies` hold each version that it names, by id.

    Raises LedgerError for an impossible ledger, KeyError when a named version is missing.
    """
    if not entries or entries[0].kind not in BEGINNINGS:
        raise LedgerError("a ledger begins with a start or an import")
    fold = _Fold(calendars, policies)
    for entry in entries:
        fold.read(entry)
    return fold.result(max(now, entries[-1].at))


BEGINNINGS = (EntryKind.START, EntryKind.IMPORTED)


@dataclass(slots=True)
class _Fold:
    """The state between two lines of a ledger."""

    calendars: Mapping[int, Calendar]
    policies: Mapping[int, Policy]
    matter: str = ""
    category: str | None = None
    policy: Policy | None = None
    city: Calendar | None = None
    agency: Calendar | None = None
    agency_id: int | None = None
    runs: dict[Stage, Run] = field(default_factory=dict)
    lapsed: list[Run] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    cap_at: datetime | None = None
    closed_at: datetime | None = None

    def read(self, entry: Entry) -> None:
        if self.runs and entry.kind in BEGINNINGS:
            raise LedgerError("a ledger begins once")
        if self._is_paused and self.cap_at is not None and entry.at >= self.cap_at:
            self._end_pause(self.cap_at, is_capped=True)
        READERS[entry.kind](self, entry)

    def result(self, now: datetime) -> Reckoning:
        if self._is_paused and self.cap_at is not None and now > self.cap_at:
            self._end_pause(self.cap_at, is_capped=True)
        return Reckoning(
            matter=self.matter,
            category=self.category,
            policy=self.policy,
            city_calendar=self.city,
            stages={stage: run.reckoning(self.pauses, now) for stage, run in self.runs.items()},
            lapsed=tuple(run.reckoning(self.pauses, now) for run in self.lapsed),
            paused_at=self.pauses[-1].start if self._is_paused else None,
            pause_ends_at=self.cap_at if self._is_paused else None,
            closed_at=self.closed_at,
        )

    # One method for each kind of line

    def start(self, entry: Entry) -> None:
        self._take_facts(entry.data)
        for stage in map(Stage, entry.data["stages"]):
            self.runs[stage] = self._begin(stage, entry.at)

    def imported(self, entry: Entry) -> None:
        """The due times of the source, word for word."""
        self._take_facts(entry.data)
        for name, text in entry.data["stages"].items():
            due_at = datetime.fromisoformat(text) if text else None
            stage = Stage(name)
            self.runs[stage] = Run(
                stage, entry.at, self.agency_id, None, [], due_at=due_at, original_due_at=due_at
            )

    def meet(self, entry: Entry) -> None:
        """A resolving answer is a first answer too. What was met before keeps its first timestamp."""
        met = [self._named(entry)]
        if entry.stage is Stage.RESOLVE and Stage.RESPOND in self.runs:
            met.append(self.runs[Stage.RESPOND])
        for run in met:
            if run.settled_at is None:
                run.settle(self.pauses, entry.at)
                run.met_at = entry.at
        self._end_idle_pause(entry.at)

    def pause(self, entry: Entry) -> None:
        if self._open and not self._is_paused:
            self.pauses.append(Pause(entry.at))
            self.cap_at = self._cap_of(entry.at)

    def resume(self, entry: Entry) -> None:
        if self._is_paused:
            self._end_pause(entry.at)

    def extend(self, entry: Entry) -> None:
        run = self._named(entry)
        if run.settled_at is None:
            run.extension += entry.data["days"]

    def transfer(self, entry: Entry) -> None:
        """Respond begins anew at the new agency; everything else runs on."""
        self._take_facts(entry.data)
        for run in self._open:
            is_late = run.is_late(self.pauses, entry.at)
            if run.stage is Stage.RESPOND and not run.is_imported:
                self._restart(run, entry.at, is_late=is_late)
            elif not is_late:  # what fell due stays with the agency that held it then
                run.agency_id = self.agency_id

    def close(self, entry: Entry) -> None:
        for run in self._open:
            run.settle(self.pauses, entry.at)
            run.ended_at = entry.at
        self._end_idle_pause(entry.at)
        self.closed_at = self.closed_at or entry.at

    def reopen(self, entry: Entry) -> None:
        """The last stage goes on with what it had left, and so does each that ended without being met."""
        if self._open:
            raise LedgerError("only a finished matter can be reopened")
        self._take_facts(entry.data)
        final = max(self.runs, key=list(Stage).index)
        for run in list(self.runs.values()):
            if run.ended_at is not None or run.stage is final:
                self._continue(run, entry.at)
        self.closed_at = None

    def recalculate(self, entry: Entry) -> None:
        """Open stages are counted anew on other versions; those met stay, unless their due time was
        not known."""
        self._take_facts(entry.data)
        if self._is_paused and "city_calendar" in entry.data:
            self._move_cap(entry.at)
        for run in self.runs.values():
            key = "agency_calendar" if run.stage is Stage.RESPOND else "city_calendar"
            if key in entry.data or "policy" in entry.data:
                run.recount(self._calendar(run.stage), self._limit(run.stage), self.pauses, entry.at)

    # Parts of them

    def _take_facts(self, data: Mapping[str, Any]) -> None:
        """Matter, holder and versions, as far as the line names them."""
        self.matter = data.get("matter", self.matter)
        self.category = data.get("category", self.category)
        self.agency_id = data.get("agency_id", self.agency_id)
        if "policy" in data:
            self.policy = self.policies[data["policy"]]
        if "city_calendar" in data:
            self.city = self.calendars[data["city_calendar"]]
        if "agency_calendar" in data:
            self.agency = self.calendars[data["agency_calendar"]]

    def _begin(self, stage: Stage, at: datetime) -> Run:
        calendar = self._calendar(stage)
        span = Span(calendar, calendar.local_date(at), at)
        return Run(stage, at, self.agency_id, self._limit(stage), [span])

    def _restart(self, run: Run, at: datetime, *, is_late: bool) -> None:
        fresh = self._begin(run.stage, at)
        fresh.round = run.round
        if is_late:  # what was late stays late, in a round of its own
            run.settle(self.pauses, at)
            run.ended_at = at
            self.lapsed.append(run)
            fresh.round += 1
        self.runs[run.stage] = fresh

    def _continue(self, run: Run, at: datetime) -> None:
        fresh = run.continued(self._calendar(run.stage), self.pauses, at)
        fresh.agency_id = self.agency_id
        if run.is_late(self.pauses, at) and not run.is_imported:
            self.lapsed.append(run)
            fresh.round += 1
        self.runs[run.stage] = fresh

    def _limit(self, stage: Stage) -> Limit:
        if self.policy is None:
            raise LedgerError("the ledger names no policy")
        return self.policy.limit(self.matter, stage, self.category)

    def _calendar(self, stage: Stage) -> Calendar:
        """Respond is counted on the handling agency's calendar, everything else on the city's."""
        calendar = self.agency if stage is Stage.RESPOND else self.city
        if calendar is None:
            raise LedgerError(f"the ledger names no calendar for {stage}")
        return calendar

    def _named(self, entry: Entry) -> Run:
        if entry.stage not in self.runs:
            raise LedgerError(f"the ledger did not start {entry.stage}")
        return self.runs[entry.stage]

    @property
    def _open(self) -> list[Run]:
        return [run for run in self.runs.values() if run.settled_at is None]

    # Pauses

    @property
    def _is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].end is None

    def _cap_of(self, at: datetime) -> datetime | None:
        if self.policy is None or self.city is None:
            return None
        return close_after(self.city, at, self.policy.pause_cap_days)

    def _move_cap(self, at: datetime) -> None:
        """Another calendar, another end of the open pause; the resident never loses days at once."""
        cap_at, earlier = self._cap_of(self.pauses[-1].start), self.cap_at
        earliest = close_after(self.city, at, 1) if self.city else None
        self.cap_at = cap_at and not_earlier(cap_at, earlier, earliest)

    def _end_pause(self, at: datetime, *, is_capped: bool = False) -> None:
        self.pauses[-1] = Pause(self.pauses[-1].start, at, is_capped)
        self.cap_at = None

    def _end_idle_pause(self, at: datetime) -> None:
        """A pause ends with the last open stage."""
        if self._is_paused and not self._open:
            self._end_pause(at)


READERS = {kind: getattr(_Fold, kind.value) for kind in EntryKind}
