"""How a year ended, in words that do not depend on which id a row was given or at which minute a runner
came by: what people did keeps its moment, what a runner did keeps its place among what happened."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from portal.accounts.models import User
from portal.assignments.models import Assignment, LeaveHandover, Response
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines import services
from portal.deadlines.models import CalendarVersion, Clock, PolicyVersion, StageDeadline
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.stages import Stage
from portal.jobs.models import Job
from portal.jobs.rules import JobState
from portal.ledger.models import Event
from portal.ledger.verification import Verification
from portal.notifications.models import Notification
from tests.deadlines.reference import Slow

BY_THE_RUNNER = {
    "closed_by_silence",
    "deadline_moved",
    "escalated",
    "handed_back",
    "handed_over",
    "question_lapsed",
}
COPIES = (
    "due_at",
    "original_due_at",
    "met_at",
    "ended_at",
    "is_open",
    "is_paused",
    "step_count",
    "next_step_at",
)
PEOPLE = ("state", "hop_count", "decline_count", "question_count", "responded_at", "resolved_at", "react_by")
SEEN = ("unanswered_at", "silent_at", "disputed_at", "withdrawn_at", "ended_at")  # whether, not when

Row = tuple[Any, ...]


def state() -> dict[str, Any]:
    """Everything that a year left behind."""
    return {
        "duties": {one.number: _duty(one) for one in _all(Assignment)},
        "ledgers": {_name(clock): _ledger(clock) for clock in _clocks()},
        "copies": {_name(clock): sorted(_copy(row) for row in clock.stages) for clock in _clocks()},
        "responses": Counter(
            (one.assignment.number, one.kind, one.body, one.official_id, _moment(one))
            for one in _all(Response)
        ),
        "events": _events(),
        "handovers": Counter(
            (one.absence_id, one.assignment.number, one.to_official_id, one.settled_at is not None)
            for one in _all(LeaveHandover)
        ),
        "notifications": Counter(
            (one.kind, one.user_id, one.address, one.path, one.subject, one.body)
            for one in _all(Notification)
        ),
        "unread": {user.email: user.unread_count for user in _all(User)},
        "jobs": Counter((job.name, job.state) for job in _all(Job) if job.state is not JobState.DONE),
    }


def _all(model: type[Any]) -> list[Any]:
    return list(db.session.scalars(db.select(model).order_by(*model.__mapper__.primary_key)))


def _clocks() -> list[Clock]:
    return _all(Clock)


def _name(clock: Clock) -> int:
    """Clocks are opened by people, in the same order in each run."""
    return clock.id


def _duty(one: Assignment) -> Row:
    seen = tuple(getattr(one, name) is not None for name in SEEN)
    return (one.agency_id, one.official_id, *(getattr(one, name) for name in PEOPLE), *seen)


def _ledger(clock: Clock) -> list[Row]:
    """Two decrees of one day concern different calendars: which runner was first does not matter."""
    lines: list[Row] = []
    for is_counted_anew, group in groupby(clock.entries, lambda one: one.kind is EntryKind.RECALCULATE):
        found = [_line(entry) for entry in group]
        lines += sorted(found, key=str) if is_counted_anew else found
    return lines


def _line(entry: Any) -> Row:
    at = None if entry.kind is EntryKind.RECALCULATE else entry.at
    return (entry.kind, at, entry.stage, entry.data)


def _copy(row: StageDeadline) -> Row:
    return (
        row.stage,
        row.round,
        row.agency_id,
        row.official_id,
        *(f"{getattr(row, name)}" for name in COPIES),
    )


def _moment(response: Response) -> datetime | None:
    """Notes are left by the runner when it hands a duty over."""
    return None if response.kind is ResponseKind.NOTE else response.at


def _events() -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for event in _all(Event):
        details = {name: value for name, value in event.details.items() if name != "response"}
        at = None if event.kind in BY_THE_RUNNER else event.at
        found[event.subject][f"{event.kind} {at} {sorted(details.items(), key=str)}"] += 1
    return dict(found)


# What must hold besides


def wrong_copies() -> list[str]:
    """What `flask deadlines verify` would print."""
    found, after = [], 0
    while (checked := services.verify(after_id=after)).clock_count:
        found += [str(difference) for difference in checked.differences]
        after = checked.last_id
    return found


def broken_seals() -> list[str]:
    return [fault.sentence for fault in Verification().faults()]


def twice() -> list[Row]:
    """Rungs that the record has more than once for one beginning of a stage."""
    climbed: Counter[Row] = Counter()
    begun: Counter[str] = Counter()
    for event in _all(Event):
        if event.kind in BEGINNINGS:
            begun[event.subject] += 1
        if event.kind == "escalated":
            stage, step = event.details["stage"], event.details["step"]
            climbed[event.subject, begun[event.subject], stage, step] += 1
    return [row for row, count in climbed.items() if count > 1]


# What a stage begins anew with, or goes on after: its ladder begins with it.
BEGINNINGS = {
    *("declined", "dispute_reopened", "duty_restored", "redisposed", "refusal_overturned", "reopened"),
    *("returned", "transferred"),
}


def disagreements() -> Iterator[Row]:
    """Due times that a reckoning day by day finds to be others, with what was stored and what it found."""
    calendars = {version.id: version.document for version in _all(CalendarVersion)}
    policies = {version.id: version.document for version in _all(PolicyVersion)}
    duties_of = {one.clock_id for one in _all(Assignment)}
    for clock in _clocks():
        if clock.id not in duties_of:
            continue  # the moderators' own one-day clocks have neither of the stages
        [entries] = deadlines.ledgers([clock.id]).values()
        slow = Slow(calendars, policies, entries)
        for stage in (Stage.RESPOND, Stage.RESOLVE):
            stored = max((row for row in clock.stages if row.stage is stage), key=lambda row: row.round)
            found = slow.due(stage, entries[-1].at)
            if stored.due_at != found:
                yield (clock.id, stage, stored.due_at, found, [entry.kind for entry in entries])
