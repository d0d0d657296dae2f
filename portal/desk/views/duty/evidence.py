"""Photos that show what was done: added to the answer that is being written, and explained when disputed."""

from typing import BinaryIO, cast

import structlog
from flask import abort, flash, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from portal import authz, clock, htmx
from portal.assignments import evidence, exhibits
from portal.assignments import policy as duties
from portal.assignments.exhibits import Reader
from portal.assignments.models import Assignment, ResponsePhoto
from portal.attachments import files, originals
from portal.desk import acts, drafting, forms
from portal.desk.acts import Act
from portal.desk.views.blueprint import bp
from portal.desk.views.duty import taking
from portal.errors import DomainError
from portal.forms import Form, cleaned, plain
from portal.i18n import _

log = structlog.get_logger()


@bp.post("/desk/<number>/evidence")
def add_evidence(number: str) -> ResponseReturnValue:
    """Keep the chosen photos; what was typed beside them stays as a draft."""
    assignment = _writable(number)
    if problems := take_in(assignment):
        return _refused(assignment, problems)
    return _back_to_box(assignment)


@bp.post("/desk/<number>/evidence/<int:photo_id>/removal")
def remove_evidence(number: str, photo_id: int) -> ResponseReturnValue:
    assignment = _writable(number)
    photo = next((one for one in _unsent(assignment) if one.id == photo_id), None) or abort(404)
    try:
        evidence.remove(photo, by=current_user)
    except DomainError as error:
        flash(str(error), "error")
    return _back_to_box(assignment)


@bp.get("/desk/<number>/evidence/<int:photo_id>/original")
def original(number: str, photo_id: int) -> ResponseReturnValue:
    """The bytes as they came, for those who may read the duty; each download is logged."""
    photo = _sent_photo(taking.matter_or_404(number), photo_id)
    path = files.path_of(originals.file_name(photo.original_sha256))
    if not path.is_file():
        abort(404)
    log.info("evidence_original_read", photo=photo.id, number=number, user=current_user.id)
    suffix = photo.original_type.removeprefix("image/")
    name = f"{number}-{photo.original_sha256[:12]}.{suffix}"
    response = send_file(path, mimetype=photo.original_type, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/desk/<number>/evidence/<int:photo_id>")
def explain(number: str, photo_id: int) -> ResponseReturnValue:
    photo = _explainable(number, photo_id)
    return _explanation_page(number, photo, forms.ExplanationForm(formdata=None))


@bp.post("/desk/<number>/evidence/<int:photo_id>")
def answer_dispute(number: str, photo_id: int) -> ResponseReturnValue:
    photo = _explainable(number, photo_id)
    form = forms.ExplanationForm()
    if form.validate_on_submit():
        try:
            evidence.reply(photo, words=form.words.data or "", at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Penjelasan Anda kini tampil di samping foto."), "success")
            return htmx.go(url_for(".show", number=number))
    return _explanation_page(number, photo, form, status=422)


def take_in(assignment: Assignment) -> list[str]:
    """Keep the photos that came with a form, and what each shows; what is wrong with those that were not
    kept, one sentence each."""
    problems = []
    for photo in _unsent(assignment):
        if problem := _describe(photo, request.form.get(f"alt-{photo.id}")):
            problems.append(problem)
    for upload in request.files.getlist("photos"):
        if problem := _keep(assignment, upload):
            problems.append(problem)
    return problems


def _describe(photo: ResponsePhoto, words: str | None) -> str:
    try:
        if words is not None:
            evidence.describe(photo, plain(words), by=current_user)
    except DomainError as error:
        return str(error)
    return ""


def _keep(assignment: Assignment, upload: FileStorage) -> str:
    if not upload.filename:
        return ""
    try:
        evidence.add(assignment, cast(BinaryIO, upload.stream), by=current_user, at=clock.now())
    except DomainError as error:
        return _("%(file)s: %(problem)s", file=plain(upload.filename)[:80], problem=str(error))
    return ""


def _writable(number: str) -> Assignment:
    assignment = taking.matter_or_404(number)
    authz.require(duties.may_respond(current_user, assignment))
    return assignment


def _unsent(assignment: Assignment) -> list[ResponsePhoto]:
    return [one for one in assignment.unsent_photos if one.added_by_id == current_user.id]


def _refused(assignment: Assignment, problems: list[str]) -> ResponseReturnValue:
    """The box as it was typed, with what is wrong at its head: a flash would stand a screen above it."""
    act = _act_sent()
    form = taking.form_of(act, assignment)
    for problem in problems:
        form.refuse(DomainError(problem, field="photos"))
    return taking.page(assignment, act, form, status=422)


def _act_sent() -> Act:
    return acts.BY_NAME.get(request.form.get("act", ""), acts.BY_NAME["answer"])


def _back_to_box(assignment: Assignment) -> ResponseReturnValue:
    act = _act_sent()
    drafting.keep(assignment, act, cleaned(request.form), by=current_user, at=clock.now())
    return htmx.go(url_for(".show", number=assignment.number, act=act.name, _anchor="answer-box"))


def _sent_photo(assignment: Assignment, photo_id: int) -> ResponsePhoto:
    photos = (photo for response in assignment.responses for photo in response.photos)
    return next((photo for photo in photos if photo.id == photo_id), None) or abort(404)


def _explainable(number: str, photo_id: int) -> ResponsePhoto:
    photo = _sent_photo(taking.matter_or_404(number), photo_id)
    authz.require(duties.may_explain(current_user, photo))
    return photo


def _explanation_page(
    number: str, photo: ResponsePhoto, form: Form, *, status: int = 200
) -> ResponseReturnValue:
    return htmx.render(
        "desk/explanation.html",
        block="main",
        status=status,
        number=number,
        photo=photo,
        shown=exhibits.of_photos([photo], number, Reader.OWNER),
        form=form,
    )
