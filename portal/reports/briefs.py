"""What the handlers of a report read of it."""

from sqlalchemy import select

from portal.assignments.models import Assignment
from portal.assignments.owners import Brief, Said
from portal.db import db
from portal.i18n import _
from portal.reports import listing, queries
from portal.reports.labels import KIND
from portal.reports.models import Report


def brief(assignment: Assignment) -> Brief:
    """The text as typed; who brought it, where they did not ask to be hidden."""
    report = db.session.scalars(select(Report).filter_by(assignment_id=assignment.id)).one()
    author = _("Pelapor meminta namanya disembunyikan") if report.is_anonymous else report.reporter.name
    return Brief(
        kind=str(KIND[report.kind]),
        text=report.content.body,
        author=author,
        facts=[(_("Tempat"), report.content.place or _("Tidak disebutkan"))],
        photos=[listing.photo(photo.attachment, photo.position) for photo in report.photos],
        said=[Said(at=one.at, who=author, text=one.body) for one in queries.messages_of(report)],
    )
