"""The desk: what an official has to answer, the most pressing first."""

from enum import StrEnum
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx
from portal.assignments import owners
from portal.canned import policy as canned
from portal.deadlines.rules.stages import Stage
from portal.desk import board, figures, policy
from portal.desk.queries import queue
from portal.desk.queries.queue import Facets, Page, Wish
from portal.desk.rules import Cursor, Group, Horizon
from portal.desk.views.blueprint import bp
from portal.i18n import _
from portal.organisation import queries as organisation
from portal.reports.labels import category_name

FILTERS = ("state", "origin", "stage", "area", "category", "q", "official", "agency")
SEARCH_LENGTH = 100


@bp.get("/desk")
def index() -> ResponseReturnValue:
    authz.require(policy.may_use_desk(current_user))
    me = organisation.official_of(current_user)
    holders = [me.id] if me else []
    horizon = Horizon.at(clock.now(), config.current().zone)
    wish = read_wish()
    page = queue.open_duties(current_user, holders, wish, horizon)
    facets = queue.facets(queue.grouped(current_user, holders, horizon, wish.q), wish)
    return htmx.render(
        "desk/index.html",
        block="desk_queue",
        me=me,
        may_write_canned=canned.may_write(current_user),
        now=horizon.now,
        total=facets.total,
        month=figures.own_month(me, horizon.now) if me else None,
        **board_values(page, facets, wish, horizon, endpoint="desk.index"),
    )


def read_wish() -> Wish:
    """The filters of the address; what makes no sense is left out."""
    asked = request.args
    return Wish(
        state=_member(Group, asked.get("state", "")),
        stage=_member(Stage, asked.get("stage", "")),
        origin=_words("origin"),
        area=_words("area"),
        category=_words("category"),
        q=_words("q"),
        official_id=_id(asked.get("official", "")),
        agency_id=_id(asked.get("agency", "")),
        after=Cursor.read(asked.get("after", "")),
    )


def board_values(
    page: Page,
    facets: Facets,
    wish: Wish,
    horizon: Horizon,
    *,
    endpoint: str,
    shows_holder: bool = False,
    clocks: board.Clocks | None = None,
) -> dict[str, Any]:
    """What templates/desk/_board.html shows."""
    pattern = url_for("desk.show", number="NUMBER")  # url_for in a loop doubles the time of a page
    return {
        "wish": wish,
        "sections": board.sections(
            page,
            horizon,
            address=lambda number: pattern.replace("NUMBER", number),
            shows_holder=shows_holder,
            clocks=clocks,
        ),
        "counts": None if wish.q else facets.groups,
        "tabs": _tabs(endpoint, facets, wish),
        "stages": [(stage.value, board.STAGE[stage]) for stage in (Stage.RESPOND, Stage.RESOLVE)],
        "origins": [pair for pair in owners.labels().items() if pair[0] in facets.origins],
        "areas": sorted(facets.areas.items(), key=lambda pair: pair[1]),
        "categories": [(code, category_name(row)) for code, row in facets.categories.items()],
        "active_count": len(_asked("state")),
        "is_narrowed": bool(_asked()),
        "here": url_for(endpoint),
        "refresh_url": url_for(endpoint, **_asked(), after=request.args.get("after")),
        "next_url": _next_url(endpoint, page.next),
        "is_continued": wish.after is not None,
    }


def _tabs(endpoint: str, facets: Facets, wish: Wish) -> list[dict[str, Any]]:
    """One tab for everything and one for each group; the other filters stay as they are."""
    asked = _asked("state")
    counts = None if wish.q else facets.groups
    everything = {
        "label": _("Semua"),
        "url": url_for(endpoint, **asked),
        "current": wish.state is None,
        "count": sum(counts.values()) if counts else None,
    }
    return [everything] + [
        {
            "label": label,
            "url": url_for(endpoint, state=group.value, **asked),
            "current": wish.state is group,
            "count": counts[group] if counts else None,
        }
        for group, label in board.GROUP.items()
    ]


def _asked(*apart: str) -> dict[str, Any]:
    """The filters that stand in the address, without the named ones."""
    names = [name for name in FILTERS if name not in apart]
    return {name: request.args[name] for name in names if request.args.get(name)}


def _next_url(endpoint: str, cursor: Cursor | None) -> str | None:
    if cursor is None:
        return None
    return url_for(endpoint, **_asked(), after=str(cursor))


def _words(name: str) -> str:
    """What was typed, without the sign that PostgreSQL refuses."""
    return request.args.get(name, "").replace("\0", "").strip()[:SEARCH_LENGTH]


def _id(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _member(members: type[StrEnum], text: str) -> Any:
    return members(text) if text in {member.value for member in members} else None
