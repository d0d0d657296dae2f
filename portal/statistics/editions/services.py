"""Prepare an edition, talk about it, and publish it for good with a second person."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy.exc import IntegrityError

from portal import config
from portal.accounts.models import User
from portal.db import db
from portal.errors import Conflict, DomainError
from portal.i18n import _l
from portal.ledger import services as ledger
from portal.ledger.rules import moment
from portal.notifications import services as notifications
from portal.statistics import overviews
from portal.statistics.editions import bundle, coarsening, composing, policy, queries
from portal.statistics.editions.documents import SECTIONS, About, EditionDocument
from portal.statistics.editions.models import Edition, EditionDraft, EditionFile
from portal.statistics.queries import agencies
from portal.statistics.rules.scope import Scope
from portal.withholding import MIN_CELL

LONGEST = timedelta(days=366)
COMMENT_LENGTH = 2000


def prepare(
    first_on: date,
    last_on: date,
    *,
    by: User,
    at: datetime,
    corrects: Edition | None = None,
    reason: str = "",
) -> EditionDraft:
    """Compute a period's figures as they are known at this moment, the edition's cut-off.

    A correction is about the days of the edition that it corrects, and says why.
    """
    scope = Scope(first_on, last_on, at, config.current().zone)
    _check_period(scope, corrects)
    if corrects is not None and not reason.strip():
        raise DomainError(_l("Tulis apa yang salah dan mengapa."), field="reason")
    known = agencies()
    published = coarsening.published(
        scope, {agency.id: agency.code for agency in known}, overviews.calendars(known)
    )
    if sum(row.in_period for row in published.cases) < MIN_CELL:
        raise DomainError(
            _l("Kurang dari 10 laporan diterima pada masa ini: terlalu sedikit untuk diterbitkan."),
            field="first_on",
        )
    draft = EditionDraft(
        first_on=first_on,
        last_on=last_on,
        cutoff=at,
        prepared_by_id=by.id,
        prepared_by=by,
        corrects_number=corrects.number if corrects else None,
        reason=reason.strip(),
        comments={},
        files=composing.files_of(published),
        document={},
    )
    draft.document = dict(composing.document_of(draft, published, scope, known))
    db.session.add(draft)
    db.session.flush()
    ledger.record(
        "edition_prepared",
        subject=_subject(draft),
        at=at,
        first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
        corrects=draft.corrects_number,
        by=by.id,
    )
    return draft


def _subject(draft: EditionDraft) -> str:
    return f"edition-draft:{draft.id}"


def _check_period(scope: Scope, corrects: Edition | None) -> None:
    if scope.last_on < scope.first_on:
        raise DomainError(_l("Tanggal akhir mendahului tanggal awal."), field="last_on")
    if scope.cutoff < scope.end:
        raise DomainError(_l("Masa ini belum berakhir."), field="last_on")
    if scope.last_on - scope.first_on > LONGEST:
        raise DomainError(_l("Pilih masa paling lama satu tahun."), field="last_on")
    if corrects is None and any(
        (edition.first_on, edition.last_on) == (scope.first_on, scope.last_on)
        for edition in queries.overlapping(scope.first_on, scope.last_on)
    ):
        raise DomainError(
            _l("Masa ini sudah terbit. Bila ada yang salah, buat koreksi dari halaman edisinya."),
            field="first_on",
        )


def ask_for_confirmation(draft: EditionDraft, *, at: datetime) -> None:
    """Write to the other moderators that a draft waits for one of them."""
    for moderator in queries.moderators_beside(draft.prepared_by):
        notifications.tell(
            notifications.to_user(moderator),
            "edition_waiting",
            key=f"edition-draft:{draft.id}:{moderator.id}",
            at=at,
            path=f"/statistics/editions/drafts/{draft.id}",
            prepared_by=draft.prepared_by.name,
            first_on=draft.first_on,
            last_on=draft.last_on,
        )


def comment(draft: EditionDraft, comments: Mapping[str, str], *, by: User, expected_lock: int) -> None:
    """Say something beside a figure; an empty text takes it away."""
    _claim(draft, expected_lock)
    if not policy.may_comment(by, draft):
        raise DomainError(_l("Komentar ditulis oleh moderator yang menyiapkan rancangan ini."))
    kept = {name: comments[name].strip() for name in SECTIONS if comments.get(name, "").strip()}
    if any(len(text) > COMMENT_LENGTH for text in kept.values()):
        raise DomainError(_l("Tulis komentar paling panjang 2.000 huruf."))
    draft.comments = kept
    draft.lock += 1


def discard(draft: EditionDraft, *, by: User, at: datetime) -> None:
    """Give a draft up; nothing of it was published."""
    ledger.record("edition_discarded", subject=_subject(draft), at=at, by=by.id)
    db.session.delete(draft)


def confirm(draft: EditionDraft, *, by: User, at: datetime, expected_lock: int | None = None) -> Edition:
    """Publish a draft that somebody else prepared. From then on nothing of it can be changed."""
    _claim(draft, expected_lock)
    if by.id == draft.prepared_by_id:
        raise DomainError(_l("Edisi dikonfirmasi oleh moderator lain, bukan oleh yang menyiapkannya."))
    before = queries.newest()
    number, previous_root = (before.number + 1, before.root) if before else (1, bundle.GENESIS)
    prepared = cast(EditionDocument, draft.document)
    about: About = {
        **prepared["about"],
        "number": number,
        "published_at": moment(at),
        "previous_root": previous_root,
        "comments": draft.comments,
    }
    files = _edition_files(draft, about)
    manifest = bundle.manifest(number, files, previous_root)
    edition = Edition(
        number=number,
        first_on=draft.first_on,
        last_on=draft.last_on,
        cutoff=draft.cutoff,
        published_at=at,
        prepared_by_id=draft.prepared_by_id,
        confirmed_by_id=by.id,
        corrects_number=draft.corrects_number,
        document={"about": about, "figures": prepared["figures"]},
        manifest=manifest,
        root=bundle.root(manifest),
        previous_root=previous_root,
    )
    _store(edition, files)
    _record(edition, draft, by=by, at=at)
    db.session.delete(draft)
    return edition


def _claim(draft: EditionDraft, expected_lock: int | None) -> None:
    """Hold the draft until the transaction ends. Raises Conflict when it is not what the person saw."""
    db.session.flush()
    db.session.refresh(draft, attribute_names=["lock", "comments"], with_for_update={"of": EditionDraft})
    if expected_lock is not None and expected_lock != draft.lock:
        raise Conflict(_l("Rancangan ini berubah sejak Anda membukanya. Baca perubahannya, lalu kirim lagi."))


def _edition_files(draft: EditionDraft, about: About) -> dict[str, bytes]:
    return {
        **bundle.enclosed(),
        **{name: text.encode() for name, text in draft.files.items()},
        "figures.json": bundle.json_file(draft.document["figures"]),
        "edition.json": bundle.json_file(about),
    }


def _store(edition: Edition, files: Mapping[str, bytes]) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(edition)
            db.session.flush()
    except IntegrityError as error:
        raise Conflict(_l("Edisi lain baru saja terbit. Kirim sekali lagi.")) from error
    db.session.add_all(
        EditionFile(edition_number=edition.number, name=name, content=content)
        for name, content in sorted(files.items())
    )


def _record(edition: Edition, draft: EditionDraft, *, by: User, at: datetime) -> None:
    ledger.record(
        "edition_published",
        subject=edition.subject,
        at=at,
        root=edition.root,
        draft=draft.id,
        prepared_by=edition.prepared_by_id,
        confirmed_by=by.id,
    )
    if edition.corrects_number is not None:
        ledger.record(
            "edition_corrected",
            subject=f"edition:E-{edition.corrects_number}",
            at=at,
            by_edition=edition.number,
        )
