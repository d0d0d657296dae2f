"""What channels are called, and what an outside body is to somebody who looks for help."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.i18n import _l, get_locale
from portal.organisation.models import Agency
from portal.organisation.outside import rules
from portal.organisation.rules import ChannelKind

CHANNEL: Mapping[ChannelKind, Any] = {
    ChannelKind.PHONE: _l("Telepon"),
    ChannelKind.WHATSAPP: _l("WhatsApp"),
    ChannelKind.WEB: _l("Situs"),
    ChannelKind.APP: _l("Aplikasi"),
    ChannelKind.EMAIL: _l("Surel"),
    ChannelKind.COUNTER: _l("Loket"),
}
ICON: Mapping[ChannelKind, str] = {
    ChannelKind.PHONE: "phone",
    ChannelKind.WHATSAPP: "message",
    ChannelKind.WEB: "external",
    ChannelKind.APP: "download",
    ChannelKind.EMAIL: "mail",
    ChannelKind.COUNTER: "map-pin",
}


@dataclass(frozen=True)
class Channel:
    """One way to reach a body; `url` is None where nothing can be tapped."""

    label: str
    icon: str
    value: str
    url: str | None
    note: str  # hours and what else to know


@dataclass(frozen=True)
class Body:
    """An outside body as pages and letters show it."""

    code: str
    name: str
    covers: str
    contact: str
    channels: list[Channel]
    categories: list[str]
    checked_on: date | None
    region: str = ""  # next to the city, that it governs


def told(agency: Agency, categories: Iterable[Any] = ()) -> Body:
    """The body in words; `categories` are those that belong to it (rows with both names)."""
    return Body(
        code=agency.code,
        name=agency.name,
        covers=agency.covers,
        contact=agency.contact,
        channels=[channel(one) for one in agency.channels],
        categories=[category_name(one) for one in categories],
        checked_on=agency.channels_checked_on,
        region=agency.neighbouring_region,
    )


def channel(row: Any) -> Channel:
    """One channel; takes whatever has its columns."""
    kind = ChannelKind(row.kind)
    return Channel(
        label=str(CHANNEL[kind]),
        icon=ICON[kind],
        value=rules.shown(kind, row.value),
        url=rules.address(kind, row.value),
        note=" · ".join(filter(None, (row.hours, row.note))),
    )


def category_name(category: Any) -> str:
    return str(category.name_en if str(get_locale()) == "en" else category.name_id)
