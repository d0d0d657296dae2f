"""What the public sees of a photo, before and after it is published: held back, covered, described."""

from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx
from portal.attachments import grids
from portal.attachments import services as attachments
from portal.attachments.models import Attachment
from portal.desk import unverified
from portal.desk.triage_forms import CoveringForm, PhotoForm, PhotoWordsForm
from portal.desk.views.blueprint import bp
from portal.desk.views.triage import matters
from portal.errors import DomainError
from portal.i18n import _
from portal.reports import services
from portal.reports.models import Report, ReportPhoto


@bp.get("/triage/<number>/photos/<int:photo_id>")
def edit_photo(number: str, photo_id: int) -> ResponseReturnValue:
    report = matters.own(number)
    return _page(report, _photo(report, photo_id))


@bp.post("/triage/<number>/photos/<int:photo_id>/hold")
def hold_photo(number: str, photo_id: int) -> ResponseReturnValue:
    """Held back; with a file, its masked copy is shown instead."""
    report, form = matters.own(number), PhotoForm()
    photo = _photo(report, photo_id)
    if form.validate_on_submit():
        at = clock.now()
        try:
            upload = form.masked.data
            masked = attachments.keep_image(upload.stream, at) if upload else None
            services.hold_photo(report, photo, at=at, masked=masked, expected_lock=form.expected_lock)
        except DomainError as error:
            form.refuse(error)
        else:
            told = _("Salinan yang disamarkan yang tampil.") if masked else _("Foto ditahan dari umum.")
            flash(told, "success")
            return htmx.go(matters.address(report))
    return _page(report, photo, form=form, status=422)


@bp.post("/triage/<number>/photos/<int:photo_id>/release")
def release_photo(number: str, photo_id: int) -> ResponseReturnValue:
    report, form = matters.own(number), PhotoForm()
    photo = _photo(report, photo_id)
    try:
        services.release_photo(report, photo, at=clock.now(), expected_lock=form.expected_lock)
    except DomainError as error:
        form.refuse(error)
        return _page(report, photo, form=form, status=422)
    flash(_("Foto ditampilkan lagi."), "success")
    return htmx.go(matters.address(report))


@bp.post("/triage/<number>/photos/<int:photo_id>/words")
def describe_photo(number: str, photo_id: int) -> ResponseReturnValue:
    report, form = matters.own(number), PhotoWordsForm()
    photo = _photo(report, photo_id)
    if form.validate_on_submit():
        try:
            services.describe_photo(
                report,
                photo,
                caption=form.caption.data or "",
                alt=form.alt.data or "",
                at=clock.now(),
                expected_lock=form.expected_lock,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Keterangan foto yang dibaca umum sudah dibetulkan."), "success")
            return htmx.go(url_for("desk.edit_photo", number=number, photo_id=photo_id))
    return _page(report, photo, words=form, status=422)


@bp.get("/triage/<number>/photos/<int:photo_id>/covering")
def cover_photo(number: str, photo_id: int) -> ResponseReturnValue:
    report = matters.own(number)
    return _grid_page(report, _photo(report, photo_id), CoveringForm(formdata=None, lock=report.lock))


@bp.post("/triage/<number>/photos/<int:photo_id>/covering")
def save_covering(number: str, photo_id: int) -> ResponseReturnValue:
    """What everybody sees from now on is a copy with some of its cells covered."""
    report, form = matters.own(number), CoveringForm()
    photo = _photo(report, photo_id)
    if form.validate_on_submit():
        at = clock.now()
        try:
            picture = attachments.covered(_base(photo), form.boxes(_base(photo)))
            masked = attachments.keep_picture(picture, at)
            services.hold_photo(report, photo, at=at, masked=masked, expected_lock=form.expected_lock)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Salinan yang disamarkan yang tampil."), "success")
            return htmx.go(url_for("desk.edit_photo", number=number, photo_id=photo_id))
    return _grid_page(report, photo, form, status=422)


def _photo(report: Report, photo_id: int) -> ReportPhoto:
    return next((one for one in report.photos if one.id == photo_id), None) or abort(404)


def _base(photo: ReportPhoto) -> Attachment:
    """What is covered stays covered, unless the moderator begins again with the photo itself."""
    if photo.masked is None or request.args.get("base") == "original":
        return photo.attachment
    return photo.masked


def _page(
    report: Report,
    photo: ReportPhoto,
    *,
    form: PhotoForm | None = None,
    words: PhotoWordsForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    card = next(one for one in unverified.photo_cards(report) if one.id == photo.id)
    told = {"caption": photo.public_caption, "alt": photo.public_alt}
    return htmx.render(
        "desk/photo.html",
        block="main",
        status=status,
        report=report,
        photo=card,
        form=form or PhotoForm(formdata=None, lock=report.lock),
        words=words or PhotoWordsForm(formdata=None, lock=report.lock, **told),
        back_url=matters.address(report),
        trail=matters.trail(report, card.shown["name"]),
    )


def _grid_page(
    report: Report, photo: ReportPhoto, form: CoveringForm, *, status: int = 200
) -> ResponseReturnValue:
    here: dict[str, Any] = {"number": report.number, "photo_id": photo.id}
    return htmx.render(
        "desk/photo_covering.html",
        block="main",
        status=status,
        report=report,
        form=form,
        grid=grids.of(_base(photo), form),
        action=url_for("desk.save_covering", **{**request.args.to_dict(), **here}),
        again_url=None
        if _base(photo) is photo.attachment
        else url_for(".cover_photo", **here, base="original"),
        back_url=url_for("desk.edit_photo", **here),
        trail=matters.trail(report, _("Tutupi bagian foto")),
    )
