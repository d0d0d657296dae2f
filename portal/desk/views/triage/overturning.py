"""Moderators look at refusals again: a list of all, and a page on which another one undoes one."""

from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx, keyset
from portal.assignments import owners, refusal_words, refusals
from portal.assignments.labels import BASIS
from portal.assignments.models import Response
from portal.assignments.rules import RefusalBasis
from portal.desk import policy
from portal.desk.forms import OverturningForm
from portal.desk.queries import refusals as queries
from portal.desk.rules import PAGE_SIZE
from portal.desk.views.blueprint import bp
from portal.errors import DomainError
from portal.i18n import _
from portal.reports import services as reports
from portal.reports.models import EarlyRefusal


@bp.get("/triage/refusals")
def refused() -> ResponseReturnValue:
    authz.require(policy.may_triage(current_user))
    basis, agency_id = _basis(), request.args.get("agency", type=int)
    found = queries.listed(
        current_user, basis=basis, agency_id=agency_id, before=keyset.read(request.args.get("before", ""))
    )
    rows = found[:PAGE_SIZE]
    last = rows[-1] if len(found) > PAGE_SIZE else None
    kept: dict[str, Any] = {"basis": basis, "agency": agency_id}
    return htmx.render(
        "desk/refusals.html",
        block="refusal_list",
        rows=[(row, _address(row.origin, row.id)) for row in rows],
        bases=[(one.value, label) for one, label in BASIS.items()],
        agencies=[(str(row.id), row.name) for row in queries.agencies()],
        basis=basis or "",
        agency=str(agency_id or ""),
        basis_names=BASIS,
        active_count=sum(1 for one in kept.values() if one),
        older_url=url_for(".refused", **kept, before=keyset.written((last.at, last.place))) if last else None,
        newer_url=url_for(".refused", **kept) if "before" in request.args else None,
    )


@bp.get("/triage/refusals/<int:response_id>")
def refusal(response_id: int) -> ResponseReturnValue:
    return _duty_page(_of_duty(response_id), OverturningForm(formdata=None))


@bp.post("/triage/refusals/<int:response_id>")
def overturn(response_id: int) -> ResponseReturnValue:
    response, form = _of_duty(response_id), OverturningForm()
    if form.validate_on_submit():
        try:
            refusals.overturn(response, reason=form.reason.data or "", by=current_user, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            return _done(response.assignment.number)
    return _duty_page(response, form, status=422)


@bp.get("/triage/early-refusals/<int:refusal_id>")
def early_refusal(refusal_id: int) -> ResponseReturnValue:
    return _early_page(_early(refusal_id), OverturningForm(formdata=None))


@bp.post("/triage/early-refusals/<int:refusal_id>")
def overturn_early(refusal_id: int) -> ResponseReturnValue:
    early, form = _early(refusal_id), OverturningForm()
    if form.validate_on_submit():
        try:
            reports.overturn_early(early, reason=form.reason.data or "", by=current_user, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            return _done(early.report.number)
    return _early_page(early, form, status=422)


def _of_duty(response_id: int) -> Response:
    authz.require(policy.may_triage(current_user))
    return queries.of_duty(response_id, current_user) or abort(404)


def _early(refusal_id: int) -> EarlyRefusal:
    authz.require(policy.may_triage(current_user))
    return queries.early(refusal_id, current_user) or abort(404)


def _duty_page(response: Response, form: OverturningForm, *, status: int = 200) -> ResponseReturnValue:
    assignment = response.assignment
    owner = owners.of(assignment)
    return _page(
        form,
        response,
        status=status,
        number=assignment.number,
        title=assignment.title,
        asked=owner.brief(assignment).text,
        who=_who(response),
        words=response.body,
        may_overturn=refusals.may_overturn(response, current_user),
        action=url_for(".overturn", response_id=response.id),
        more_url=url_for(".show", number=assignment.number),
        goes_to=_("Petugas yang menolaknya melanjutkan dengan sisa waktunya, dan atasannya diberi tahu."),
    )


def _early_page(early: EarlyRefusal, form: OverturningForm, *, status: int = 200) -> ResponseReturnValue:
    report = early.report
    return _page(
        form,
        early,
        status=status,
        number=report.number,
        title=report.content.title,
        asked=report.content.body,
        who=_("Moderator, sebelum verifikasi"),
        words=early.question.body,
        may_overturn=reports.may_overturn_early(early, current_user),
        action=url_for(".overturn_early", refusal_id=early.id),
        more_url=url_for("reports.show", number=report.number),
        goes_to=_("Laporan kembali menunggu verifikasi dengan sisa waktunya."),
    )


def _page(form: OverturningForm, refused: Any, *, status: int, **values: Any) -> ResponseReturnValue:
    return htmx.render(
        "desk/refusal.html",
        block="main",
        status=status,
        form=form,
        refused=refused,
        basis=refusal_words.basis_note(refused.basis),
        links=refusal_words.links(refused),
        is_own=refused.author_id == current_user.id,
        **values,
    )


def _done(number: str) -> ResponseReturnValue:
    flash(_("Penolakan %(number)s dibatalkan; pihak-pihaknya sudah diberi tahu.", number=number), "success")
    return htmx.go(url_for(".refused"))


def _who(response: Response) -> str:
    """The official, if one held it then, and the agency."""
    names = [response.official.name] if response.official else []
    return ", ".join([*names, response.agency.name])


def _basis() -> RefusalBasis | None:
    typed = request.args.get("basis", "")
    return RefusalBasis(typed) if typed in list(RefusalBasis) else None


def _address(origin: str, row_id: int) -> str:
    if origin == queries.EARLY:
        return url_for(".early_refusal", refusal_id=row_id)
    return url_for(".refusal", response_id=row_id)
