"""What the public reads and sees of a report, put right by moderators; the original never changes."""

from datetime import datetime

from sqlalchemy import exists, select

from portal.accounts.models import User
from portal.attachments import services as attachments
from portal.attachments.models import Attachment
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import policy
from portal.reports.models import PublicWording, Report, ReportPhoto
from portal.reports.services import letters, publication, record, transitions


def reword(
    report: Report,
    *,
    title: str,
    body: str,
    place: str,
    by: User,
    at: datetime,
    expected_lock: int | None = None,
) -> None:
    """Publish other words of a report that is public already. The former ones stay as a version."""
    transitions.claim(report, expected_lock)
    if not policy.is_published(report):
        raise DomainError(_l("Isi laporan ini tidak sedang terbit."))
    if not title.strip() or not body.strip():
        raise DomainError(_l("Judul dan isi yang terbit tidak boleh kosong."), field="title")
    before = (report.title, report.body, report.place)
    _keep_first_wording(report)
    publication.write(report, title.strip(), body.strip(), place.strip())
    if before == (report.title, report.body, report.place):
        return
    transitions.touch(report)
    publication.keep_wording(report, by=by, at=at)
    publication.index(report)
    digest = record.digest(report.content, report.title, report.body, report.place)
    record.write(report, "text_corrected", at=at, content=digest)
    letters.tell_reporter(report, "report_text_corrected", at=at, key=str(report.lock))


def hold_photo(
    report: Report,
    photo: ReportPhoto,
    *,
    at: datetime,
    masked: Attachment | None = None,
    expected_lock: int | None = None,
) -> None:
    """Show a photo to its handlers and its reporter only; the public sees `masked` instead, where there is
    one. Whoever kept the photo's address finds nothing there any more."""
    _claim_photo(report, photo, expected_lock)
    former = photo.masked
    photo.held_at, photo.masked = photo.held_at or at, masked
    attachments.withdraw_address(photo.attachment)
    _changed(report, photo, "photo_masked" if masked else "photo_held", at)
    if former is not None:
        db.session.flush()
        attachments.remove(former)


def release_photo(
    report: Report, photo: ReportPhoto, *, at: datetime, expected_lock: int | None = None
) -> None:
    """Show the photo as it was handed in."""
    _claim_photo(report, photo, expected_lock)
    former = photo.masked
    photo.held_at = photo.masked = None
    _changed(report, photo, "photo_released", at)
    if former is not None:
        db.session.flush()
        attachments.remove(former)


def describe_photo(
    report: Report,
    photo: ReportPhoto,
    *,
    caption: str,
    alt: str,
    at: datetime,
    expected_lock: int | None = None,
) -> None:
    """Publish other words beside a photo; its reporter's own stay with those who handle the matter."""
    _claim_photo(report, photo, expected_lock)
    if not policy.is_published(report):
        raise DomainError(_l("Isi laporan ini tidak sedang terbit."))
    before = (photo.public_caption, photo.public_alt)
    publication.write_beside(photo, caption.strip(), alt.strip())
    if before != (photo.public_caption, photo.public_alt):
        _changed(report, photo, "photo_described", at)


def _claim_photo(report: Report, photo: ReportPhoto, expected_lock: int | None) -> None:
    transitions.claim(report, expected_lock)
    if report.is_confidential:
        raise DomainError(_l("Foto laporan rahasia tidak pernah terbit."))
    if photo.report_id != report.id:
        raise DomainError(_l("Foto ini bukan bagian dari laporan ini."))


def _changed(report: Report, photo: ReportPhoto, kind: str, at: datetime) -> None:
    transitions.touch(report)
    record.write(report, kind, at=at, photo=photo.position)
    letters.tell_reporter(report, "report_photo_changed", at=at, key=str(report.lock), change=kind)


def _keep_first_wording(report: Report) -> None:
    """A rule verified it, or it was published before wordings were kept: the first version is noted now."""
    is_kept = db.session.scalar(select(exists().where(PublicWording.report_id == report.id)))
    if not is_kept and report.verified_at is not None:
        publication.keep_wording(report, by=None, at=report.verified_at)
