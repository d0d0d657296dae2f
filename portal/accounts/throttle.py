"""Slow down whoever guesses the password of an address."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from portal.accounts.models import SignInThrottle
from portal.accounts.rules import SIGN_IN_PAUSE, SIGN_IN_TRIES, fold_email
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l, format_time

REMEMBERED = timedelta(days=1)


def check(email: str, *, at: datetime) -> None:
    """Refuse calmly while the address must wait."""
    row = _row(email)
    if row and row.paused_until and row.paused_until > at:
        raise DomainError(
            _l(
                "Terlalu banyak percobaan dengan alamat ini. Coba lagi setelah pukul %(time)s, "
                "atau buat kata sandi baru lewat “Lupa kata sandi”.",
                time=format_time(row.paused_until),
            )
        )


def count(email: str, *, at: datetime) -> None:
    """One more wrong password in a row; too many begin a pause."""
    row = _row(email) or _new_row(email, at)
    row.failed_count = row.failed_count + 1 if row.failed_at > at - REMEMBERED else 1
    row.failed_at = at
    if row.failed_count >= SIGN_IN_TRIES:
        row.failed_count, row.paused_until = 0, at + SIGN_IN_PAUSE


def forget(email: str) -> None:
    """The right password, or a proven address, ends the count."""
    db.session.execute(db.delete(SignInThrottle).where(SignInThrottle.address_digest == _digest(email)))


def forget_old(*, at: datetime) -> None:
    db.session.execute(db.delete(SignInThrottle).where(SignInThrottle.failed_at < at - REMEMBERED))


def _row(email: str) -> SignInThrottle | None:
    # Locked, so that guesses sent at the same moment are counted one after the other.
    return db.session.get(SignInThrottle, _digest(email), with_for_update=True)


def _new_row(email: str, at: datetime) -> SignInThrottle:
    try:
        with db.session.begin_nested():
            row = SignInThrottle(address_digest=_digest(email), failed_count=0, failed_at=at)
            db.session.add(row)
        return row
    except IntegrityError:
        return db.session.get_one(SignInThrottle, _digest(email), with_for_update=True)


def _digest(email: str) -> str:
    return hashlib.sha256(fold_email(email).encode()).hexdigest()
