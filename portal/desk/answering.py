"""Say something in a duty, and tell the writer when it waits for the supervisor."""

from typing import Any

from portal.assignments import approvals
from portal.assignments.models import Assignment, PendingAnswer
from portal.i18n import _


def say(assignment: Assignment, **said: Any) -> str | None:
    """`said` is what `services.respond` takes. A sentence where the words of the act do not fit."""
    if isinstance(approvals.say(assignment, **said), PendingAnswer):
        return _(
            "Diajukan kepada atasan. Sebelum disetujui jawaban ini tidak terbit, dan tenggat berjalan terus."
        )
    return None
