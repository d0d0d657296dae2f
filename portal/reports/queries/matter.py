"""One report, and everything that was said about it."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from portal.assignments.models import Response
from portal.assignments.rules import PUBLIC
from portal.attachments.models import Attachment
from portal.db import db
from portal.places.models import Area
from portal.reports.models import (
    Message,
    ModeratorQuestion,
    Report,
    Reporter,
    ReportPhoto,
)
from portal.surveys.models import Rating


def report_or_404(number: str) -> Report:
    """The public row with the names that its page shows, in one statement."""
    report = db.session.scalar(
        select(Report)
        .filter_by(number=number.upper())
        .options(
            joinedload(Report.category),
            joinedload(Report.area).joinedload(Area.parent),
            joinedload(Report.agency),
            joinedload(Report.official),
            joinedload(Report.assignment),
        )
    )
    if report is None:
        abort(404)
    return report


def is_known(number: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Report.number == number))))


def photos_of(report: Report) -> Sequence[Attachment]:
    """The report's photos in their order."""
    return db.session.scalars(
        select(Attachment)
        .join(ReportPhoto, ReportPhoto.attachment_id == Attachment.id)
        .where(ReportPhoto.report_id == report.id)
        .order_by(ReportPhoto.position)
    ).all()


def responses_of(report: Report) -> Sequence[Response]:
    """What the handling side said; internal notes never leave the desk."""
    if report.assignment_id is None:
        return []
    return db.session.scalars(
        select(Response)
        .where(Response.assignment_id == report.assignment_id, Response.kind.in_(PUBLIC))
        .options(
            joinedload(Response.agency),
            joinedload(Response.official),
            joinedload(Response.to_agency),
            joinedload(Response.to_official),
        )
        .order_by(Response.id)
    ).all()


def messages_of(report: Report) -> Sequence[Message]:
    return db.session.scalars(select(Message).filter_by(report_id=report.id).order_by(Message.id)).all()


def moderator_questions_of(report: Report) -> Sequence[ModeratorQuestion]:
    """What moderators wrote before verification; for the reporter and for triage only."""
    return db.session.scalars(
        select(ModeratorQuestion).filter_by(report_id=report.id).order_by(ModeratorQuestion.id)
    ).all()


def rating_of(report: Report) -> Rating | None:
    """The last verdict that the reporter gave."""
    return db.session.scalar(
        select(Rating).filter_by(assignment_id=report.assignment_id).order_by(Rating.id.desc()).limit(1)
    )


def by_form_token(digest: str) -> Report | None:
    return db.session.scalar(select(Report).filter_by(form_token=digest))


def by_tracking(number: str, digest: str) -> Report | None:
    """The report of that number, if the code fits."""
    return db.session.scalar(
        select(Report)
        .join(Report.reporter)
        .where(Report.number == number, Reporter.tracking_digest == digest)
    )
