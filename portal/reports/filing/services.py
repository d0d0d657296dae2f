"""Begin a draft, keep its answers, send it."""

import secrets
from datetime import datetime
from typing import Any

from portal import config, i18n
from portal.accounts.models import User
from portal.attachments import parts
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import kind_questions, tracking
from portal.reports import services as reports
from portal.reports.filing import drafts, obstacles, queries, rules
from portal.reports.filing.rules import Answers
from portal.reports.models import Report, ReportDraft
from portal.reports.rules import Channel, ReportKind

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
        draft,
        at=at,
        category=code,
        emergency_read=False,
        outside_read=False,
        unit=None,
        unit_told=False,
        given=_of_kind(Answers.read(draft.data)),
        questions_told=False,
    )


def tell(draft: ReportDraft, *, kind: str, title: str, body: str, at: datetime) -> Answers:
    """Another kind asks its own questions too: what the former one asked is forgotten."""
    answers = Answers.read(draft.data)
    changes: dict[str, Any] = {}
    if kind != answers.kind:
        former = _of_kind(answers)
        kept = {code: answer for code, answer in answers.given.items() if code not in former}
        changes = {"given": kept, "questions_told": False}
    return keep(draft, at=at, kind=kind, title=title, body=body, **changes)


def _of_kind(answers: Answers) -> dict[str, str]:
    """The answers to the questions of the kind alone."""
    codes = {one.code for one in kind_questions.of(ReportKind(answers.kind))}
    return {code: answer for code, answer in answers.given.items() if code in codes}


def send(draft: ReportDraft, token: str, *, by: User | None, at: datetime) -> Report:
    """File what the draft holds and let the draft go. Its token is the report's form token."""
    answers = Answers.read(draft.data)
    category = queries.category(answers.category)
    asked = queries.questions(answers)
    if category is None or rules.missing(answers, queries.extra_steps(answers, at, asked)):
        raise DomainError(_l("Masih ada pertanyaan yang belum Anda jawab."))
    for obstacle in obstacles.of(answers, by, asked):
        raise DomainError(obstacle.sentence)
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
            answers=answers.given,
            form_token=token,
            tracking_code=tracking_code(token),
            passphrase=passphrase(token),
            channel=Channel(answers.channel),
        ),
        by=by,
        at=at,
    )
    db.session.delete(draft)
    parts.forget_all(draft.token_digest)
    return report


def tracking_code(token: str) -> str:
    """The code that the receipt of this form shows."""
    return tracking.code(config.current().secret_key, token)


def passphrase(token: str) -> str:
    """The words that this code opens with."""
    return tracking.passphrase(config.current().secret_key, token)
