"""Pages of one duty for every origin: why it is due when it is due, and evidence that is disputed."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import authz, clock, htmx, page_cache
from portal.assignments import clocks, evidence, exhibits, forms, owners, queries, standing
from portal.assignments.models import Assignment, ResponsePhoto
from portal.assignments.rules import REASON_LENGTH
from portal.deadlines import queries as deadlines
from portal.errors import DomainError
from portal.i18n import _
from portal.ledger import queries as ledger

bp = Blueprint("duties", __name__, url_prefix="/duties")


@bp.get("/<number>/deadline")
@page_cache.public
def deadline(number: str) -> ResponseReturnValue:
    """Nothing but the clock: what the matter says may be hidden since, or for its handlers alone."""
    assignment = queries.public_duty(number) or abort(404)
    owner = owners.of(assignment)
    if owner.deadline_endpoint != "duties.deadline":
        return redirect(clocks.explanation_url(assignment), 301)
    explained = deadlines.explanation([assignment.clock_id], clock.now())
    name = _("%(origin)s %(number)s", origin=owner.label, number=assignment.number)
    matter_url = url_for(owner.endpoint, number=assignment.number)
    return render_template(
        "deadlines/explanation.html",
        explanation=explained,
        standing=standing.of(
            assignment,
            clocks=explained.clocks,
            events=ledger.events_of(owners.subject(assignment)),
            quote=(lambda text: "") if owner.is_hidden(assignment) else str,
        ),
        title=name,
        number=assignment.number,
        trail=[(name, matter_url)],
        back_url=matter_url,
    )


@bp.get("/<number>/evidence/<int:photo_id>/dispute")
def dispute_evidence(number: str, photo_id: int) -> ResponseReturnValue:
    """For whoever brought the matter, by account or by tracking code."""
    photo, assignment = _own_evidence(number, photo_id)
    return _dispute_page(photo, assignment, forms.DisputeForm(formdata=None))


@bp.post("/<number>/evidence/<int:photo_id>/dispute")
def send_dispute(number: str, photo_id: int) -> ResponseReturnValue:
    photo, assignment = _own_evidence(number, photo_id)
    form = forms.DisputeForm()
    if form.validate_on_submit():
        try:
            evidence.dispute(photo, reason=form.reason.data or "", at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Tercatat. Petugas dan atasannya sudah diberi tahu."), "success")
            return htmx.go(_own_page(assignment))
    return _dispute_page(photo, assignment, form, status=422)


def _own_evidence(number: str, photo_id: int) -> tuple[ResponsePhoto, Assignment]:
    photo = evidence.by_id(photo_id)
    assignment = photo.response.assignment if photo and photo.response else None
    if photo is None or assignment is None or assignment.number != number:
        abort(404)
    authz.require(owners.of(assignment).is_own(assignment))
    return photo, assignment


def _own_page(assignment: Assignment) -> str:
    owner = owners.of(assignment)
    return url_for(owner.own_endpoint or owner.endpoint, number=assignment.number)


def _dispute_page(
    photo: ResponsePhoto, assignment: Assignment, form: forms.DisputeForm, *, status: int = 200
) -> ResponseReturnValue:
    return htmx.render(
        "deadlines/dispute.html",
        block="main",
        status=status,
        photo=photo,
        number=assignment.number,
        shown=exhibits.of_photos([photo], assignment.number),
        back_url=_own_page(assignment),
        limit=REASON_LENGTH,
        form=form,
    )
