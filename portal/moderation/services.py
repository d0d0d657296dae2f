"""Flag, decide, appeal: what happens to something that may break the house rules."""

from datetime import datetime

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.rules import STAFF
from portal.db import db
from portal.errors import Conflict, DomainError
from portal.i18n import _l
from portal.jobs.services import insert
from portal.ledger import services as ledger
from portal.moderation import letters, policy, queries, rules, targets
from portal.moderation.models import Appeal, Decision, Flag, ReviewItem
from portal.moderation.rules import ABOUT_LOCKS, KEEPS_HIDDEN, REASONED, Action, ItemState, Reason
from portal.moderation.targets import Target

# What a moderator may decide about something that is shown, hidden, or a thread.
SHOWN = (Action.KEPT, Action.HIDDEN)
HIDDEN = (Action.RESTORED, Action.HIDDEN)


def flag(target: Target, *, reason: Reason, note: str, by: User, at: datetime) -> ReviewItem:
    """Say that it breaks a rule. Enough weight hides it until a moderator has looked; who moderates opens
    the item that way, without a weight of their own."""
    if target.is_hidden:
        raise DomainError(_l("Tulisan ini sudah disembunyikan."))
    if target.is_by(by):
        raise DomainError(_l("Ini tulisan Anda sendiri. Anda bisa menyuntingnya."))
    item = _item(target, at)
    if item.state == ItemState.DECIDED:
        if item.seen == target.seen and not policy.may_moderate(by):
            raise DomainError(
                _l("Moderator sudah memeriksa tulisan ini dan memutuskan bahwa ia tetap tampil.")
            )
        _open_again(item, target, at)
    elif item.seen != target.seen:
        _open_again(item, target, at)
    if queries.has_flagged(item, by, target.seen):
        return item
    upheld, decided = queries.record_of(by)
    standing = rules.standing(
        joined_at=by.created_at, upheld=upheld, decided=decided, is_staff=bool(by.roles & STAFF), at=at
    )
    weight = 0 if policy.may_moderate(by) else rules.weight(standing, upheld=upheld, decided=decided)
    db.session.add(
        Flag(item=item, user_id=by.id, reason=reason, note=note, seen=target.seen, weight=weight, at=at)
    )
    item.weight += weight
    item.flag_count += 1
    db.session.flush()
    if item.weight >= rules.THRESHOLD:
        _decide(item, target, Action.HIDDEN_BY_FLAGS, _heaviest(item), note="", by=None, at=at)
    return item


def decide(
    item: ReviewItem,
    target: Target,
    *,
    action: Action,
    reason: Reason | None,
    note: str,
    by: User,
    at: datetime,
    expected_lock: int,
    seen: str,
) -> Decision:
    """A moderator's decision about the version that they read. Raises Conflict when it, or the text, is
    another by now."""
    _claim(item)
    if item.lock != expected_lock or target.seen != seen:
        raise Conflict(
            _l("Tulisan atau keputusannya berubah sejak Anda membukanya. Baca lagi, lalu putuskan.")
        )
    if action not in offered(target):
        raise DomainError(_l("Pilih keputusannya."), field="decision")
    if action in REASONED and reason is None:
        raise DomainError(_l("Pilih aturan yang dilanggar."), field="reason")
    return _decide(item, target, action, reason if action in REASONED else None, note=note, by=by, at=at)


def offered(target: Target) -> list[Action]:
    """What can be decided about it now."""
    actions = list(HIDDEN if target.is_hidden else SHOWN)
    if target.is_locked is not None:
        actions.append(Action.UNLOCKED if target.is_locked else Action.LOCKED)
    return actions


def appeal(decision: Decision, *, body: str, by: User, at: datetime) -> Appeal:
    """The author disagrees; another moderator will look at it."""
    if not policy.can_be_appealed(decision, at):
        raise DomainError(_l("Keberatan hanya bisa diajukan sekali, paling lama 14 hari setelah keputusan."))
    made = Appeal(decision_id=decision.id, against_id=decision.by_id, body=body, at=at)
    db.session.add(made)
    db.session.flush()
    _record(decision.item, "moderation_appealed", at, decision=decision.id)
    return made


def decide_appeal(
    made: Appeal, target: Target, *, is_granted: bool, note: str, by: User, at: datetime
) -> Decision:
    """Another moderator agrees with the author, or does not."""
    db.session.refresh(made, with_for_update=True)
    if not policy.may_decide_appeal(by, made, is_author=target.is_by(by)):
        raise DomainError(_l("Keberatan ini diputuskan oleh moderator lain."))
    made.is_granted, made.decided_at, made.decided_by_id = is_granted, at, by.id
    action = rules.outcome(made.decision.action, is_granted=is_granted)
    return _decide(made.decision.item, target, action, made.decision.reason, note=note, by=by, at=at)


def _decide(
    item: ReviewItem,
    target: Target,
    action: Action,
    reason: Reason | None,
    *,
    note: str,
    by: User | None,
    at: datetime,
) -> Decision:
    _carry_out(target, action, at)
    decision = Decision(
        item=item, action=action, reason=reason, note=note, by_id=by.id if by else None, at=at
    )
    db.session.add(decision)
    item.lock += 1
    if by is not None:
        item.state, item.decided_at = ItemState.DECIDED, at
        item.seen, item.weight = target.seen, 0
        _judge_flags(item, action)
    db.session.flush()
    _record(item, f"moderation_{action}", at, decision=decision.id, reason=reason)
    letters.tell_author(decision, target, at=at)
    return decision


def _carry_out(target: Target, action: Action, at: datetime) -> None:
    if action in KEEPS_HIDDEN and not target.is_hidden:
        targets.hide(target, at=at)
    elif action == Action.RESTORED and target.is_hidden:
        targets.unhide(target, at=at)
    elif action == Action.LOCKED:
        targets.lock(target, at=at)
    elif action == Action.UNLOCKED:
        targets.unlock(target, at=at)


def _judge_flags(item: ReviewItem, action: Action) -> None:
    """Whoever flagged was right or wrong: that weighs on their next flag. Locking says nothing of it."""
    if action in ABOUT_LOCKS:
        return
    for one in item.flags:
        if one.is_upheld is None or action == Action.RESTORED:
            one.is_upheld = action in (Action.HIDDEN, Action.UPHELD)


def _item(target: Target, at: datetime) -> ReviewItem:
    """The thing's one item, made when it is flagged for the first time; locked for this change."""
    new = insert(ReviewItem).values(subject=target.subject, seen=target.seen, opened_at=at)
    db.session.execute(new.on_conflict_do_nothing())
    item = db.session.scalars(select(ReviewItem).filter_by(subject=target.subject)).one()
    _claim(item)
    return item


def _claim(item: ReviewItem) -> None:
    db.session.refresh(item, with_for_update={"of": ReviewItem})


def _open_again(item: ReviewItem, target: Target, at: datetime) -> None:
    """Its text is another by now: flags of the former one weigh nothing here."""
    item.state, item.seen, item.weight, item.opened_at = ItemState.OPEN, target.seen, 0, at
    item.lock += 1


def _heaviest(item: ReviewItem) -> Reason:
    """The rule that most of the weight names."""
    weights: dict[Reason, int] = {}
    for one in item.flags:
        if one.seen == item.seen:
            weights[one.reason] = weights.get(one.reason, 0) + one.weight
    return max(weights, key=lambda reason: weights[reason])


def _record(item: ReviewItem, kind: str, at: datetime, **details: object) -> None:
    ledger.record(kind, subject=item.subject, at=at, **details)
