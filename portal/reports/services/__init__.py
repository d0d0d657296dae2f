"""What can be done with a report, from its filing to its end."""

from portal.reports.services.duty import register_owner
from portal.reports.services.endings import archive
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
from portal.reports.services.intake import Filing, PhotoIn, file_report
from portal.reports.services.kinds import change_kind
from portal.reports.services.letters import tell_lost_numbers
from portal.reports.services.merging import last_merge, may_unmerge, merge, refusal_of, unmerge
from portal.reports.services.rating import rate, rate_as_supporter
from portal.reports.services.redaction import describe_photo, hold_photo, release_photo, reword
from portal.reports.services.refusing import may_overturn_early, overturn_early, refuse_unverified
from portal.reports.services.splitting import Part, split
from portal.reports.services.verification import (
    ask_before_verification,
    correct,
    verify,
)

__all__ = [
    "Filing",
    "Part",
    "PhotoIn",
    "answer_question",
    "archive",
    "ask_before_verification",
    "change_kind",
    "correct",
    "describe_photo",
    "file_report",
    "follow",
    "give_verdict",
    "hide",
    "hold_photo",
    "last_merge",
    "may_overturn_early",
    "may_unmerge",
    "merge",
    "overturn_early",
    "rate",
    "rate_as_supporter",
    "refusal_of",
    "refuse_unverified",
    "register_owner",
    "release_photo",
    "reopen",
    "reword",
    "split",
    "support",
    "tell_lost_numbers",
    "unfollow",
    "unhide",
    "unmerge",
    "verify",
    "withdraw",
]
