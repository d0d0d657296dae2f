"""Cover a part of a photo that is in the draft already; for whoever has no JavaScript, or saw it late."""

from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx
from portal.attachments import grids
from portal.attachments import services as attachments
from portal.attachments.grids import GridForm
from portal.attachments.models import Attachment
from portal.i18n import _
from portal.reports.filing import photos, queries
from portal.reports.filing.rules import Step
from portal.reports.filing.views import frame
from portal.reports.filing.views.base import bp
from portal.reports.models import ReportDraft


@bp.get("/<token>/photos/<int:photo_id>/covering")
def cover_photo(token: str, photo_id: int) -> ResponseReturnValue:
    draft = frame.draft_or_leave(token)
    return _page(token, photo_id, _attachment(draft, photo_id), GridForm())


@bp.post("/<token>/photos/<int:photo_id>/covering")
def save_covering(token: str, photo_id: int) -> ResponseReturnValue:
    """The covered photo takes the place of the other, which is gone for good."""
    draft, form = frame.draft_or_leave(token, for_update=True), GridForm()
    attachment = _attachment(draft, photo_id)
    if not form.validate_on_submit():
        return _page(token, photo_id, attachment, form, status=422)
    picture = attachments.covered(attachment, form.boxes(attachment))
    photos.exchange(draft, photo_id, picture, at=clock.now())
    flash(_("Bagian itu sudah tertutup. Foto yang lama sudah dihapus."), "success")
    return htmx.go(frame.url(Step.PHOTOS, token, **frame.returning()))


def _attachment(draft: ReportDraft, photo_id: int) -> Attachment:
    if photo_id not in [photo.id for photo in photos.of(draft)]:
        abort(404)
    return queries.photos([photo_id])[0]


def _page(
    token: str, photo_id: int, attachment: Attachment, form: GridForm, *, status: int = 200
) -> ResponseReturnValue:
    query: dict[str, Any] = request.args.to_dict()
    return htmx.render(
        "reports/new/covering.html",
        block="main",
        status=status,
        form=form,
        action=url_for(".save_covering", **{**query, "token": token, "photo_id": photo_id}),
        back_url=frame.url(Step.PHOTOS, token, **frame.returning()),
        grid=grids.of(attachment, form),
    )
