"""What the triage tells of a report before there is a duty."""

from typing import Any

from portal.assignments.steps import Step
from portal.desk import board
from portal.i18n import _
from portal.reports import listing, timeline
from portal.reports import queries as reports
from portal.reports.labels import category_name
from portal.reports.models import Report


def exchange(report: Report) -> list[Step]:
    """What moderators and the reporter wrote to each other."""
    return timeline.exchange(
        reports.messages_of(report), reports.moderator_questions_of(report), is_private=True
    )


def marks(report: Report) -> list[tuple[str, str | None]]:
    """What the moderator must know before deciding, as tags."""
    found: list[tuple[str, str | None]] = [(category_name(report.category), None)]
    if report.area:
        found.append((report.area.name, None))
    return found + board.care_tags(
        is_supervisory=report.is_supervisory,
        is_confidential=report.is_confidential,
        is_anonymous=report.is_anonymous,
    )


def facts(report: Report, *, sees_reporter: bool) -> list[tuple[str, str]]:
    """Where it is and who brought it, as far as the reader may know."""
    name = report.reporter.name if sees_reporter else _("Pelapor meminta namanya disembunyikan")
    return [
        (_("Tempat"), report.content.place or _("Tidak disebutkan")),
        (_("Pelapor"), name or _("Tidak menyebut nama")),
    ]


def photos(report: Report) -> list[dict[str, Any]]:
    """The photos as `ui.photos` takes them."""
    return [listing.photo(photo.attachment, photo.position) for photo in report.photos]
