"""The photos of a draft: added once, put in order, described, taken out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from portal.attachments import services as attachments
from portal.attachments.images import Picture
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import rules as report_rules
from portal.reports.filing import queries, services
from portal.reports.filing.rules import Answers, DraftPhoto
from portal.reports.models import ReportDraft


def of(draft: ReportDraft) -> list[DraftPhoto]:
    return Answers.read(draft.data).photos


def named(draft: ReportDraft, key: str) -> DraftPhoto | None:
    """The photo that came under this name of its phone's."""
    return next((photo for photo in of(draft) if key and photo.key == key), None)


def add(draft: ReportDraft, picture: Picture, *, at: datetime, key: str = "") -> DraftPhoto:
    """Put a photo behind the others. One with the same `key` is in it already: nothing is added twice.
    Raises DomainError when it is one too many."""
    if found := named(draft, key):
        return found
    kept = of(draft)
    if len(kept) >= report_rules.MAX_PHOTOS:
        raise too_many()
    added = DraftPhoto(id=attachments.keep_picture(picture, at).id, key=key)
    services.keep(draft, at=at, photos=[*kept, added])
    return added


def too_many() -> DomainError:
    return DomainError(_l("Paling banyak lima foto."), field="photos")


def remove(draft: ReportDraft, photo_id: int, *, at: datetime) -> None:
    kept = of(draft)
    if photo_id not in [photo.id for photo in kept]:
        return
    services.keep(draft, at=at, photos=[photo for photo in kept if photo.id != photo_id])
    for attachment in queries.photos([photo_id]):
        attachments.remove(attachment)


def move(draft: ReportDraft, photo_id: int, *, by: int, at: datetime) -> None:
    """Let a photo change places with its neighbour: -1 is the one before, 1 the one after."""
    kept = of(draft)
    place = next((place for place, photo in enumerate(kept) if photo.id == photo_id), None)
    if place is None or not 0 <= place + by < len(kept):
        return
    kept[place], kept[place + by] = kept[place + by], kept[place]
    services.keep(draft, at=at, photos=kept)


def describe(draft: ReportDraft, words: Mapping[int, Mapping[str, Any]], *, at: datetime) -> None:
    """Keep captions and alternative texts, by the photos' ids."""
    told = [replace(photo, **words.get(photo.id, {})) for photo in of(draft)]
    if told != of(draft):
        services.keep(draft, at=at, photos=told)


def exchange(draft: ReportDraft, photo_id: int, picture: Picture, *, at: datetime) -> None:
    """Put another picture in a photo's place, with its words; the former one is gone for good."""
    kept = of(draft)
    if photo_id not in [photo.id for photo in kept]:
        return
    fresh = attachments.keep_picture(picture, at)
    services.keep(
        draft, at=at, photos=[replace(one, id=fresh.id) if one.id == photo_id else one for one in kept]
    )
    for attachment in queries.photos([photo_id]):
        attachments.remove(attachment)
