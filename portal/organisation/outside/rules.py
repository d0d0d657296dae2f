"""How a channel is written, and what a tap on it does."""

import re
from urllib.parse import quote

from portal.organisation.rules import ChannelKind

NUMBER = re.compile(r"\+?[\d .()-]{3,30}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
COUNTRY = "62"  # numbers that begin with 0 are Indonesian


def is_written_well(kind: ChannelKind, value: str) -> bool:
    """Does the value look like what its kind promises?"""
    shapes = {
        ChannelKind.PHONE: NUMBER,
        ChannelKind.WHATSAPP: NUMBER,
        ChannelKind.WEB: ADDRESS,
        ChannelKind.EMAIL: EMAIL,
    }
    shape = shapes.get(kind)
    return bool(value.strip()) and (shape is None or shape.fullmatch(value.strip()) is not None)


def address(kind: ChannelKind, value: str) -> str | None:
    """Where a tap leads (`tel:`, `mailto:`, `https:`); None for what is only read, like a counter."""
    if not is_written_well(kind, value):
        return None
    text = value.strip()
    if kind is ChannelKind.PHONE:
        return f"tel:{_digits(text)}"
    if kind is ChannelKind.WHATSAPP:
        return f"https://wa.me/{_international(_digits(text))}"
    if kind is ChannelKind.EMAIL:
        return f"mailto:{quote(text, safe='@+')}"
    return text if ADDRESS.fullmatch(text) and kind is not ChannelKind.COUNTER else None


def shown(kind: ChannelKind, value: str) -> str:
    """The value as people say it: an address without its protocol."""
    return re.sub(r"^https?://(www\.)?", "", value.strip()).rstrip("/") if kind is ChannelKind.WEB else value


def _digits(text: str) -> str:
    return re.sub(r"[^\d+]", "", text)


def _international(number: str) -> str:
    bare = number.lstrip("+")
    return COUNTRY + bare[1:] if bare.startswith("0") else bare
