"""Say something in a duty, and tell the writer when it waits for the supervisor."""

from typing import Any

from portal.assignments import approvals
from portal.assignments.models import Assignment, PendingAnswer
from portal.assignments.rules import PUBLIC, ResponseKind
from portal.i18n import _
from portal.reports.labels import PERSONAL_DATA
from portal.reports.masking import mask


def say(assignment: Assignment, **said: Any) -> str | None:
    """`said` is what `services.respond` takes. A sentence where the words of the act do not fit."""
    if isinstance(approvals.say(assignment, **said), PendingAnswer):
        return _(
            "Diajukan kepada atasan. Sebelum disetujui jawaban ini tidak terbit, dan tenggat berjalan terus."
        )
    return _covered(assignment, said["kind"], said["body"])


def _covered(assignment: Assignment, kind: ResponseKind, body: str) -> str | None:
    """What the public page of a report covers in these words; None where it covers nothing."""
    found = mask(body).found if assignment.origin == "report" and kind in PUBLIC else []
    if not found:
        return None
    return _(
        "Terkirim. Di halaman umum disamarkan: %(kinds)s. Pelapor tetap membaca teks lengkapnya.",
        kinds=", ".join(str(PERSONAL_DATA[one]) for one in found),
    )
