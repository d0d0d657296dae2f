"""Who flags, who decides, and who may disagree."""

from datetime import datetime

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.moderation.models import Appeal, Decision
from portal.moderation.rules import APPEAL_FOR, APPEALABLE


def may_flag(user: User) -> bool:
    """Everybody with an account."""
    return bool(user.is_authenticated)


def may_moderate(user: User) -> bool:
    return bool(user.is_authenticated and Role.MODERATOR in user.roles)


def may_decide(user: User, *, is_author: bool) -> bool:
    """Moderators, but nobody about their own words."""
    return may_moderate(user) and not is_author


def can_be_appealed(decision: Decision, at: datetime) -> bool:
    """What hid or locked something, once, for a while."""
    return decision.action in APPEALABLE and decision.appeal is None and at <= decision.at + APPEAL_FOR


def may_decide_appeal(user: User, appeal: Appeal, *, is_author: bool) -> bool:
    """Another moderator than those who hid or locked it, before the appeal or since, and not the author."""
    decided = {one.by_id for one in appeal.decision.item.decisions if one.action in APPEALABLE}
    return may_decide(user, is_author=is_author) and appeal.decided_at is None and user.id not in decided
