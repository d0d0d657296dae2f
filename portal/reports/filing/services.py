"""Begin a draft, keep its answers, send it."""

import secrets
from datetime import datetime
from typing import Any

from portal import config, i18n
from portal.accounts.models import User
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import services as reports
from portal.reports import tracking
from portal.reports.filing import drafts, queries, rules
from portal.reports.filing.rules import Answers
from portal.reports.models import Report, ReportDraft
from portal.reports.rules import ReportKind

TOKEN_BYTES = 18


def begin(answers: Answers, *, at: datetime, owner: User | None = None, token: str | None = None) -> str:
    """Store the first answers; returns the token that leads back to them. `token` is one that the writer's
    page made already."""
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    drafts.store(answers, token, owner=owner, at=at)
    return token


def keep(draft: ReportDraft, *, at: datetime, **changes: Any) -> Answers:
    """Store more answers; the draft lives on from now."""
    answers = Answers.read({**draft.data, **changes})
    draft.data = answers.stored()
    drafts.touch(draft, at=at)
    return answers


def choose_category(draft: ReportDraft, code: str, *, at: datetime) -> Answers:
    """Another category asks its own questions: their former answers are forgotten."""
    if draft.data.get("category") == code:
        return keep(draft, at=at)
    return keep(
        draft, at=at, category=code, emergency_read=False, outside_read=False, unit=None, unit_told=False
    )


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
            area_code=answers.area or None,
            found_area_code=answers.found_area or None,
            place=answers.place,
            lat=answers.lat,
            lon=answers.lon,
            concerned_agency_id=answers.unit,
            is_anonymous=answers.is_anonymous,
            is_confidential=answers.is_confidential or category.category_class is CategoryClass.CONFIDENTIAL,
            name=answers.name,
            email=answers.email or None,
            language=i18n.language(),
            photos=queries.photos_in(answers),
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
