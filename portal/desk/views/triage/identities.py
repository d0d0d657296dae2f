"""The name behind an anonymous report: opened by a moderator for a reason, and every opening listed."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock
from portal.desk import policy
from portal.desk.triage_forms import IdentityForm
from portal.desk.views.blueprint import bp
from portal.desk.views.triage import matters
from portal.errors import DomainError
from portal.i18n import _
from portal.reports.identity import openings
from portal.reports.models import Report
from portal.security import limiter


@bp.get("/triage/<number>/identity")
def ask_identity(number: str) -> ResponseReturnValue:
    """Nothing is shown yet: what opening means, and the reason."""
    return _page(_sealed(number), IdentityForm(formdata=None))


@bp.post("/triage/<number>/identity")
@limiter.limit("30 per hour")
def open_identity(number: str) -> ResponseReturnValue:
    """The answer itself shows the name; no address leads to it again."""
    report, form = _sealed(number), IdentityForm()
    if form.validate_on_submit():
        try:
            opened = openings.open_identity(
                report, reason=form.reason.data or "", by=current_user, at=clock.now()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return render_template(
                "desk/identity_opened.html",
                report=report,
                opened=opened,
                trail=matters.trail(report, _("Identitas pelapor")),
                back_url=matters.address(report),
            )
    return _page(report, form, status=422)


@bp.get("/triage/identities")
def list_identities() -> ResponseReturnValue:
    authz.require(openings.may_read_log(current_user))
    found = openings.log(current_user, before_id=request.args.get("before", type=int))
    shown = found[: openings.LOG_PAGE]
    older = url_for(".list_identities", before=shown[-1].id) if len(found) > len(shown) else None
    return render_template(
        "desk/identities.html",
        lines=shown,
        older_url=older,
        may_triage=policy.may_triage(current_user),
    )


def _sealed(number: str) -> Report:
    """The report, for who may open its identity; others hear neither that there is one nor that there is
    none."""
    report = matters.own(number)
    authz.require(openings.may_open(current_user, report))
    return report


def _page(report: Report, form: IdentityForm, *, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "desk/identity.html",
        report=report,
        form=form,
        trail=matters.trail(report, _("Identitas pelapor")),
        back_url=matters.address(report),
    ), status
