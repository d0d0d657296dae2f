"""Read editions and drafts."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from portal.accounts.models import User, UserRole
from portal.accounts.rules import Role
from portal.db import db
from portal.statistics.editions import bundle
from portal.statistics.editions.models import Edition, EditionDraft, EditionFile


def newest() -> Edition | None:
    """The edition that the next one continues."""
    return db.session.scalar(select(Edition).order_by(Edition.number.desc()).limit(1))


def editions(limit: int | None = None) -> Sequence[Edition]:
    """Published editions without their documents, the newest first."""
    return db.session.scalars(select(Edition).order_by(Edition.number.desc()).limit(limit)).all()


def edition(number: int) -> Edition | None:
    """One edition with its document."""
    return db.session.scalar(
        select(Edition).where(Edition.number == number).options(undefer(Edition.document))
    )


def correction_of(number: int) -> int | None:
    """The newest edition that corrects this one."""
    correcting = select(Edition.number).where(Edition.corrects_number == number)
    return db.session.scalar(correcting.order_by(Edition.number.desc()).limit(1))


def overlapping(first_on: date, last_on: date) -> Sequence[Edition]:
    """Editions about some of the same days."""
    both = select(Edition).where(Edition.first_on <= last_on, Edition.last_on >= first_on)
    return db.session.scalars(both.order_by(Edition.number)).all()


def file(number: int, name: str) -> bytes | None:
    """A file of an edition's bundle, as it was published."""
    found = select(EditionFile.content).where(EditionFile.edition_number == number, EditionFile.name == name)
    return db.session.scalar(found)


def files(number: int) -> dict[str, bytes]:
    """All files of an edition's bundle, with the chain up to it."""
    rows = select(EditionFile.name, EditionFile.content).where(EditionFile.edition_number == number)
    kept = {row.name: row.content for row in db.session.execute(rows)}
    return {**kept, bundle.CHAIN: bundle.chain(links(until=number))}


def links(*, until: int | None = None) -> Iterator[tuple[Any, str]]:
    """Manifest and root of each edition up to one, the first one first."""
    rows = select(Edition.manifest, Edition.root).order_by(Edition.number)
    if until is not None:
        rows = rows.where(Edition.number <= until)
    return ((row.manifest, row.root) for row in db.session.execute(rows))


def drafts() -> Sequence[EditionDraft]:
    """What waits for a second person, the newest first."""
    waiting = select(EditionDraft).options(joinedload(EditionDraft.prepared_by))
    return db.session.scalars(waiting.order_by(EditionDraft.id.desc())).all()


def draft(number: int) -> EditionDraft | None:
    return db.session.get(EditionDraft, number, options=[joinedload(EditionDraft.prepared_by)])


def moderators_beside(user: User) -> Sequence[User]:
    """Who may confirm what this person prepared."""
    rows = (
        select(User)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == Role.MODERATOR, User.id != user.id, User.disabled_at.is_(None))
    )
    return db.session.scalars(rows.order_by(User.id)).all()
