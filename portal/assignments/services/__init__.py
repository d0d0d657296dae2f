"""What can be done with a duty. Import the package. Handing it on: handovers.py."""

from portal.assignments.services.disposition import dispose, receiving_agency
from portal.assignments.services.endings import (
    change_matter,
    close_dispute,
    dispute,
    finish,
    react_by,
    reopen,
    reopen_dispute,
    restore,
    withdraw,
)
from portal.assignments.services.responses import (
    EVENTS,
    check,
    edit,
    question_lapsed,
    resident_replied,
    respond,
)
from portal.assignments.services.wording import check_words

__all__ = [
    "EVENTS",
    "change_matter",
    "check",
    "check_words",
    "close_dispute",
    "dispose",
    "dispute",
    "edit",
    "finish",
    "question_lapsed",
    "react_by",
    "receiving_agency",
    "reopen",
    "reopen_dispute",
    "resident_replied",
    "respond",
    "restore",
    "withdraw",
]
