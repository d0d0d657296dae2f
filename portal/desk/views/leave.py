"""Leave: asked for at the desk, decided and entered for the team."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.desk import policy
from portal.desk.queries import leave as queries
from portal.desk.team_forms import LeaveDecisionForm, LeaveForm
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _, format_date, local
from portal.organisation import leave
from portal.organisation import policy as organisation_policy
from portal.organisation import queries as organisation
from portal.organisation.labels import LEAVE_KIND, LEAVE_STATE
from portal.organisation.models import Absence, Official
from portal.organisation.rules import LeaveState


@bp.get("/desk/leave")
def own_leave() -> ResponseReturnValue:
    me = _myself()
    return _own_page(me, _form(me))


@bp.post("/desk/leave")
def ask_leave() -> ResponseReturnValue:
    me = _myself()
    form = _form(me)
    if _kept(form, me, leave.ask):
        flash(_("Permohonan cuti terkirim. Sebelum disetujui, belum ada yang berubah."), "success")
        return htmx.go(url_for("desk.own_leave"))
    return _own_page(me, form, 422)


@bp.get("/team/officials/<int:official_id>/leave")
def leave_of(official_id: int) -> ResponseReturnValue:
    official = _below(official_id)
    return _page_of(official, _form(official))


@bp.post("/team/officials/<int:official_id>/leave")
def enter_leave(official_id: int) -> ResponseReturnValue:
    official = _below(official_id)
    form = _form(official)
    if _kept(form, official, leave.enter):
        flash(_("Cuti %(name)s sudah dicatat.", name=official.name), "success")
        return htmx.go(url_for("desk.leave_of", official_id=official.id))
    return _page_of(official, form, 422)


@bp.get("/team/leave")
def team_leave() -> ResponseReturnValue:
    authz.require(policy.may_see_leave(current_user))
    today = local(clock.now()).date()
    return render_template(
        "desk/team_leave.html",
        calendar=queries.calendar(line_for_leave(), current_user, today),
        kinds=LEAVE_KIND,
        states=LEAVE_STATE,
        today=today,
        leads=organisation_policy.may_lead_a_team(current_user),
        remembered_days=queries.REMEMBERED_DAYS,
    )


@bp.get("/team/leave/<int:absence_id>")
def review_leave(absence_id: int) -> ResponseReturnValue:
    absence = queries.one_or_404(absence_id)
    authz.require(organisation_policy.may_enter_leave(current_user, absence.official))
    return _review(absence, LeaveDecisionForm(formdata=None))


@bp.post("/team/leave/<int:absence_id>/decision")
def decide_leave(absence_id: int) -> ResponseReturnValue:
    absence = queries.one_or_404(absence_id)
    authz.require(organisation_policy.may_enter_leave(current_user, absence.official))
    form = LeaveDecisionForm()
    if form.validate() and _decided(form, absence):
        return htmx.go(url_for("desk.team_leave"))
    return _review(absence, form, 422)


@bp.post("/desk/leave/<int:absence_id>/cancellation")
def cancel_leave(absence_id: int) -> ResponseReturnValue:
    """Taken back by the official, or by whoever may enter it for them."""
    absence = queries.one_or_404(absence_id)
    authz.require(organisation_policy.may_cancel_leave(current_user, absence))
    try:
        leave.cancel(absence, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(_cancelled(absence), "success")
    if absence.official.user_id == current_user.id:
        return htmx.go(url_for("desk.own_leave"))
    return htmx.go(url_for("desk.leave_of", official_id=absence.official_id))


def line_for_leave() -> Any:
    """Ids of those whose leave the person looks after: everybody for administrators, else those below."""
    if organisation_policy.may_lead_a_team(current_user):
        return organisation.line_of(current_user)
    return organisation.everybody()


def _decided(form: LeaveDecisionForm, absence: Absence) -> bool:
    now, words = clock.now(), form.note.data or ""
    try:
        if not organisation_policy.may_decide_leave(current_user, absence):
            raise DomainError(_("Permohonan cuti ini sudah diputuskan atau dibatalkan."))
        if request.form.get("decision") == "approve":
            leave.approve(absence, by=current_user, at=now, note=words)
            flash(_("Cuti %(name)s disetujui.", name=absence.official.name), "success")
        else:
            leave.refuse(absence, reason=words, by=current_user, at=now)
            flash(_("Cuti %(name)s tidak disetujui.", name=absence.official.name), "success")
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _cancelled(absence: Absence) -> str:
    if absence.state is LeaveState.APPROVED:
        return _("Cuti berakhir; hari terakhirnya %(day)s.", day=format_date(absence.to_on))
    return _("Cuti dibatalkan.")


def _myself() -> Official:
    authz.require(policy.may_use_desk(current_user))
    return organisation.official_of(current_user) or abort(404)


def _below(official_id: int) -> Official:
    official = db.session.get(Official, official_id) or abort(404)
    authz.require(organisation_policy.may_enter_leave(current_user, official))
    return official


def _form(official: Official) -> LeaveForm:
    form = LeaveForm()
    form.offer(queries.possible_substitutes(official, local(clock.now()).date()))
    if not form.is_submitted():
        form.substitute.process_data(queries.first_standing(official.id))
    return form


def _kept(form: LeaveForm, official: Official, keep: Any) -> bool:
    if not form.validate_on_submit():
        return False
    try:
        keep(
            official,
            kind=form.leave_kind,
            from_on=form.from_on.data,
            to_on=form.to_on.data,
            substitute=db.session.get(Official, form.substitute.data) if form.substitute.data else None,
            note=form.note.data or "",
            by=current_user,
            at=clock.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _own_page(official: Official, form: LeaveForm, status: int = 200) -> ResponseReturnValue:
    return _leave_page("desk/leave.html", official, form, status)


def _page_of(official: Official, form: LeaveForm, status: int = 200) -> ResponseReturnValue:
    return _leave_page("desk/team_leave_of.html", official, form, status)


def _leave_page(template: str, official: Official, form: LeaveForm, status: int) -> ResponseReturnValue:
    today = local(clock.now()).date()
    found = queries.of_official(official.id)
    page = render_template(
        template,
        official=official,
        form=form,
        absences=found,
        cancellable={one.id for one in found if leave.is_cancellable(one, today)},
        kinds=LEAVE_KIND,
        states=LEAVE_STATE,
        today=today,
        list_url=request.path,
    )
    return page, status


def _review(absence: Absence, form: LeaveDecisionForm, status: int = 200) -> ResponseReturnValue:
    after = datetime.combine(absence.to_on + timedelta(days=1), time(), config.current().zone)
    open_count, due_count = queries.falling_due(absence.official_id, until=after)
    page = render_template(
        "desk/team_leave_review.html",
        absence=absence,
        form=form,
        may_decide=organisation_policy.may_decide_leave(current_user, absence),
        working_days=_working_days(absence),
        open_count=open_count,
        due_count=due_count,
        together=queries.away_together(absence),
        kinds=LEAVE_KIND,
        states=LEAVE_STATE,
    )
    return page, status


def _working_days(absence: Absence) -> int | None:
    """None where no calendar reaches that far."""
    try:
        day_before = absence.from_on - timedelta(days=1)
        return deadlines.calendar().working_days_between(day_before, absence.to_on)
    except (CalendarHorizon, DomainError):
        return None
