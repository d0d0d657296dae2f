"""How fast one person may write comments and notes: a lively evening, not a machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_limiter import RateLimitExceeded
from flask_login import current_user

from portal.errors import DomainError
from portal.i18n import _l
from portal.security import limiter

LIMIT = "30 per hour"


@contextmanager
def slowly() -> Iterator[None]:
    """Counted by account: a whole kampung may stand behind one address. Raises DomainError when it is
    too much, so that what was typed stays in the form."""
    try:
        with limiter.limit(LIMIT, key_func=lambda: f"projects:{current_user.id}"):
            yield
    except RateLimitExceeded as exceeded:
        raise DomainError(
            _l("Anda menulis cepat sekali. Tunggu sebentar, lalu kirim lagi; tulisan Anda masih ada di sini.")
        ) from exceeded
