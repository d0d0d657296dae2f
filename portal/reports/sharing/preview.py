"""What others see of a report before they open it: title, sentence, picture, and where it is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from urllib.parse import quote

from flask import url_for

from portal import config
from portal.deadlines.presentation import ClockValue
from portal.i18n import _, format_number
from portal.reports import labels, listing, policy
from portal.reports.models import Report
from portal.reports.rules import ANONYMOUS_DIGITS, COORDINATE_DIGITS, RUNNING, ReportState
from portal.reports.sharing.drawing import Card

TONES = {"late": "late", "waiting": "wait", "met": "met"}


@dataclass(frozen=True)
class Preview:
    """Every address is absolute: other sites read them."""

    title: str
    description: str
    url: str
    image_url: str
    image_alt: str
    feed_url: str


@dataclass(frozen=True)
class Point:
    """Where it is, as exactly as everybody may know."""

    words: str
    map_url: str  # of a map elsewhere, for those without JavaScript
    pins_url: str
    lat: float
    lon: float
    zoom: int


def of(report: Report, clocks: Sequence[ClockValue]) -> Preview:
    shown = card(report, clocks)
    site = config.current().public_url
    return Preview(
        title=listing.title_of(report),
        description=" ".join(part for part in (f"{shown.state}.", shown.due, _place(shown)) if part),
        url=site + url_for("reports.show", number=report.number),
        image_url=site + url_for("sharing.picture", number=report.number, v=version(shown)),
        image_alt=" · ".join(part for part in (shown.kind, shown.number, shown.state) if part),
        feed_url=site + url_for("sharing.feed", number=report.number),
    )


def card(report: Report, clocks: Sequence[ClockValue]) -> Card:
    """What the picture says. Of a confidential report only that there is one, and how it stands."""
    settings = config.current()
    clock = clocks[0] if clocks and report.state in RUNNING else None
    neutral = Card(
        theme=settings.theme,
        city=settings.city_name,
        number=report.number,
        kind=_("Laporan rahasia") if report.is_confidential else str(labels.KIND[report.kind]),
        state=listing.state(report),
        tone=_tone(report, clock),
    )
    if report.is_confidential:
        return neutral
    told = {
        "category": labels.category_name(report.category),
        "place": report.area.name if report.area else "",
        "due": clock.sentence if clock else "",
    }
    return Card(**{**asdict(neutral), **told})


def version(shown: Card) -> str:
    """Changes with what the picture says, so that whoever keeps a picture never keeps an old one."""
    return blake2b(repr(shown).encode(), digest_size=6).hexdigest()


def message_url(preview: Preview) -> str:
    """Opens the messenger that most people here have, with the title and the address typed."""
    return f"https://wa.me/?text={quote(f'{preview.title} {preview.url}')}"


def point(report: Report) -> Point | None:
    """None for confidential ones, and where nobody said where it is: the public row holds no point then."""
    if report.lat is None or report.lon is None or not policy.is_published(report):
        return None
    lat, lon = report.lat, report.lon  # already as coarse as rules.py says
    digits = ANONYMOUS_DIGITS if report.is_anonymous else COORDINATE_DIGITS
    words = {"lat": format_number(lat, digits), "lon": format_number(lon, digits)}
    return Point(
        words=_("Kira-kira di lintang %(lat)s, bujur %(lon)s.", **words)
        if report.is_anonymous
        else _("Lintang %(lat)s, bujur %(lon)s.", **words),
        map_url=f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}",
        pins_url=url_for("sharing.place", number=report.number),
        lat=lat,
        lon=lon,
        zoom=15 if report.is_anonymous else 17,
    )


def _place(shown: Card) -> str:
    about = ", ".join(part for part in (shown.category, shown.place) if part)
    return f"{about}." if about else ""


def _tone(report: Report, clock: ClockValue | None) -> str:
    if clock is None:
        return "met" if report.state is ReportState.ANSWERED else "quiet"
    return TONES.get(clock.tone, "running")
