"""What the page of one duty tells: what it is about, and everything that was said, notes too."""

from typing import Any

from portal.accounts.models import User
from portal.assignments import labels, policy
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import ResponseKind
from portal.desk import board
from portal.i18n import _
from portal.ledger import queries as ledger
from portal.reports import listing, timeline
from portal.reports import queries as reports
from portal.reports.labels import category_name
from portal.reports.models import Report
from portal.reports.timeline import Step


def steps(report: Report) -> list[Step]:
    """The public story with the texts as they were typed, and the internal notes among them."""
    assignment = report.assignment
    said = assignments.said(assignment) if assignment else []
    notes = [one for one in said if one.kind == ResponseKind.NOTE]
    told = timeline.tell(
        report,
        ledger.events_of(f"report:{report.number}"),
        responses=[one for one in said if one.kind != ResponseKind.NOTE],
        messages=reports.messages_of(report),
        is_private=True,
    )
    return sorted([*told, *map(_note, notes)], key=lambda step: step.at)


def exchange(report: Report) -> list[Step]:
    """What moderators and the reporter wrote to each other before verification."""
    told = timeline.tell(
        report,
        [],
        responses=[],
        messages=reports.messages_of(report),
        questions=reports.moderator_questions_of(report),
        is_private=True,
    )
    return [step for step in told if step.body]


def marks(report: Report) -> list[tuple[str, str | None]]:
    """What the officer must know before answering, as tags."""
    found: list[tuple[str, str | None]] = [(category_name(report.category), None)]
    if report.area:
        found.append((report.area.name, None))
    found += board.care_tags(
        is_supervisory=report.is_supervisory,
        is_confidential=report.is_confidential,
        is_anonymous=report.is_anonymous,
    )
    if report.reopen_count:
        found.append((_("Dibuka kembali"), "late"))
    return found


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


def may_acknowledge(user: User, assignment: Assignment) -> bool:
    """The one-click receipt is offered until anything was said."""
    said = any(one.kind != ResponseKind.NOTE for one in assignment.responses)
    return policy.may_respond(user, assignment) and not said


def _note(response: Response) -> Step:
    return Step(
        title=str(labels.KIND[response.kind]),
        at=response.at,
        who=response.official.name if response.official else _("Moderator"),
        badge=_("Hanya petugas"),
        tone="quiet",
        body=response.body,
        response_id=response.id,
    )
