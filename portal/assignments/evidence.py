"""Photos that show what was done: kept with an answer, and disputed by whoever brought the matter."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.assignments import changes, letters
from portal.assignments.models import Assignment, PendingAnswer, Response, ResponsePhoto
from portal.assignments.rules import REASON_LENGTH, ResponseKind
from portal.attachments import originals
from portal.attachments import services as attachments
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l

AT_MOST = 5  # photos with one answer
ALT_LENGTH = 200
SHOWN_WITH = frozenset({ResponseKind.ANSWER, ResponseKind.INTERIM})
KEPT_UNSENT = timedelta(days=90)  # as long as a draft
BATCH = 100


def add(assignment: Assignment, stream: BinaryIO, *, by: User, at: datetime, alt: str = "") -> ResponsePhoto:
    """Take in a photo for the answer that the person is writing: the original is kept as it came.

    Raises DomainError when it is no photo, one too many, or the answer already waits for approval.
    """
    _check_unsubmitted(assignment, by)
    if len(unsent(assignment, by)) >= AT_MOST:
        raise DomainError(_l("Paling banyak lima foto bukti untuk satu tanggapan."), field="photos")
    try:
        attachment = attachments.keep_image(stream, at)
    except DomainError as error:
        raise DomainError(error.message, field="photos") from error
    original = originals.keep(stream)
    photo = ResponsePhoto(
        assignment_id=assignment.id,
        attachment=attachment,
        original_sha256=original.sha256,
        original_type=original.media_type,
        captured=original.captured,
        alt=alt.strip()[:ALT_LENGTH],
        added_at=at,
        added_by_id=by.id,
    )
    db.session.add(photo)
    db.session.flush()
    db.session.expire(assignment, ["unsent_photos"])
    return photo


def describe(photo: ResponsePhoto, alt: str, *, by: User) -> None:
    """Say what the photo shows, for those who cannot see it. Raises DomainError while it waits for approval:
    these words are published with it."""
    words = alt.strip()[:ALT_LENGTH]
    if words != photo.alt:
        _check_unsubmitted(db.session.get_one(Assignment, photo.assignment_id), by)
        photo.alt = words


def remove(photo: ResponsePhoto, *, by: User) -> None:
    """Take a photo back that was not sent yet. What was sent stays."""
    assignment = db.session.get_one(Assignment, photo.assignment_id)
    if photo.response_id is not None or photo.added_by_id != by.id:
        raise DomainError(_l("Foto ini sudah terkirim bersama tanggapan, jadi tidak dapat dihapus."))
    _check_unsubmitted(assignment, by)
    _forget(photo)
    db.session.expire(assignment, ["unsent_photos"])


def unsent(assignment: Assignment, user: User) -> Sequence[ResponsePhoto]:
    """What the person added and has not sent."""
    return db.session.scalars(
        select(ResponsePhoto)
        .filter_by(assignment_id=assignment.id, response_id=None, added_by_id=user.id)
        .order_by(ResponsePhoto.id)
    ).all()


def attach(response: Response, by: User) -> list[str]:
    """Send what was added with this response; the digests of the originals, for the public record."""
    if response.kind not in SHOWN_WITH:
        return []
    photos = unsent(response.assignment, by)
    for photo in photos:
        photo.response = response
    db.session.expire(response.assignment, ["unsent_photos"])
    return [photo.original_sha256 for photo in photos]


def dispute(photo: ResponsePhoto, *, reason: str, at: datetime) -> None:
    """Whoever brought the matter says that the photo proves nothing; once. The official and the one above
    are told, and the mark stays beside the photo."""
    response = _held(photo)
    words = reason.strip()
    if not words:
        raise DomainError(_l("Tulis mengapa foto ini Anda persoalkan."), field="reason")
    if photo.disputed_at is not None:
        raise DomainError(_l("Foto ini sudah Anda persoalkan."))
    changes.touch(response.assignment)
    photo.disputed_at, photo.dispute = at, words[:REASON_LENGTH]
    _record("evidence_disputed", photo, response, at)
    letters.tell_holder(response.assignment, "evidence_disputed", at=at)
    letters.tell_supervisor(response.assignment, "evidence_disputed", at=at)


def reply(photo: ResponsePhoto, *, words: str, at: datetime) -> None:
    """The official's note beside a disputed photo, for everybody; once."""
    response = _held(photo)
    if photo.disputed_at is None or photo.replied_at is not None:
        raise DomainError(_l("Foto ini tidak sedang menunggu penjelasan."))
    if not words.strip():
        raise DomainError(_l("Tulis penjelasannya."), field="words")
    changes.touch(response.assignment)
    photo.replied_at, photo.reply = at, words.strip()
    _record("evidence_explained", photo, response, at)


