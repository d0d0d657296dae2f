"""What can be done with a duty. Import the package. Handing it on: handovers.py."""

from portal.assignments.services.disposition import dispose, receiving_agency
from portal.assignments.services.endings import (
    close_dispute,
    dispute,
    finish,
    finish_undisputed,
    reopen,
    reopen_dispute,
    withdraw,
)
from portal.assignments.services.responses import EVENTS, edit, question_lapsed, resident_replied, respond
from portal.assignments.services.wording import check_words

__all__ = [
    "EVENTS",
    "check_words",
    "close_dispute",
    "dispose",
    "dispute",
    "edit",
    "finish",
    "finish_undisputed",
    "question_lapsed",
    "receiving_agency",
    "reopen",
    "reopen_dispute",
    "resident_replied",
    "respond",
    "withdraw",
]
