"""The rooms of the hall: which links stand at the head and foot of every page, for whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, request, url_for

from portal import page_context
from portal.accounts.models import User
from portal.administration import policy as administration
from portal.desk import policy as desk
from portal.i18n import _l

Door = tuple[Any, str]  # what stands on it, the endpoint behind it

PUBLIC: tuple[Door, ...] = (
    (_l("Buat laporan"), "filing.new"),
    (_l("Laporan"), "reports.index"),
    (_l("Forum"), "forum.index"),
    (_l("Rencana bersama"), "projects.index"),
    (_l("Kinerja kota"), "statistics.index"),
)
OWN: tuple[Door, ...] = ((_l("Laporan saya"), "following.overview"),)
STAFF: tuple[tuple[Any, str, Callable[[User], bool]], ...] = (
    (_l("Meja kerja"), "desk.index", desk.may_use_desk),
    (_l("Tim"), "desk.team", desk.may_see_team),
    (_l("Meja verifikasi"), "desk.triage", desk.may_triage),
    (_l("Administrasi"), "administration.index", administration.may_administer),
)
FOOT: tuple[Door, ...] = (
    (_l("Lacak laporan"), "following.track"),
    (_l("Cara kami menghitung"), "statistics.definitions"),
    (_l("Pemberitahuan privasi"), "accounts.privacy"),
)


@dataclass(frozen=True, slots=True)
class Room:
    label: Any
    url: str
    is_current: bool


def init_app(app: Flask) -> None:
    app.context_processor(values)


def values() -> dict[str, Any]:
    """What base.html shows around each page."""
    if not request:
        return {}
    user = page_context.signed_in()
    staff = [(label, endpoint) for label, endpoint, may_enter in STAFF if user and may_enter(user)]
    return {
        "rooms": {
            "public": _rooms((*PUBLIC, *OWN) if user and not staff else PUBLIC),
            "staff": _rooms(staff),
            "foot": _rooms(FOOT),
        }
    }


def _rooms(doors: Iterable[Door]) -> list[Room]:
    """The rooms in their order; the one with the longest address that leads here is the current one."""
    here = request.script_root + request.path
    rooms = [(label, _address(endpoint, request.script_root)) for label, endpoint in doors]
    leading = [url for _label, url in rooms if here.startswith(url.rstrip("/"))]
    current = max(leading, key=len, default=None)
    return [Room(label, url, url == current) for label, url in rooms]


@lru_cache(maxsize=128)
def _address(endpoint: str, root: str) -> str:
    """A room stands at one address per language (`root`); building a dozen took a third of the menu."""
    return url_for(endpoint)
