"""What can be done with a report, from its filing to its end."""

from portal.reports.services.duty import register_owner
from portal.reports.services.endings import archive, close_silent, remind_silent
from portal.reports.services.following import (
    answer_question,
    follow,
    give_verdict,
    reopen,
    support,
    unfollow,
    withdraw,
)
from portal.reports.services.hiding import hide, unhide
from portal.reports.services.intake import Filing, file_report
from portal.reports.services.letters import tell_lost_numbers
from portal.reports.services.verification import (
    ask_before_verification,
    correct,
    refuse_unverified,
    verify,
)

__all__ = [
    "Filing",
    "answer_question",
    "archive",
    "ask_before_verification",
    "close_silent",
    "correct",
    "file_report",
    "follow",
    "give_verdict",
    "hide",
    "refuse_unverified",
    "register_owner",
    "remind_silent",
    "reopen",
    "support",
    "tell_lost_numbers",
    "unfollow",
    "unhide",
    "verify",
    "withdraw",
]
