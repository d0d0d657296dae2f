"""Read a draft and what its questions offer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import select

from portal.accounts.models import User
from portal.attachments.models import Attachment
from portal.categories.models import Category
from portal.categories.questions.rules import asks
from portal.db import db
from portal.organisation.models import Agency
from portal.reports import tracking
from portal.reports.answers import asked as all_asked
from portal.reports.filing import rules
from portal.reports.filing.rules import Answers, Step
from portal.reports.models import ReportDraft
from portal.reports.rules import ReportKind
from portal.reports.services import PhotoIn
from portal.routing import queries as routing

DRAFTS_SHOWN = 50


def draft(token: str, at: datetime, *, for_update: bool = False) -> ReportDraft | None:
    """The draft behind a token, unless it is over. `for_update` makes a double click wait its turn."""
    query = select(ReportDraft).where(
        ReportDraft.token_digest == tracking.token_digest(token), ReportDraft.expires_at > at
    )
    return db.session.scalar(query.with_for_update() if for_update else query)


def drafts_of(owner: User, at: datetime) -> Sequence[ReportDraft]:
    """What this person has not sent yet, the latest first."""
    return db.session.scalars(
        select(ReportDraft)
        .where(ReportDraft.owner_id == owner.id, ReportDraft.expires_at > at)
        .order_by(ReportDraft.changed_at.desc())
        .limit(DRAFTS_SHOWN)
    ).all()


def own_draft_or_404(draft_id: int, owner: User) -> ReportDraft:
    found = db.session.scalar(select(ReportDraft).filter_by(id=draft_id, owner_id=owner.id))
    if found is None:
        abort(404)
    return found


def category(code: str) -> Category | None:
    return db.session.get(Category, code) if code else None


def outside_bodies(code: str, at: datetime) -> Sequence[Agency]:
    """Who answers for a category in place of the city, with every channel; none for most."""
    return routing.outside_bodies(code, at) if code else []


def extra_steps(answers: Answers, at: datetime, asked: Sequence[Any] | None = None) -> frozenset[Step]:
    """The steps that the chosen category and kind add; `asked` are their questions, where they are known."""
    chosen = category(answers.category)
    return rules.added(
        chosen.category_class if chosen else None,
        is_outside=bool(outside_bodies(answers.category, at)),
        asks=asks(questions(answers) if asked is None else asked),
    )


def questions(answers: Answers) -> list[Any]:
    """What the kind and the category ask beside the story."""
    return all_asked(ReportKind(answers.kind), answers.category, answers.given)


def photos(ids: Sequence[int]) -> list[Attachment]:
    """The draft's photos in the order they were added."""
    if not ids:
        return []
    found = db.session.scalars(select(Attachment).where(Attachment.id.in_(ids)))
    return sorted(found, key=lambda photo: ids.index(photo.id))


def photos_in(answers: Answers) -> list[PhotoIn]:
    """The photos with their words, in their order, as a report takes them."""
    words = {photo.id: photo for photo in answers.photos}
    return [PhotoIn(one, words[one.id].caption, words[one.id].alt) for one in photos(list(words))]
