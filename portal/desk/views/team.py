"""The team: what those below a supervisor carry, what is late, and what waits for a decision."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx
from portal.assignments import extensions
from portal.assignments import policy as duties
from portal.assignments import queries as assignments
from portal.desk import board, policy
from portal.desk.queries import load, queue
from portal.desk.rules import Horizon
from portal.desk.views.blueprint import bp
from portal.desk.views.index import board_values, read_wish
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation import policy as organisation_policy
from portal.organisation import queries as organisation

DECISIONS = {"grant": True, "refuse": False}


@bp.get("/team")
def team() -> ResponseReturnValue:
    authz.require(policy.may_see_team(current_user))
    leads = organisation_policy.may_lead_a_team(current_user)
    line = organisation.line_of(current_user) if leads else organisation.everybody()
    horizon = Horizon.at(clock.now(), config.current().zone)
    wish = read_wish()
    page = queue.open_duties(current_user, line, wish, horizon)
    carried = queue.grouped(current_user, line, horizon)
    counted = queue.grouped(current_user, line, horizon, wish.q) if wish.q else carried
    facets = queue.facets(counted, wish)
    loads = load.of_team(line, carried) if leads else load.of_agencies(carried)
    return htmx.render(
        "desk/team.html",
        block="desk_queue",
        now=horizon.now,
        total=facets.total,
        late=facets.late,
        leads=leads,
        loads=[one for one in loads if one.open],
        idle=[one.name for one in loads if not one.open],
        wishes=assignments.undecided_extensions(current_user),
        stage_names=board.STAGE,
        **board_values(page, facets, wish, horizon, endpoint="desk.team", shows_holder=True),
    )


@bp.post("/team/extensions/<int:extension_id>/decision")
def decide_extension(extension_id: int) -> ResponseReturnValue:
    authz.require(policy.may_see_team(current_user))
    extension = assignments.extension_or_404(extension_id, current_user)
    authz.require(duties.may_decide_extension(current_user, extension))
    is_granted = DECISIONS.get(request.form.get("decision", ""), False)
    try:
        extensions.decide(extension, is_granted=is_granted, by=current_user, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(
            _("Perpanjangan disetujui.") if is_granted else _("Perpanjangan tidak disetujui."),
            "success",
        )
    return htmx.go(url_for("desk.team"))
