"""What an author is told about decisions on their words."""

from datetime import datetime

from portal.accounts.models import User
from portal.db import db
from portal.moderation.labels import KIND, RULE
from portal.moderation.models import Decision
from portal.moderation.rules import Action
from portal.moderation.targets import Target
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.reports.services import letters as reports

LETTERS = {
    Action.HIDDEN_BY_FLAGS: "moderation_hidden_by_flags",
    Action.HIDDEN: "moderation_hidden",
    Action.RESTORED: "moderation_restored",
    Action.UPHELD: "moderation_upheld",
    Action.LOCKED: "moderation_locked",
    Action.UNLOCKED: "moderation_unlocked",
    Action.LOCK_UPHELD: "moderation_lock_upheld",
}


def tell_author(decision: Decision, target: Target, *, at: datetime) -> None:
    """With the rule, the moderator's note, and the way to disagree."""
    letter = LETTERS.get(decision.action)
    recipient = _author(target)
    if letter is None or recipient is None:
        return
    notifications.tell(
        recipient,
        letter,
        key=f"moderation:{decision.id}",
        at=at,
        path=f"/moderation/decisions/{decision.id}",
        kind=KIND[target.kind],
        rule=RULE[decision.reason] if decision.reason else "",
        note=decision.note,
    )


def _author(target: Target) -> Recipient | None:
    """Whoever wrote it; reports are also brought by people without an account."""
    if target.kind == "report":
        return reports.recipient_of(target.thing)
    author = db.session.get(User, target.author_id) if target.author_id is not None else None
    return notifications.to_user(author) if author else None
