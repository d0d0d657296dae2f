"""How evidence is shown beside what was said, ready for `ui.evidence`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from flask import url_for

from portal.assignments.models import Response, ResponsePhoto
from portal.i18n import _, _l, format_date


class Reader(Enum):
    """Who looks: anybody, whoever brought the matter, or who handles it. A page kept for everybody may
    have its owner among its readers: it leads them on, and tells no more."""

    PUBLIC = auto()
    EVERYBODY = auto()
    OWNER = auto()
    HANDLER = auto()


DISPUTE = {  # by those who may read that they can
    Reader.OWNER: _l("Persoalkan foto ini"),
    Reader.EVERYBODY: _l("Anda yang mengajukannya? Persoalkan foto ini"),
}


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One photo; `taken` is what the camera wrote, in a sentence that says so. `acts` are links (a label and
    an address) for this reader."""

    id: int
    url: str
    thumb_url: str
    alt: str
    words: str  # the same, empty where nobody described it
    width: int
    height: int
    taken: str
    digest: str  # of the original, as it stands in the public record
    is_disputed: bool
    dispute: str  # why: empty for the public
    reply: str
    acts: Sequence[tuple[Any, str]]


def of(response: Response, number: str, reader: Reader = Reader.PUBLIC) -> list[Exhibit]:
    """What was sent with a response of the matter of that number."""
    return of_photos(response.photos, number, reader)


def of_photos(photos: Sequence[ResponsePhoto], number: str, reader: Reader = Reader.PUBLIC) -> list[Exhibit]:
    """In the order in which they were added."""
    return [_exhibit(photo, position, number, reader) for position, photo in enumerate(photos, start=1)]


def _exhibit(photo: ResponsePhoto, position: int, number: str, reader: Reader) -> Exhibit:
    shown = photo.attachment
    return Exhibit(
        id=photo.id,
        url=url_for("attachments.large", token=shown.token),
        thumb_url=url_for("attachments.small", token=shown.token),
        alt=photo.alt or _("Foto bukti %(position)s dari petugas", position=position),
        words=photo.alt,
        width=shown.width,
        height=shown.height,
        taken=_taken(photo.captured),
        digest=photo.original_sha256,
        is_disputed=photo.disputed_at is not None,
        dispute=(photo.dispute or "") if reader in (Reader.OWNER, Reader.HANDLER) else "",
        reply=photo.reply or "",
        acts=list(_acts(photo, number, reader)),
    )


def _acts(photo: ResponsePhoto, number: str, reader: Reader) -> Sequence[tuple[Any, str]]:
    place: dict[str, Any] = {"number": number, "photo_id": photo.id}
    if photo.response_id is not None and photo.disputed_at is None and reader in DISPUTE:
        return [(DISPUTE[reader], url_for("duties.dispute_evidence", **place))]
    if reader is not Reader.HANDLER:
        return []
    acts = [(_("Unduh berkas asli"), url_for("desk.original", **place))]
    if photo.disputed_at is not None and photo.replied_at is None:
        acts.append((_("Beri penjelasan"), url_for("desk.explain", **place)))
    return acts


def _taken(captured: str | None) -> str:
    """On the camera's own wall clock: nobody knows whether that was right."""
    if captured is None:
        return _("Kamera tidak mencatat kapan foto ini diambil.")
    moment = datetime.fromisoformat(captured)
    told = {
        "day": format_date(moment.date()),
        "hour": f"{moment:%H}",
        "minute": f"{moment:%M}",
        "zone": moment.tzname() or "",
    }
    if moment.tzinfo is None:
        return _("Diambil %(day)s pukul %(hour)s.%(minute)s menurut kamera.", **told)
    return _("Diambil %(day)s pukul %(hour)s.%(minute)s (%(zone)s) menurut kamera.", **told)