def sent_with(response_ids: Collection[int]) -> dict[int, list[ResponsePhoto]]:
    """The photos of some responses, by response, in one statement; none at all for no responses."""
    found: dict[int, list[ResponsePhoto]] = {}
    if response_ids:
        for photo in db.session.scalars(
            select(ResponsePhoto)
            .where(ResponsePhoto.response_id.in_(response_ids))
            .options(joinedload(ResponsePhoto.attachment))
            .order_by(ResponsePhoto.id)
        ):
            found.setdefault(photo.response_id or 0, []).append(photo)
    return found


def by_id(photo_id: int) -> ResponsePhoto | None:
    """A photo that was sent."""
    return db.session.scalar(
        select(ResponsePhoto).where(ResponsePhoto.id == photo_id, ResponsePhoto.response_id.is_not(None))
    )


def forget_unsent(at: datetime) -> bool:
    """Remove what was added and never sent; True when there may be more. What waits for approval stays."""
    waits = exists().where(
        PendingAnswer.assignment_id == ResponsePhoto.assignment_id, PendingAnswer.settled_at.is_(None)
    )
    old = db.session.scalars(
        select(ResponsePhoto)
        .where(ResponsePhoto.response_id.is_(None), ResponsePhoto.added_at < at - KEPT_UNSENT, ~waits)
        .order_by(ResponsePhoto.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for photo in old:
        _forget(photo)
    return len(old) == BATCH


def damaged_originals() -> Iterator[str]:
    """Digests of evidence whose kept original is gone or no longer the same."""
    sent = select(ResponsePhoto.original_sha256).where(ResponsePhoto.response_id.is_not(None)).distinct()
    for digest in db.session.scalars(sent.order_by(ResponsePhoto.original_sha256)):
        if not originals.is_whole(digest):
            yield digest


def _held(photo: ResponsePhoto) -> Response:
    """The response that a photo was sent with; both are ours until the transaction ends."""
    if photo.response is None:
        raise DomainError(_l("Foto ini belum terkirim."))
    changes.claim(photo.response.assignment)
    db.session.refresh(photo, ["disputed_at", "replied_at"])  # pressed twice, the second one comes late
    return photo.response


def _record(kind: str, photo: ResponsePhoto, response: Response, at: datetime) -> None:
    changes.record(
        kind, response.assignment, at, response=response.id, photo=photo.id, original=photo.original_sha256
    )


def _check_unsubmitted(assignment: Assignment, by: User) -> None:
    """What the supervisor reads must not change under their eyes."""
    waits = exists().where(
        PendingAnswer.assignment_id == assignment.id,
        PendingAnswer.author_id == by.id,
        PendingAnswer.settled_at.is_(None),
    )
    if db.session.scalar(select(waits)):
        raise DomainError(
            _l("Jawaban ini sedang menunggu persetujuan atasan. Tarik dahulu untuk mengubahnya."),
            field="photos",
        )


def _forget(photo: ResponsePhoto) -> None:
    digest, attachment = photo.original_sha256, photo.attachment
    db.session.delete(photo)
    db.session.flush()
    attachments.remove(attachment)
    if not db.session.scalar(select(exists().where(ResponsePhoto.original_sha256 == digest))):
        originals.forget(digest)
