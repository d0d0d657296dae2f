"""Which groups of letters a person chooses about, and which always go out."""

from portal.accounts.models import User
from portal.notifications import rules
from portal.notifications.labels import LABEL, Label
from portal.notifications.rules import KINDS, Channel, Group


def adjustable(user: User) -> dict[Group, Label]:
    """What this person can choose about, in the order of the page."""
    return {
        group: LABEL[group] for group, kind in KINDS.items() if kind.is_adjustable and kind.roles & user.roles
    }


def always(user: User) -> list[Label]:
    """What always reaches this person by mail; names and what is in it."""
    return [
        LABEL[group] for group, kind in KINDS.items() if not kind.is_adjustable and kind.roles & user.roles
    ]


def chosen(user: User, group: Group) -> Channel:
    """What holds for this person now."""
    return rules.channel(group, user.letter_choices, user.roles)
