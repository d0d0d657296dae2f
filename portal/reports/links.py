"""Signed links that open a report's private page without its code, for a day."""

from itsdangerous import BadData, URLSafeTimedSerializer

from portal import config

VALID_SECONDS = 24 * 60 * 60


def sign(number: str) -> str:
    return _serializer().dumps(number)


def read(token: str) -> str | None:
    """The report's number; None when the link is forged or over."""
    try:
        return str(_serializer().loads(token, max_age=VALID_SECONDS))
    except BadData:
        return None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.current().secret_key, salt="report-link")
