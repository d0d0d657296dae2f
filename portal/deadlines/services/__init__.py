"""What can be done with clocks, calendars and policies. Import the package: `deadlines.open_clock(...)`."""

from portal.deadlines.services.clocks import (
    close,
    conclude,
    extend,
    hand_over,
    import_due,
    max_extension,
    may_extend,
    may_reopen,
    meet,
    open_clock,
    pause,
    reopen,
    reopenings,
    resume,
    stages_after_verification,
    transfer,
)
from portal.deadlines.services.escalation import end_capped_pause, escalate, take_step
from portal.deadlines.services.history import History
from portal.deadlines.services.revisions import (
    RECALCULATE,
    add_calendar,
    import_calendar_version,
    import_policy_version,
    recalculate,
    recalculate_batch,
)

__all__ = [
    "RECALCULATE",
    "History",
    "add_calendar",
    "close",
    "conclude",
    "end_capped_pause",
    "escalate",
    "extend",
    "hand_over",
    "import_calendar_version",
    "import_due",
    "import_policy_version",
    "max_extension",
    "may_extend",
    "may_reopen",
    "meet",
    "open_clock",
    "pause",
    "recalculate",
    "recalculate_batch",
    "reopen",
    "reopenings",
    "resume",
    "stages_after_verification",
    "take_step",
    "transfer",
]
