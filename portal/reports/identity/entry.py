"""Opening a report without an account: the code finds it, the words open it, and guesses are slowed down.

A code that no report has and words that do not fit are the same to whoever asks: the same answer, after the
same work, with the same brake.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from portal.accounts import passwords
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l, format_time
from portal.reports import queries, tracking
from portal.reports.identity.models import GuessBrake
from portal.reports.models import Report

TRIES = 10  # for one code; four words have too many in stock for that to matter
PAUSE = timedelta(minutes=15)
REMEMBERED = timedelta(days=1)


def opened(code: str, passphrase: str, *, at: datetime) -> Report | None:
    """The report that both open; None when they do not. Raises DomainError while its code must wait."""
    digest = tracking.digest(code)
    brake = _brake(digest)
    if brake is not None and brake.paused_until is not None and brake.paused_until > at:
        raise DomainError(
            _l(
                "Terlalu banyak percobaan dengan kode ini. Coba lagi setelah pukul %(time)s.",
                time=format_time(brake.paused_until),
            )
        )
    report = queries.by_code(digest)
    kept = report.reporter.passphrase_hash if report else None
    if passwords.matches(tracking.read_passphrase(passphrase), kept):
        db.session.execute(delete(GuessBrake).where(GuessBrake.code_digest == digest))
        return report
    _count(brake or _new_brake(digest, at), at)
    return None


def opened_with_number(number: str, code: str) -> Report | None:
    """The report of a receipt that was given before words belonged to the code."""
    return queries.by_tracking(number, tracking.digest_with_number(number, code))


def forget_old_brakes(at: datetime) -> None:
    db.session.execute(delete(GuessBrake).where(GuessBrake.failed_at < at - REMEMBERED))


def _brake(digest: str) -> GuessBrake | None:
    # Locked, so that guesses sent at the same moment are counted one after the other.
    return db.session.get(GuessBrake, digest, with_for_update=True)


def _new_brake(digest: str, at: datetime) -> GuessBrake:
    try:
        with db.session.begin_nested():
            brake = GuessBrake(code_digest=digest, failed_count=0, failed_at=at)
            db.session.add(brake)
        return brake
    except IntegrityError:
        return db.session.get_one(GuessBrake, digest, with_for_update=True)


def _count(brake: GuessBrake, at: datetime) -> None:
    brake.failed_count = brake.failed_count + 1 if brake.failed_at > at - REMEMBERED else 1
    brake.failed_at = at
    if brake.failed_count >= TRIES:
        brake.failed_count, brake.paused_until = 0, at + PAUSE
