"""What can be done with plans and pins."""

from portal.projects.plans.services.pins import (
    Note,
    edit,
    hide,
    place,
    place_many,
    support,
    support_many,
    unhide,
    unsupport,
    withdraw,
)
from portal.projects.plans.services.verdicts import Verdict, judge
from portal.projects.plans.services.versions import Sheet, change, discard, draft, publish

__all__ = [
    "Note",
    "Sheet",
    "Verdict",
    "change",
    "discard",
    "draft",
    "edit",
    "hide",
    "judge",
    "place",
    "place_many",
    "publish",
    "support",
    "support_many",
    "unhide",
    "unsupport",
    "withdraw",
]
