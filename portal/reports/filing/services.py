"""Begin a draft, keep its answers, send it, let it go."""

import secrets
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import exists, select

from portal import config, i18n
from portal.accounts.models import User
from portal.attachments import services as attachments
from portal.attachments.models import Attachment
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import rules as report_rules
from portal.reports import services as reports
from portal.reports import tracking
from portal.reports.filing import queries, rules
from portal.reports.filing.rules import Answers
from portal.reports.models import Report, ReportDraft, ReportPhoto
from portal.reports.rules import ReportKind

TOKEN_BYTES = 18


def begin(answers: Answers, *, at: datetime) -> str:
    """Store the first answers; returns the token that leads back to them."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.session.add(
        ReportDraft(
            token_digest=tracking.token_digest(token),
            data=answers.stored(),
            created_at=at,
            expires_at=at + rules.DRAFT_LIFETIME,
        )
    )
    db.session.flush()
    return token


def keep(draft: ReportDraft, *, at: datetime, **changes: Any) -> Answers:
    """Store more answers; the draft lives on from now."""
    answers = Answers.read({**draft.data, **changes})
    draft.data = answers.stored()
    draft.expires_at = at + rules.DRAFT_LIFETIME
    return answers


def choose_category(draft: ReportDraft, code: str, *, at: datetime) -> Answers:
    """Another category asks its own questions: their former answers are forgotten."""
    if draft.data.get("category") == code:
        return keep(draft, at=at)
    return keep(
        draft, at=at, category=code, emergency_read=False, outside_read=False, unit=None, unit_told=False
    )


def add_photo(draft: ReportDraft, stream: BinaryIO, *, at: datetime) -> Attachment:
    """Raises DomainError when it is no image, or one too many."""
    kept = Answers.read(draft.data).photos
    if len(kept) >= report_rules.MAX_PHOTOS:
        raise DomainError(_l("Paling banyak lima foto."))
    photo = attachments.keep_image(stream, at)
    keep(draft, at=at, photos=[*kept, photo.id])
    return photo


def remove_photo(draft: ReportDraft, photo_id: int, *, at: datetime) -> None:
    kept = Answers.read(draft.data).photos
    if photo_id not in kept:
        return
    keep(draft, at=at, photos=[one for one in kept if one != photo_id])
    for photo in queries.photos([photo_id]):
        attachments.remove(photo)


def send(draft: ReportDraft, token: str, *, by: User | None, at: datetime) -> Report:
    """File what the draft holds and let the draft go. Its token is the report's form token."""
    answers = Answers.read(draft.data)
    category = queries.category(answers.category)
    if category is None or rules.missing(answers, queries.extra_steps(category.code, at)):
        raise DomainError(_l("Masih ada pertanyaan yang belum Anda jawab."))
    report = reports.file_report(
        reports.Filing(
            kind=ReportKind(answers.kind),
            title=answers.title,
            body=answers.body,
            category_code=answers.category,
            area_code=answers.area,
            place=answers.place,
            lat=answers.lat,
            lon=answers.lon,
            concerned_agency_id=answers.unit,
            is_anonymous=answers.is_anonymous,
            is_confidential=answers.is_confidential or category.category_class is CategoryClass.CONFIDENTIAL,
            name=answers.name,
            email=answers.email or None,
            language=i18n.language(),
            photos=queries.photos(answers.photos),
            form_token=token,
            tracking_code=tracking_code(token),
        ),
        by=by,
        at=at,
    )
    db.session.delete(draft)
    return report


def tracking_code(token: str) -> str:
    """The code that the receipt of this form shows."""
    return tracking.code(config.current().secret_key, token)


def forget_old_drafts(at: datetime, *, limit: int = 100) -> bool:
    """Remove what was never sent, photos included. True when more may wait."""
    old = db.session.scalars(
        select(ReportDraft).where(ReportDraft.expires_at <= at).limit(limit).with_for_update(skip_locked=True)
    ).all()
    for draft in old:
        for photo in queries.photos(Answers.read(draft.data).photos):
            if not db.session.scalar(select(exists().where(ReportPhoto.attachment_id == photo.id))):
                attachments.remove(photo)
        db.session.delete(draft)
    return len(old) == limit
