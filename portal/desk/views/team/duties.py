"""Many duties of a team at once: what will be late, who carries what, and who gets it now."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.assignments import sharing
from portal.assignments.sharing import Shared
from portal.desk import board
from portal.desk.queries import queue
from portal.desk.queries import team as queries
from portal.desk.queries.queue import Page, Wish
from portal.desk.rules import Group, Horizon
from portal.desk.team_forms import BulkForm
from portal.desk.views.blueprint import bp
from portal.desk.views.index import read_wish
from portal.desk.views.team.overview import horizon_at
from portal.errors import DomainError
from portal.i18n import _, local, ngettext
from portal.organisation import policy as organisation_policy
from portal.organisation import queries as organisation
from portal.organisation.models import Official

EVERYBODY = "all"  # the box that spreads over all receivers
MOST = 100  # duties that are given at once


@bp.get("/team/duties")
def team_duties() -> ResponseReturnValue:
    authz.require(organisation_policy.may_lead_a_team(current_user))
    return _page(BulkForm(formdata=None), frozenset(), [])


@bp.post("/team/reassignments")
def share_duties() -> ResponseReturnValue:
    authz.require(organisation_policy.may_lead_a_team(current_user))
    now = clock.now()
    marked = _marked()
    receivers = queries.receivers(organisation.line_of(current_user), local(now).date())
    form = _offered(BulkForm(), receivers)
    if not marked:
        form.refuse(DomainError(_("Tandai paling sedikit satu tugas.")))
    if not marked or not form.validate():
        return _page(form, marked.keys(), [], status=422)
    chosen = _chosen(form, receivers)
    duties = queries.marked(list(marked), current_user)
    results = sharing.share_out(
        [(one, marked[one.number]) for one in duties], chosen, by=current_user, at=now
    )
    stayed = [one for one in results if one.problem]
    if stayed or len(duties) < len(marked):
        return _page(form, {one.assignment.number for one in stayed}, results, status=422)
    flash(_given(results), "success")
    return htmx.go(url_for("desk.team_duties", **_asked()))


def _page(
    form: BulkForm, marked: Any, results: Sequence[Shared], *, status: int = 200
) -> ResponseReturnValue:
    now = clock.now()
    line, horizon = organisation.line_of(current_user), horizon_at(now)
    wish = _wish(horizon)
    page = queue.open_duties(current_user, line, wish, horizon)
    receivers = queries.receivers(line, local(now).date())
    _offered(form, receivers)
    body = render_template(
        "desk/team_duties.html",
        form=form,
        marked=marked,
        results=results,
        given=sum(not one.problem for one in results),
        here=url_for("desk.share_duties", **_asked()),
        tabs=_tabs(wish, horizon),
        holder=wish.official_id,
        holders=[(one.id, one.name) for one in receivers],
        tomorrow=horizon.tomorrow,
        is_tomorrow=wish.due_by is not None,
        lines=_lines(page, horizon),
        next_url=url_for("desk.team_duties", **_asked("after"), after=str(page.next)) if page.next else None,
    )
    return body, status


def _lines(page: Page, horizon: Horizon) -> list[tuple[str, str, Any]]:
    """Each row with its number, the value of its box, and what is shown."""
    pattern = url_for("desk.show", number="NUMBER")
    sections = board.sections(
        page, horizon, address=lambda number: pattern.replace("NUMBER", number), shows_holder=True
    )
    lines = [line for section in sections for line in section.lines]
    return [
        (row.number, f"{row.number}:{row.lock}", line) for row, line in zip(page.rows, lines, strict=True)
    ]


def _wish(horizon: Horizon) -> Wish:
    asked = read_wish()
    wish = Wish(state=asked.state, official_id=asked.official_id, after=asked.after)
    if request.args.get("due") == "tomorrow" and horizon.tomorrow is not None:
        return replace(wish, state=None, due_by=horizon.tomorrow)
    return wish


def _tabs(wish: Wish, horizon: Horizon) -> list[dict[str, Any]]:
    """What will be late, what is, and everything; the chosen official stays."""

    def tab(label: str, is_current: bool, **values: Any) -> dict[str, Any]:
        address = url_for("desk.team_duties", **_asked("due", "state", "after"), **values)
        return {"label": label, "url": address, "current": is_current, "count": None}

    found = [tab(_("Semua"), wish.state is None and wish.due_by is None)]
    if horizon.tomorrow is not None:
        found.append(tab(_("Akan terlambat besok"), wish.due_by is not None, due="tomorrow"))
    is_late = wish.state is Group.OVERDUE
    return [*found, tab(_("Terlambat"), is_late, state=Group.OVERDUE.value)]


def _asked(*apart: str) -> dict[str, Any]:
    names = [name for name in ("due", "state", "official", "after") if name not in apart]
    return {name: request.args[name] for name in names if request.args.get(name)}


def _marked() -> dict[str, int | None]:
    """The marked duties by number, each with the version that the person saw."""
    found: dict[str, int | None] = {}
    for value in request.form.getlist("duty")[:MOST]:
        number, _colon, lock = value.rpartition(":")
        found[number] = int(lock) if lock.isdecimal() and len(lock) < 10 else None
    return found


def _offered(form: BulkForm, receivers: Sequence[Official]) -> BulkForm:
    form.offer(
        (EVERYBODY, _("Bagi rata kepada semua yang bertugas")),
        [
            (str(one.id), _("%(name)s · %(count)s terbuka", name=one.name, count=one.open_count))
            for one in receivers
        ],
    )
    return form


def _chosen(form: BulkForm, receivers: Sequence[Official]) -> Sequence[Official]:
    wanted = set(form.receivers.data or ())
    return receivers if EVERYBODY in wanted else [one for one in receivers if str(one.id) in wanted]


def _given(results: Sequence[Shared]) -> str:
    return ngettext(
        "%(num)s tugas diserahkan. Tenggatnya tidak berubah.",
        "%(num)s tugas diserahkan. Tenggatnya tidak berubah.",
        len(results),
    )
