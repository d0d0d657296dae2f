"""What moderators put right: a matter of another kind, one ended by mistake, one that was really two."""

from datetime import datetime

from portal.db import db
from portal.deadlines.hooks import Cause, CauseKind, Moved
from portal.deadlines.models import Clock
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.services import revisions
from portal.deadlines.services.clocks import newest_calendars
from portal.deadlines.services.storing import append, ledger_of, lock
from portal.errors import DomainError
from portal.i18n import _l


def change_matter(clock: Clock, matter: str, *, at: datetime) -> Moved:
    """The matter is of another kind: its open stages are counted from the same origin to the other limit,
    as its policy has it. Like any recalculation this moves no due time to earlier than the close of the
    working day after, and whoever is concerned is told of what moved."""
    lock(clock, at)
    if clock.is_imported or clock.policy_version_id is None:
        raise DomainError(_l("Tenggat ini dibawa dari sistem lain dan tidak dihitung ulang."))
    cause = Cause(CauseKind.MATTER, 0)
    if clock.matter == matter:
        return Moved(clock.id, (), cause)
    facts = {"policy": clock.policy_version_id, "matter": str(matter)}
    return revisions.count_anew(clock, facts, cause, at=at)


def restore(clock: Clock, *, at: datetime) -> None:
    """The matter was ended by mistake: it goes on with the days it had left. Nobody reopened it, so the
    resident's own reopening is still to come."""
    lock(clock, at)
    if any(row.is_open for row in clock.stages):
        raise DomainError(_l("Tenggat ini masih berjalan."))
    facts = {**newest_calendars(clock), "is_undo": True}
    append(clock, Entry(EntryKind.REOPEN, at, None, facts), at=at)


def duplicate(clock: Clock, *, at: datetime) -> Clock:
    """A second clock with the same lines, for a part of the same matter: it waited just as long."""
    lock(clock, at)
    twin = Clock(matter=clock.matter, category=clock.category, entries=[], stages=[])
    db.session.add(twin)
    append(twin, *ledger_of(clock.entries), at=at)
    return twin
