"""Are there photos?"""

from flask import url_for
from flask.typing import ResponseReturnValue

from portal import clock, config, htmx
from portal.attachments import images
from portal.errors import DomainError
from portal.i18n import _
from portal.reports.filing import forms, summaries
from portal.reports.filing import photos as photos_of_draft
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp
from portal.security import limiter


@bp.get("/<token>/photos")
def photos(token: str) -> ResponseReturnValue:
    return _photos_page(token, Answers.read(frame.draft_or_leave(token).data), forms.PhotosForm())


@bp.post("/<token>/photos")
@limiter.limit(lambda: config.current().filing_limit)
def save_photos(token: str) -> ResponseReturnValue:
    """What is a photo is kept; what is not is refused beside the field, and only that."""
    draft, form = frame.draft_or_leave(token), forms.PhotosForm()
    if not form.validate_on_submit():
        return _photos_page(token, Answers.read(draft.data), form, status=422)
    refused = []
    for upload in filter(None, form.photos.data or []):
        try:
            photos_of_draft.add(draft, images.reencode(upload.stream), at=clock.now())
        except DomainError as error:
            refused.append(_("%(file)s: %(reason)s", file=upload.filename, reason=error))
    if refused:
        form.photos.errors = refused
        return _photos_page(token, Answers.read(draft.data), form, status=422)
    return frame.onward(Step.PHOTOS, token, Answers.read(draft.data))


@bp.post("/<token>/photos/<int:photo_id>/removal")
def remove_photo(token: str, photo_id: int) -> ResponseReturnValue:
    photos_of_draft.remove(frame.draft_or_leave(token), photo_id, at=clock.now())
    return htmx.go(url_for(".photos", token=token))


def _photos_page(
    token: str, answers: Answers, form: forms.PhotosForm, status: int = 200
) -> ResponseReturnValue:
    return frame.page(
        Step.PHOTOS, token, answers, form, status=status, photos=summaries.photos(token, answers)
    )
