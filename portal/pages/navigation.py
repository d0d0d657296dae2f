"""The rooms of the hall: which links stand at the head and foot of every page, for whom."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from portal import page_context
from portal.accounts.rules import Role
from portal.i18n import _l

PUBLIC = (
    (_l("Buat laporan"), "reports.new"),
    (_l("Laporan"), "reports.index"),
    (_l("Kinerja kota"), "statistics.index"),
)
STAFF = (
    (_l("Meja kerja"), "desk.index", frozenset({Role.OFFICIAL, Role.SUPERVISOR, Role.HEAD})),
    (_l("Tim"), "desk.team", frozenset({Role.SUPERVISOR, Role.HEAD, Role.INSPECTORATE})),
    (_l("Meja verifikasi"), "desk.triage", frozenset({Role.MODERATOR})),
    (_l("Administrasi"), "administration.index", frozenset({Role.ADMINISTRATOR})),
)
FOOT = (
    (_l("Lacak laporan"), "reports.lookup"),
    (_l("Cara kami menghitung"), "statistics.definitions"),
    (_l("Pemberitahuan privasi"), "accounts.privacy"),
)


@dataclass(frozen=True, slots=True)
class Room:
    label: Any
    url: str
    is_current: bool


def values() -> dict[str, Any]:
    """What base.html shows around each page."""
    if not request:
        return {}
    user = page_context.signed_in()
    staff = [(label, endpoint) for label, endpoint, roles in STAFF if user and roles & user.roles]
    return {
        "rooms": {
            "public": _rooms(PUBLIC),
            "staff": _rooms(staff),
            "foot": _rooms(FOOT),
            "sign_in": _url("accounts.sign_in"),
            "sign_out": _url("accounts.sign_out"),
            "notifications": _url("notifications.index"),
            "account": _url("accounts.account"),
        }
    }


def _rooms(table: Any) -> list[Room]:
    """The rooms in their order; the one with the longest address that leads here is the current one."""
    here = request.script_root + request.path
    urls = [(label, _url(endpoint)) for label, endpoint in table]
    leading = [url for _label, url in urls if here == url or here.startswith(url + "/")]
    current = max(leading, key=len, default=None)
    return [Room(label, url, url == current) for label, url in urls if url]


def _url(endpoint: str) -> str:
    return url_for(endpoint) if endpoint in current_app.view_functions else ""
