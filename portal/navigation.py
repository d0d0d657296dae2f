"""The rooms of the hall: which links stand at the head and foot of every page, for whom."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, request, url_for

from portal import page_context
from portal.accounts.models import User
from portal.administration import policy as administration
from portal.desk import policy as desk
from portal.desk.counter import policy as counter
from portal.forum import policy as forum
from portal.i18n import _l
from portal.moderation import policy as moderation
from portal.organisation import policy as organisation
from portal.statistics.editions import policy as editions
from portal.surveys import policy as surveys


class Door(NamedTuple):
    """What stands on it, the endpoint behind it, and the addresses elsewhere that belong to its room."""

    label: Any
    endpoint: str
    also: tuple[str, ...] = ()


FILING = Door(_l("Buat laporan"), "filing.new")
PUBLIC = (
    Door(_l("Laporan"), "reports.index"),
    Door(_l("Forum"), "forum.index"),
    Door(_l("Rencana bersama"), "projects.index", ("/ideas/", "/pins/", "/meetings/", "/comments/")),
    Door(_l("Kinerja kota"), "statistics.index"),
)
WAITING = Door(_l("Menunggu Anda"), "pages.today")
OWN = (
    Door(_l("Laporan saya"), "following.overview"),
    Door(_l("Gagasan saya"), "ideas.mine"),
    Door(_l("Utas yang diikuti"), "forum.followed"),
)
STAFF: tuple[tuple[Door, Callable[[User], bool]], ...] = (
    (Door(_l("Meja kerja"), "desk.index"), desk.may_use_desk),
    (Door(_l("Tim"), "desk.team"), organisation.may_lead_a_team),
    (Door(_l("Pengawasan"), "desk.team"), desk.only_oversees),
    (Door(_l("Identitas yang dibuka"), "desk.list_identities"), desk.only_oversees),
    (Door(_l("Meja verifikasi"), "desk.triage"), desk.may_triage),
    (Door(_l("Loket"), "counter.new"), counter.may_enter),
    (Door(_l("Moderasi"), "moderation.index"), moderation.may_moderate),
    (Door(_l("Edisi"), "editions.drafts"), editions.may_prepare),
    (Door(_l("Survei"), "surveys.manage"), surveys.may_enter),
    (Door(_l("Kelola forum"), "forum.arrangement"), forum.may_arrange),
    (Door(_l("Administrasi"), "administration.index"), administration.may_administer),
)
FOOT = (
    Door(_l("Lacak laporan"), "following.track"),
    Door(_l("Cara kami menghitung"), "statistics.definitions"),
    Door(_l("Edisi statistik"), "editions.index"),
    Door(_l("Survei"), "surveys.index"),
    Door(_l("Di luar pemerintah kota"), "outside_bodies.index"),
    Door(_l("Tata tertib"), "moderation.house_rules"),
    Door(_l("Catatan moderasi"), "moderation.log"),
    Door(_l("Catatan publik"), "ledger.index"),
    Door(_l("Pemberitahuan privasi"), "accounts.privacy"),
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
    return {
        "rooms": {
            "public": _rooms((FILING, *PUBLIC)),
            "own": _rooms((WAITING, *_doors_of(user))) if user else [],
            "foot": _rooms(FOOT),
        }
    }


def _doors_of(user: User) -> Sequence[Door]:
    return [door for door, may_enter in STAFF if may_enter(user)] or OWN


def _rooms(doors: Iterable[Door]) -> list[Room]:
    """The rooms in their order; the one with the longest address that leads here is the current one."""
    here = request.script_root + request.path
    rooms = [(door, _address(door.endpoint, request.script_root)) for door in doors]
    leading = {door.endpoint: len(url) for door, url in rooms if _leads(door, url, here)}
    current = max(leading, key=lambda endpoint: leading[endpoint], default=None)
    return [Room(door.label, url, door.endpoint == current) for door, url in rooms]


def _leads(door: Door, url: str, here: str) -> bool:
    return here.startswith(url.rstrip("/")) or request.path.startswith(door.also)


@lru_cache(maxsize=128)
def _address(endpoint: str, root: str) -> str:
    """A room stands at one address per language (`root`); building a dozen took a third of the menu."""
    return url_for(endpoint)
