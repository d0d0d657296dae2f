"""One duty, whatever it is about: what was asked, what was said, its clocks, and one box to answer in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import clocks, extensions, handovers, owners, services
from portal.assignments import policy as duties
from portal.assignments import queries as assignments
from portal.assignments.labels import STATE
from portal.assignments.models import Assignment
from portal.assignments.rules import BODY_LENGTH, RefusalBasis, ResponseKind
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.stages import Stage
from portal.desk import acts, board, policy, story
from portal.desk.acts import Act
from portal.desk.queries import matter
from portal.desk.views import choices
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation.models import Agency, Official
from portal.organisation.policy import may_lead_a_team
from portal.routing import reasons

Do = Callable[[Assignment, Any, datetime], object]
SPOKEN = {act.kind: act for act in acts.ACTS if act.endpoint == "desk.respond"}


@bp.get("/desk/<number>")
def show(number: str) -> ResponseReturnValue:
    authz.require(policy.may_open_duty(current_user))
    assignment = matter.duty(number, current_user)
    if assignment is None:
        return _sealed(number)
    act = acts.chosen(request.args.get("act", ""), acts.open_to(current_user, assignment))
    return _page(assignment, act, _form(act, assignment))


@bp.post("/desk/<number>/responses")
def respond(number: str) -> ResponseReturnValue:
    authz.require(policy.may_open_duty(current_user))
    act = _spoken(request.form.get("kind", ""))
    if act is None:
        return _unspeakable(number)
    if act.kind is ResponseKind.ANSWER and (elsewhere := _answer_url(_matter(number))):
        return htmx.go(elsewhere)

    def say(assignment: Assignment, form: Any, at: datetime) -> None:
        services.respond(
            assignment,
            kind=act.kind or ResponseKind.NOTE,
            body=form.body.data or "",
            outcome=form.outcome.data if "outcome" in form else None,
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return _act(number, act, say)


@bp.post("/desk/<number>/acknowledgement")
def acknowledge(number: str) -> ResponseReturnValue:
    """One click: the resident reads that somebody has it. It stops no clock."""
    assignment = _matter(number)
    authz.require(duties.may_respond(current_user, assignment) and owners.of(assignment).has_resident)
    services.respond(assignment, kind=ResponseKind.ACKNOWLEDGEMENT, body="", by=current_user, at=clock.now())
    flash(_("Tanda terima terkirim. Tenggat tanggapan tetap berjalan."), "success")
    return htmx.go(url_for("desk.show", number=number))


@bp.post("/desk/<number>/refusal")
def refuse(number: str) -> ResponseReturnValue:
    def say(assignment: Assignment, form: Any, at: datetime) -> None:
        services.respond(
            assignment,
            kind=ResponseKind.REFUSAL,
            basis=RefusalBasis(form.basis.data),
            body=form.body.data or "",
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return _act(number, acts.BY_NAME["refuse"], say)


@bp.post("/desk/<number>/transfer")
def transfer(number: str) -> ResponseReturnValue:
    def hand_on(assignment: Assignment, form: Any, at: datetime) -> None:
        handovers.transfer(
            assignment,
            reason=form.body.data or "",
            to_agency=_found(Agency, form.agency.data),
            to_official=_found(Official, form.official.data),
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return _act(number, acts.BY_NAME["transfer"], hand_on)


@bp.post("/desk/<number>/return")
def send_back(number: str) -> ResponseReturnValue:
    def give_back(assignment: Assignment, form: Any, at: datetime) -> None:
        handovers.send_back(
            assignment,
            reason=form.body.data or "",
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return _act(number, acts.BY_NAME["return"], give_back)


@bp.post("/desk/<number>/extensions")
def ask_extension(number: str) -> ResponseReturnValue:
    def ask(assignment: Assignment, form: Any, at: datetime) -> None:
        extensions.ask(
            assignment,
            Stage(form.stage.data),
            days=form.days.data,
            reason=form.reason.data or "",
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return _act(number, acts.BY_NAME["extend"], ask)


@bp.post("/desk/<number>/reassignment")
def reassign(number: str) -> ResponseReturnValue:
    def give(assignment: Assignment, form: Any, at: datetime) -> None:
        official = _found(Official, form.official.data)
        if official is None:
            raise DomainError(_("Pilih petugas."), field="official")
        handovers.reassign(
            assignment,
            to_official=official,
            by=current_user,
            at=at,
            expected_lock=form.expected_lock,
        )

    return _act(number, acts.BY_NAME["reassign"], give)


def _act(number: str, act: Act, do: Do) -> ResponseReturnValue:
    """Take the act's form: do it and lead on, or show it again with what was typed."""
    assignment = _matter(number)
    authz.require(acts.is_open(act, current_user, assignment))
    form = _form(act, assignment)
    if form.validate_on_submit():
        try:
            do(assignment, form, clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(str(act.done), "success")
            return htmx.go(_next_page(number, assignment))
    return _page(assignment, act, form, status=422)


def _page(assignment: Assignment, act: Act | None, form: Any, *, status: int = 200) -> ResponseReturnValue:
    owner = owners.of(assignment)
    brief = owner.brief(assignment)
    if form is not None:
        form.lock.raw_data = form.lock.data = str(assignment.lock)  # the state that is shown here
    shown = clocks.of(assignment, clock.now(), earlier=brief.earlier_clock_ids)
    return htmx.render(
        "desk/show.html",
        block="answer_box",
        status=status,
        number=assignment.number,
        kind_label=brief.kind,
        public_url=url_for(owner.endpoint, number=assignment.number),
        marks=story.marks(assignment, brief),
        text=brief.text,
        html=brief.html,
        facts=story.facts(assignment, brief),
        photos=brief.photos,
        reason=reasons.tell(assignment.routing_reason),
        assignment=assignment,
        act=act,
        receiver=choices.receiver(form),
        acts=acts.open_to(current_user, assignment),
        form=form,
        clocks_shown=shown,
        ceiling=deadlines.ceiling_of(shown) if may_lead_a_team(current_user) else None,
        state_label=STATE[assignment.state],
        stage_names=board.STAGE,
        steps=story.steps(assignment, brief),
        answer_url=_answer_url(assignment),
        may_acknowledge=story.may_acknowledge(current_user, assignment),
        decides=[one for one in assignment.extensions if duties.may_decide_extension(current_user, one)],
        editable={one.id for one in assignment.responses if duties.may_edit(current_user, one)},
        body_limit=BODY_LENGTH,
    )


def _matter(number: str) -> Assignment:
    authz.require(policy.may_open_duty(current_user))
    return matter.duty_or_404(number, current_user)


def _sealed(number: str) -> ResponseReturnValue:
    """Letters about its clock reach people who may not read it: they are led to what is public."""
    assignment = matter.near(number, current_user) or abort(404)
    flash(_("Isinya hanya untuk tim yang ditunjuk. Tenggatnya terlihat di halaman ini."), "info")
    return htmx.go(url_for(owners.of(assignment).endpoint, number=number))


def _answer_url(assignment: Assignment) -> str | None:
    """The owner's own page to write the answer on; None where that is done here."""
    endpoint = owners.of(assignment).answer_endpoint
    return url_for(endpoint, number=assignment.number) if endpoint else None


def _form(act: Act | None, assignment: Assignment) -> Any:
    if act is None:
        return None
    form = acts.form_of(act, assignment)(formdata=request.form if request.method == "POST" else None)
    choices.fill(form, assignment, at=clock.now())
    return form


def _spoken(kind: str) -> Act | None:
    return SPOKEN[ResponseKind(kind)] if kind in {str(known) for known in SPOKEN} else None


def _unspeakable(number: str) -> ResponseReturnValue:
    """No button of ours says that kind of thing: the answer box comes back with what was typed."""
    assignment = _matter(number)
    act = acts.BY_NAME["answer"]
    authz.require(acts.is_open(act, current_user, assignment))
    form = _form(act, assignment)
    form.refuse(DomainError(_("Pilih jenis tanggapannya, lalu kirim lagi.")))
    return _page(assignment, act, form, status=422)


def _found(model: type[Any], identity: int | None) -> Any:
    return db.session.get(model, identity) if identity is not None else None


def _next_page(number: str, assignment: Assignment) -> str:
    """Back to the duty, as long as the person may still read it; else to the desk."""
    db.session.flush()
    if assignments.may_still_read(assignment, current_user):
        return url_for("desk.show", number=number)
    return url_for("desk.index")
