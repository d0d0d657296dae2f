"""Where a draft's matter is: what a name or a point offers, and what of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.i18n import _
from portal.organisation.outside import labels as outside
from portal.organisation.outside import queries as bodies
from portal.places import queries as places
from portal.places.queries import AreaRow, Located
from portal.places.rules import Level
from portal.routing.queries import city_day

Point = tuple[float, float]  # latitude and longitude, WGS 84 degrees

UNKNOWN = "unknown"  # chosen in place of an area: a moderator reads it from the description


@dataclass(frozen=True)
class Offered:
    """Areas to choose from, the likeliest first, and which of them is chosen already. `told` says what a
    point gave; outside the city `neighbours` answer for where it lies."""

    areas: Sequence[AreaRow] = ()
    chosen: str = ""
    told: str = ""
    has_point: bool = False
    neighbours: list[outside.Body] = field(default_factory=list)
    is_outside: bool = False


def at_point(point: Point, at: datetime, *, chosen: str = "") -> Offered:
    """What the boundaries say of a point; an area chosen before stays chosen."""
    located = places.locate(*point)
    if located.code is None:
        around = [outside.told(body) for body in bodies.neighbours(city_day(at))]
        return Offered(areas=_areas(chosen), chosen=chosen, neighbours=around, is_outside=True)
    found = _areas(located.code, *located.next_door, chosen)
    return Offered(found, chosen or located.code, _told(located, found[0]), has_point=True)


def by_name(wanted: str) -> Offered:
    """Areas of that name. The only one that fits need not be chosen by hand."""
    found = places.named(wanted)
    return Offered(found, found[0].code if len(found) == 1 else "")


def chosen_before(chosen: str) -> Offered:
    """The area that was chosen on an earlier visit."""
    return Offered(_areas(chosen), chosen)


def kept(chosen: str, point: Point | None) -> dict[str, Any]:
    """What the draft keeps of a choice and a point. A point outside the city was a wrong position: it is
    not kept. Inside, both stay: what the boundaries say, and what the resident knows better."""
    located = places.locate(*point) if point else Located()
    lat, lon = point if point and located.code else (None, None)
    chosen = chosen or located.code or ""
    is_known = bool(chosen and chosen != UNKNOWN and _areas(chosen))
    return {
        "lat": lat,
        "lon": lon,
        "found_area": located.code or "",
        **({"area": chosen, "area_unknown": False} if is_known else {}),
        **({"area": "", "area_unknown": True} if chosen == UNKNOWN else {}),
    }


def area_name(area: Any) -> str:
    """Names repeat in a city, so the kecamatan always stands beside them."""
    if area.level == Level.DISTRICT:
        return _("Kecamatan %(name)s (kelurahan tidak diketahui)", name=area.name)
    return _("%(village)s, Kecamatan %(district)s", village=area.name, district=area.district or "")


def _areas(*codes: str) -> list[AreaRow]:
    return places.areas([code for code in dict.fromkeys(codes) if code and code != UNKNOWN])


def _told(located: Located, area: AreaRow) -> str:
    words = {"area": area_name(area)}
    if not located.is_drawn:
        return _("Wilayah yang paling dekat dengan titik ini: %(area)s.", **words)
    if located.metres:
        return _(
            "Titik ini sekitar %(metres)s meter di luar garis batas, jadi kami anggap di %(area)s.",
            metres=max(10, round(located.metres, -1)),
            **words,
        )
    return _("Titik ini di %(area)s.", **words)
