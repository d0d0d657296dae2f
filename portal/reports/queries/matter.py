"""One report, and everything that was said about it."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import Row, Select, case, exists, or_, select
from sqlalchemy.orm import joinedload

from portal.assignments.models import Response, ResponsePhoto
from portal.assignments.rules import PUBLIC
from portal.attachments.models import Attachment
from portal.db import db
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.reports.models import (
    EarlyRefusal,
    Message,
    ModeratorQuestion,
    PublicWording,
    Report,
    ReportContent,
    Reporter,
    ReportPhoto,
)

WITH_NAMES = (
    joinedload(Report.category),
    joinedload(Report.area).joinedload(Area.parent),
    joinedload(Report.agency),
    joinedload(Report.official),
    joinedload(Report.assignment),
)


def report_or_404(number: str) -> Report:
    """The public row with the names that its page shows, in one statement."""
    return _found_or_404(select(Report).options(*WITH_NAMES), number)


def own_report_or_404(number: str) -> Report:
    """The same with what only its reporter reads: their texts, their answers, and who they are."""
    own = (joinedload(Report.reporter), joinedload(Report.content).joinedload(ReportContent.answers))
    return _found_or_404(select(Report).options(*WITH_NAMES, *own), number)


def _found_or_404(query: Select[Report], number: str) -> Report:
    report = db.session.scalars(query.filter_by(number=number.upper())).unique().one_or_none()
    if report is None:
        abort(404)
    return report


def is_known(number: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Report.number == number))))


def photos_of(report: Report) -> Sequence[Row[Attachment, str, str]]:
    """The photos as they were handed in, in their order, as (Attachment, caption, alt); for the reporter
    and for who handles it."""
    return db.session.execute(
        select(Attachment, ReportPhoto.caption, ReportPhoto.alt)
        .join(ReportPhoto, ReportPhoto.attachment_id == Attachment.id)
        .where(ReportPhoto.report_id == report.id)
        .order_by(ReportPhoto.position)
    ).all()


def public_photos_of(report: Report) -> Sequence[Row[Attachment, str, str]]:
    """The photos that everybody may see, as (Attachment, caption, alt): none that is held back, but its
    masked copy where it has one."""
    shown = case((ReportPhoto.held_at.is_(None), ReportPhoto.attachment_id), else_=ReportPhoto.masked_id)
    return db.session.execute(
        select(Attachment, ReportPhoto.public_caption.label("caption"), ReportPhoto.public_alt.label("alt"))
        .join(ReportPhoto, shown == Attachment.id)
        .where(ReportPhoto.report_id == report.id)
        .order_by(ReportPhoto.position)
    ).all()


def whole_of(report: Report) -> str | None:
    """The number of the report that this one was split from."""
    if report.split_from_id is None:
        return None
    return db.session.scalar(select(Report.number).where(Report.id == report.split_from_id))


def wordings_of(report: Report) -> Sequence[PublicWording]:
    """Every text that the public read of it, the newest first; for moderators."""
    return db.session.scalars(
        select(PublicWording)
        .filter_by(report_id=report.id)
        .options(joinedload(PublicWording.author))
        .order_by(PublicWording.id.desc())
    ).all()


def responses_of(report: Report) -> Sequence[Response]:
    """What the handling side said; internal notes never leave the desk."""
    if report.assignment_id is None:
        return []
    said = (
        select(Response)
        .where(Response.assignment_id == report.assignment_id, Response.kind.in_(PUBLIC))
        .options(
            joinedload(Response.agency),
            joinedload(Response.official),
            joinedload(Response.to_agency),
            joinedload(Response.to_official),
            joinedload(Response.outside_body).joinedload(Agency.channels),
            joinedload(Response.photos).joinedload(ResponsePhoto.attachment),
        )
        .order_by(Response.id)
    )
    return db.session.scalars(said).unique().all()


def early_refusals_of(report: Report) -> Sequence[EarlyRefusal]:
    """Moderators' refusals before verification, with whom they point to."""
    said = (
        select(EarlyRefusal)
        .where(EarlyRefusal.report_id == report.id)
        .options(joinedload(EarlyRefusal.outside_body).joinedload(Agency.channels))
        .order_by(EarlyRefusal.id)
    )
    return db.session.scalars(said).unique().all()


def of_assignment(assignment_id: int) -> Report | None:
    """The report behind a duty."""
    return db.session.scalar(
        select(Report).filter_by(assignment_id=assignment_id).options(joinedload(Report.reporter))
    )


def photo_with_report(attachment_id: int) -> Row[ReportPhoto, Report] | None:
    """The report that shows a photo, or its masked copy; None for photos of other things."""
    return db.session.execute(
        select(ReportPhoto, Report)
        .join(Report, Report.id == ReportPhoto.report_id)
        .where(or_(ReportPhoto.attachment_id == attachment_id, ReportPhoto.masked_id == attachment_id))
        .options(joinedload(Report.reporter))
    ).first()


def messages_of(report: Report) -> Sequence[Message]:
    return db.session.scalars(select(Message).filter_by(report_id=report.id).order_by(Message.id)).all()


def moderator_questions_of(report: Report) -> Sequence[ModeratorQuestion]:
    """What moderators wrote before verification; for the reporter and for triage only."""
    return db.session.scalars(
        select(ModeratorQuestion).filter_by(report_id=report.id).order_by(ModeratorQuestion.id)
    ).all()


def by_form_token(digest: str) -> Report | None:
    return db.session.scalar(select(Report).filter_by(form_token=digest))


def by_code(digest: str) -> Report | None:
    """The report that a tracking code finds; words open it."""
    return db.session.scalar(
        select(Report)
        .join(Report.reporter)
        .where(Reporter.tracking_digest == digest, Reporter.passphrase_hash.is_not(None))
        .options(joinedload(Report.reporter))
    )


def by_tracking(number: str, digest: str) -> Report | None:
    """The report of that number, if the code fits that was given before words belonged to it."""
    return db.session.scalar(
        select(Report)
        .join(Report.reporter)
        .where(Report.number == number, Reporter.tracking_digest == digest)
    )
