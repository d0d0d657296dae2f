"""Are there photos?"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal import clock, config, htmx
from portal.attachments import images, names, parts
from portal.attachments.images import Picture
from portal.errors import DomainError
from portal.i18n import _
from portal.reports.filing import photo_forms, photos, summaries
from portal.reports.filing.photo_forms import PhotosForm
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame, pages
from portal.reports.filing.views.base import bp
from portal.reports.models import ReportDraft
from portal.reports.rules import MAX_PHOTOS
from portal.security import limiter

ACT = re.compile(r"(keep|up|down|cover|remove)(?:-([0-9]{1,18}))?")
STEPS = {"up": -1, "down": 1}
MOST_TRIED = 2 * MAX_PHOTOS  # files of one page that are looked into


def _brings_none() -> bool:
    return not _uploads()


@bp.get("/<token>/photos", endpoint="photos")
def show_photos(token: str) -> ResponseReturnValue:
    draft = frame.draft_or_leave(token)
    return _page(token, draft, photo_forms.of(photos.of(draft)))


@bp.post("/<token>/photos")
@limiter.limit(lambda: config.current().filing_limit, exempt_when=_brings_none)
def save_photos(token: str) -> ResponseReturnValue:
    """What is a photo is kept; what is not is refused beside the field, and only that."""
    # Drawn before the database is asked for anything: whoever else writes does not wait for it.
    drawn = list(_all_drawn(_uploads()))
    draft = frame.draft_or_leave(token, for_update=True)
    refused = [told for upload, picture in drawn if (told := _add(draft, upload, picture))]
    form = photo_forms.of(photos.of(draft))
    if not form.validate_on_submit() or refused:
        form.photos.errors = refused
        return _page(token, draft, form, status=422)
    words = {photo.id: form.words_of(photo) for photo in photos.of(draft)}
    photos.describe(draft, words, at=clock.now())
    if act := ACT.fullmatch(request.form.get("act", "")):
        return _act(token, draft, act[1], int(act[2] or 0))
    return frame.onward(Step.PHOTOS, token, Answers.read(draft.data))


def _uploads() -> list[FileStorage]:
    files = (upload for name in ("camera", "photos") for upload in request.files.getlist(name))
    return [upload for upload in files if upload.filename]


def _all_drawn(uploads: Sequence[FileStorage]) -> Iterator[tuple[FileStorage, Picture | DomainError]]:
    """As many as a report may have, of the first few: a page can bring hundreds, and each takes its time."""
    count = 0
    for place, upload in enumerate(uploads):
        is_tried = count < MAX_PHOTOS and place < MOST_TRIED
        result = _drawn(upload) if is_tried else photos.too_many()
        count += isinstance(result, Picture)
        yield upload, result


def _drawn(upload: FileStorage) -> Picture | DomainError:
    try:
        return images.reencode(upload.stream)  # type: ignore[arg-type]  # a stream of bytes
    except DomainError as error:
        return error


def _add(draft: ReportDraft, upload: FileStorage, picture: Picture | DomainError) -> str:
    """Keep a photo; why not, where it is refused."""
    try:
        if isinstance(picture, DomainError):
            raise picture
        photos.add(draft, picture, at=clock.now())
    except DomainError as error:
        return _("%(file)s: %(reason)s", file=names.shown(upload.filename), reason=error)
    return ""


def _act(token: str, draft: ReportDraft, act: str, photo_id: int) -> ResponseReturnValue:
    """One of the buttons beside the photos; what was typed is kept already."""
    pages.answered(Step.PHOTOS)
    if act == "cover":
        return htmx.go(url_for(".cover_photo", token=token, photo_id=photo_id, **frame.returning()))
    if act == "remove":
        photos.remove(draft, photo_id, at=clock.now())
    if act in STEPS:
        photos.move(draft, photo_id, by=STEPS[act], at=clock.now())
    if htmx.wants_fragment():
        return _page(token, draft, photo_forms.of(photos.of(draft), formdata=None), block="photo_list")
    return htmx.go(frame.url(Step.PHOTOS, token, **frame.returning(), _anchor="photo-list"))


def _page(
    token: str, draft: ReportDraft, form: PhotosForm, *, status: int = 200, block: str = "main"
) -> ResponseReturnValue:
    answers = Answers.read(draft.data)
    fields = {one.id: form.beside(one) for one in answers.photos}
    shown: list[dict[str, Any]] = [
        {**photo, "fields": fields[photo["id"]]} for photo in summaries.photos(answers)
    ]
    return frame.page(
        *(Step.PHOTOS, token, answers, form),
        status=status,
        block=block,
        photos=shown,
        may_add=len(shown) < MAX_PHOTOS,
        part_bytes=parts.PART_BYTES,
    )
