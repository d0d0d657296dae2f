"""Links that prove something: signed, for one purpose, until a time."""

from datetime import UTC, datetime
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from portal import config


def sign(purpose: str, *, until: datetime, **claims: Any) -> str:
    """A token for an address: it says `claims` for `purpose` only, until that moment."""
    return str(_serializer(purpose).dumps({**claims, "until": int(until.timestamp())}))


def read(purpose: str, token: str, *, at: datetime) -> dict[str, Any] | None:
    """What the token says, or None when it is forged, for another purpose, or too old."""
    try:
        claims: dict[str, Any] = _serializer(purpose).loads(token)
    except BadData:
        return None
    return claims if datetime.fromtimestamp(claims["until"], UTC) >= at else None


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt=f"portal.links.{purpose}")
