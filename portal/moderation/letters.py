"""What an author is told about decisions on their words."""

from datetime import datetime

from portal.accounts.models import User
from portal.db import db
from portal.moderation.labels import KIND, RULE
from portal.moderation.models import Decision
from portal.moderation.rules import Action
from portal.moderation.targets import Target
from portal.notifications import services as notifications

LETTERS = {
    Action.HIDDEN_BY_FLAGS: "moderation_hidden_by_flags",
    Action.HIDDEN: "moderation_hidden",
    Action.RESTORED: "moderation_restored",
    Action.UPHELD: "moderation_upheld",
    Action.LOCKED: "moderation_locked",
}


def tell_author(decision: Decision, target: Target, *, at: datetime) -> None:
    """With the rule, the moderator's note, and the way to disagree."""
    letter = LETTERS.get(decision.action)
    author = db.session.get(User, target.author_id) if target.author_id is not None else None
    if letter is None or author is None:
        return
    notifications.tell(
        notifications.to_user(author),
        letter,
        key=f"moderation:{decision.id}",
        at=at,
        path=f"/moderation/decisions/{decision.id}",
        kind=KIND[target.kind],
        rule=RULE[decision.reason] if decision.reason else "",
        note=decision.note,
    )
