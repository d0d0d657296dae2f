"""What the placeholders of a canned answer say in one duty."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.stages import Stage
from portal.i18n import _, format_datetime
from portal.reports import queries as reports


def values(assignment: Assignment, user: User, at: datetime) -> dict[str, str]:
    """Placeholders and what they say. Answers are public, so `nama` addresses the resident politely and
    never names them."""
    return {
        "nomor": assignment.number,
        "judul": _public_title(assignment),
        "wilayah": assignment.area.name if assignment.area else _("seluruh kota"),
        "dinas": assignment.agency.name,
        "petugas": user.name,
        "tenggat": _due(assignment, at),
        "nama": _("Bapak/Ibu"),
    }


def _public_title(assignment: Assignment) -> str:
    """As everybody reads it: the duty carries the resident's own words, an answer is published."""
    report = reports.of_assignment(assignment.id) if assignment.origin == "report" else None
    if report is None:
        return assignment.title
    return report.title or _("laporan Anda")


def _due(assignment: Assignment, at: datetime) -> str:
    """When the matter is to be solved; a phrase where nobody can say."""
    shown = deadlines.clock_values([assignment.clock_id], at).get(assignment.clock_id, [])
    due_at = next((one.due_at for one in shown if one.stage == Stage.RESOLVE), None)
    return format_datetime(due_at) if due_at else _("waktu yang akan kami sampaikan")
