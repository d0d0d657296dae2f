"""An official's own figures: theirs, and those above them see the same page."""

from datetime import date, timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock
from portal.db import db
from portal.desk import figures, policy
from portal.desk.views.blueprint import bp
from portal.i18n import local
from portal.organisation import queries as organisation
from portal.organisation.models import Official

DEFAULT_DAYS = 90
LONGEST_DAYS = 731


@bp.get("/desk/figures")
def own_figures() -> ResponseReturnValue:
    authz.require(policy.may_use_desk(current_user))
    me = organisation.official_of(current_user) or abort(404)
    return _page(me, is_own=True)


@bp.get("/team/officials/<int:official_id>/figures")
def figures_of(official_id: int) -> ResponseReturnValue:
    official = db.session.get(Official, official_id) or abort(404)
    authz.require(policy.may_see_figures(current_user, official))
    return _page(official, is_own=official.user_id == current_user.id)


def _page(official: Official, *, is_own: bool) -> ResponseReturnValue:
    now = clock.now()
    first, last = _period(local(now).date())
    return render_template(
        "desk/figures.html",
        official=official,
        is_own=is_own,
        own=figures.own(official, first, last, now),
        here=request.path,
    )


def _period(today: date) -> tuple[date, date]:
    """The days of the address, at most two years; by default the last three months."""
    last = _day("last") or today
    first = _day("first") or last - timedelta(days=DEFAULT_DAYS - 1)
    if first > last:
        first, last = last, first
    return max(first, last - timedelta(days=LONGEST_DAYS - 1)), last


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None
