"""Compare the record with its seals, and name what does not fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import func, select

from portal.db import db
from portal.ledger import queries, rules
from portal.ledger.models import Event, Seal, SealMember

COMMIT_AT_MOST = timedelta(hours=1)  # no transaction stays open for longer


class Fault(NamedTuple):
    """`what` is wrong in one word, and a sentence that names the event or the seal."""

    what: str
    sentence: str


@dataclass
class Verification:
    """Reads the whole chain once; afterwards `count` and `head` say how far it went."""

    count: int = 0
    event_count: int = 0
    head: Seal | None = None
    digests: frozenset[str] = frozenset()

    def faults(self) -> Iterator[Fault]:
        """Everything that does not fit, from the first seal on."""
        digests = set()
        for seal in db.session.scalars(select(Seal).order_by(Seal.number)).all():
            yield from _chain_faults(seal, self.head)
            yield from _event_faults(seal)
            digests.add(seal.digest)
            self.count, self.head = self.count + 1, seal
            self.event_count += seal.event_count
            db.session.expunge(seal)
        self.digests = frozenset(digests)
        if self.head:
            yield from _slipped_in(self.head)


def _chain_faults(seal: Seal, before: Seal | None) -> Iterator[Fault]:
    number = before.number + 1 if before else 1
    if seal.number != number:
        yield Fault("missing seal", f"seal {number} is gone: seal {seal.number} stands in its place")
    if seal.previous_digest != (before.digest if before else rules.GENESIS):
        yield Fault("broken chain", f"seal {seal.number} does not continue the seal before it")
    if before and seal.sealed_at < before.sealed_at:
        yield Fault("broken chain", f"seal {seal.number} is dated before the seal that it continues")
    digest = rules.seal_digest(
        number=seal.number,
        sealed_at=seal.sealed_at,
        event_count=seal.event_count,
        events_digest=seal.events_digest,
        previous_digest=seal.previous_digest,
    )
    if digest != seal.digest:
        yield Fault("changed seal", f"seal {seal.number} does not say what it said when it was made")


def _event_faults(seal: Seal) -> Iterator[Fault]:
    members = queries.members(seal.number)
    kept = [(member.event_id, rules.line(*member[2:])) for member in members if member.id is not None]
    if rules.events_digest(line for _id, line in kept) == seal.events_digest:
        return
    named = [*_gone_or_changed(seal, members), *_misplaced(seal, kept)]
    yield from named or [Fault("changed", f"the events of seal {seal.number} are not those that were sealed")]


def _gone_or_changed(seal: Seal, members: Sequence[Any]) -> Iterator[Fault]:
    for member in members:
        if member.id is None:
            yield Fault("missing", f"event {member.event_id} of seal {seal.number} is gone")
        elif rules.line_digest(rules.line(*member[2:])) != member.digest:
            event = f"event {member.event_id} ({member.subject})"
            yield Fault("changed", f"{event} is not as it was sealed in seal {seal.number}")
    if len(members) < seal.event_count:
        lost = seal.event_count - len(members)
        yield Fault("missing", f"seal {seal.number} has lost {lost} of its {seal.event_count} events")


def _misplaced(seal: Seal, kept: Sequence[tuple[int, str]]) -> Iterator[Fault]:
    """Events that were put between the others, and those that do not stand in the order of their ids."""
    if len(kept) > seal.event_count:
        added = _added(seal, [line for _id, line in kept])
        name = f"event {kept[added][0]}" if added is not None else "an event"
        yield Fault("inserted", f"{name} was put into seal {seal.number} after it was made")
    for (first, _line), (second, _other) in pairwise(kept):
        if second < first:
            yield Fault("reordered", f"event {second} stands behind event {first} in seal {seal.number}")


def _added(seal: Seal, lines: list[str]) -> int | None:
    """The place without which the seal fits again; None when that is not a single one."""
    places = range(len(lines))
    return next(
        (p for p in places if rules.events_digest(lines[:p] + lines[p + 1 :]) == seal.events_digest), None
    )


def _slipped_in(head: Seal) -> Iterator[Fault]:
    """Events among the sealed ones that no seal holds, though they were there in time if they are true."""
    highest = select(func.max(SealMember.event_id)).scalar_subquery()
    rows = (
        select(Event.id, Event.subject)
        .join(SealMember, SealMember.event_id == Event.id, isouter=True)
        .where(SealMember.event_id.is_(None), Event.id < highest, Event.at < head.sealed_at - COMMIT_AT_MOST)
    )
    for row in db.session.execute(rows):
        yield Fault("inserted", f"event {row.id} ({row.subject}) stands among sealed events and in no seal")
