"""Whose a draft is, what is typed on its pages, and what becomes of those that nobody sent."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import exists, select

from portal import config
from portal.accounts.models import User
from portal.attachments import parts
from portal.attachments import services as attachments
from portal.db import db
from portal.reports import tracking
from portal.reports.filing import keeping, queries, rules
from portal.reports.filing.keeping import Typed
from portal.reports.filing.rules import Answers, Step
from portal.reports.models import ReportDraft, ReportPhoto


def store(answers: Answers, token: str, *, owner: User | None, at: datetime) -> ReportDraft:
    """A new draft behind this token."""
    draft = ReportDraft(
        token_digest=tracking.token_digest(token),
        data=answers.stored(),
        pages={},
        created_at=at,
        changed_at=at,
        expires_at=at + rules.DRAFT_LIFETIME,
    )
    if owner is not None:
        give(draft, token, owner, at=at)
    db.session.add(draft)
    db.session.flush()
    return draft


def give(draft: ReportDraft, token: str, owner: User, *, at: datetime) -> None:
    """The draft is this person's from now on: found from the account, and nobody else's to open."""
    draft.owner_id = owner.id
    draft.sealed_token = _seal().encrypt(token.encode()).decode()
    touch(draft, at=at)


def touch(draft: ReportDraft, *, at: datetime) -> None:
    """Something was written: the draft lives on from now."""
    draft.changed_at = at
    draft.expires_at = at + (rules.OWN_DRAFT_LIFETIME if draft.owner_id else rules.DRAFT_LIFETIME)


def token_of(draft: ReportDraft) -> str | None:
    """The token of a draft that belongs to an account; None when the portal's secret changed since."""
    try:
        return _seal().decrypt((draft.sealed_token or "").encode()).decode()
    except InvalidToken:
        return None


def keep_typed(draft: ReportDraft, step: Step, typed: Typed, page: str, *, at: datetime) -> bool:
    """Hold what was typed on a page. True when another page had filled in the same question meanwhile:
    the newer wins, and the other's words stay to be looked at."""
    meets = keeping.meets_another(draft.pages, step, typed, page)
    draft.pages = keeping.kept(draft.pages, step, typed, page)
    touch(draft, at=at)
    return meets


def note_sent(draft: ReportDraft, step: Step, typed: Typed, page: str) -> None:
    """A page was answered: nothing waits on it any more."""
    draft.pages = keeping.sent(draft.pages, step, typed, page)


def forget(draft: ReportDraft) -> None:
    """Remove a draft with its photos, except those that a report took over."""
    for photo in queries.photos([one.id for one in Answers.read(draft.data).photos]):
        if not db.session.scalar(select(exists().where(ReportPhoto.attachment_id == photo.id))):
            attachments.remove(photo)
    parts.forget_all(draft.token_digest)
    db.session.delete(draft)


def forget_old(at: datetime, *, limit: int = 100) -> bool:
    """Remove what was never sent. True when more may wait."""
    old: Sequence[ReportDraft] = db.session.scalars(
        select(ReportDraft).where(ReportDraft.expires_at <= at).limit(limit).with_for_update(skip_locked=True)
    ).all()
    for draft in old:
        forget(draft)
    return len(old) == limit


def _seal() -> Fernet:
    """Drafts are sealed with a key of their own, drawn from the portal's secret."""
    return Fernet(urlsafe_b64encode(sha256(b"drafts:" + config.current().secret_key.encode()).digest()))
