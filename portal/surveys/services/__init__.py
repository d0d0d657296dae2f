"""What can be done with surveys, from the first question to what was changed because of the answers."""

from portal.surveys.services.answering import answer
from portal.surveys.services.changes import publish_changes, register_owner
from portal.surveys.services.inviting import invite, invite_served, remind
from portal.surveys.services.making import Plan, adjust, close, open_evaluation, open_skm, save_service
from portal.surveys.services.publishing import publish, release, withhold
from portal.surveys.services.ratings import rate, rate_answer

__all__ = [
    "Plan",
    "adjust",
    "answer",
    "close",
    "invite",
    "invite_served",
    "open_evaluation",
    "open_skm",
    "publish",
    "publish_changes",
    "rate",
    "rate_answer",
    "register_owner",
    "release",
    "remind",
    "save_service",
    "withhold",
]
