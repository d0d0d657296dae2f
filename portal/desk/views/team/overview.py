"""The team: what those below a supervisor carry, what will be late, and what waits for a decision."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx
from portal.assignments import extensions
from portal.assignments import policy as duties
from portal.assignments import queries as assignments
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.desk import board, policy
from portal.desk.queries import leave, load, queue
from portal.desk.queries.load import Load
from portal.desk.rules import Horizon
from portal.desk.views.blueprint import bp
from portal.desk.views.index import board_values, read_wish
from portal.errors import DomainError
from portal.i18n import _, local
from portal.organisation import policy as organisation_policy
from portal.organisation import queries as organisation
from portal.organisation.labels import LEAVE_KIND

DECISIONS = {"grant": True, "refuse": False}


@bp.get("/team")
def team() -> ResponseReturnValue:
    authz.require(policy.may_see_team(current_user))
    leads = organisation_policy.may_lead_a_team(current_user)
    line = line_of_reader()
    horizon = horizon_at(clock.now())
    wish = read_wish()
    page = queue.open_duties(current_user, line, wish, horizon)
    carried = queue.grouped(current_user, line, horizon, wish.q)
    facets = queue.facets(carried, wish)
    # Who searches looks for one duty: what everybody carries is not counted again for it.
    loads = [] if wish.q else _loads(leads, line, carried, horizon.now)
    clocks = deadlines.clock_values(
        {*(row.clock_id for row in page.rows), *(one.next_clock_id for one in loads if one.next_clock_id)},
        horizon.now,
    )
    load.note_shares(loads, clocks)
    absences = leave.present_and_asked(line, current_user, local(horizon.now).date()) if leads else None
    for one in loads:
        one.away_until = absences.away.get(one.id) if absences else None
    return htmx.render(
        "desk/team.html",
        block="desk_queue",
        now=horizon.now,
        total=facets.total,
        late=facets.late,
        tomorrow=horizon.tomorrow,
        tomorrow_count=sum(one.tomorrow for one in loads),
        leads=leads,
        teams=load.teams(loads),
        wishes=assignments.undecided_extensions(current_user),
        leave_wishes=absences.asked if absences else [],
        leave_kinds=LEAVE_KIND,
        stage_names=board.STAGE,
        **board_values(page, facets, wish, horizon, endpoint="desk.team", shows_holder=True, clocks=clocks),
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


def line_of_reader() -> Any:
    """Ids of those below a leader; the inspectorate looks at the whole city."""
    if organisation_policy.may_lead_a_team(current_user):
        return organisation.line_of(current_user)
    return organisation.everybody()


def horizon_at(now: datetime) -> Horizon:
    """The moments of the desk, and the close of the next two working days as far as a calendar tells."""
    horizon = Horizon.at(now, config.current().zone)
    try:
        tomorrow, soon = (deadlines.working_days_after(now, days) for days in (1, 2))
    except (CalendarHorizon, DomainError):  # it ends before, or nobody has filled one in
        return horizon
    return replace(horizon, tomorrow=tomorrow, soon=soon)


def _loads(leads: bool, line: Any, carried: Any, now: datetime) -> list[Load]:
    return load.of_team(line, carried, current_user, now) if leads else load.of_agencies(carried)
