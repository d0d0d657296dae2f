"""How much one sender wrote today, without knowing who it was.

A sender is kept as a digest with a salt of the day. Both go soon after the day, and then not even
whoever holds the portal's key can tell who wrote.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.sql.elements import SQLColumnExpression

from portal.accounts.rules import fold_email
from portal.db import db
from portal.jobs.services import insert
from portal.mailroom.models import InboundMail, IntakeSalt
from portal.mailroom.rules.states import MailState

KEPT = timedelta(days=1)
SALT_BYTES = 16


def digest(sender: str, at: datetime) -> str:
    """The same for the same address on the same day (UTC)."""
    day = at.date()
    made = {"day": day, "salt": secrets.token_hex(SALT_BYTES)}
    db.session.execute(insert(IntakeSalt).values(**made).on_conflict_do_nothing())
    salt = db.session.scalar(select(IntakeSalt.salt).where(IntakeSalt.day == day)) or ""
    return hmac.digest(bytes.fromhex(salt), fold_email(sender).encode(), hashlib.sha256).hex()


def drafted_since(since: datetime, sender_digest: str | None = None) -> int:
    """How many mails became a draft since then, of everybody or of one sender."""
    conditions = [
        InboundMail.is_intake,
        InboundMail.state == MailState.TAKEN,
        InboundMail.handled_at >= since,
    ]
    return _count(conditions, sender_digest)


def told_since(since: datetime, sender_digest: str | None = None) -> int:
    """How many refusals were told since then, to everybody or to one sender."""
    return _count([InboundMail.is_intake, InboundMail.answered_at >= since], sender_digest)


def forget(at: datetime) -> None:
    """What a day needed goes with it."""
    db.session.execute(
        update(InboundMail)
        .where(InboundMail.sender_digest.is_not(None), InboundMail.received_at < at - KEPT)
        .values(sender_digest=None)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(delete(IntakeSalt).where(IntakeSalt.day < (at - KEPT).date()))


def _count(conditions: list[SQLColumnExpression[bool]], sender_digest: str | None) -> int:
    if sender_digest is not None:
        conditions = [*conditions, InboundMail.sender_digest == sender_digest]
    return db.session.scalar(select(func.count()).select_from(InboundMail).where(*conditions)) or 0
