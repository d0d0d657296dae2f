"""Mail that came in, and how much of it somebody sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import defer

from portal.db import db
from portal.mailroom.models import InboundMail
from portal.mailroom.rules.states import MailState

PAGE_SIZE = 50


def mails(state: MailState | None, before_id: int | None) -> Sequence[InboundMail]:
    """A page of mail, latest first, without its bytes, and one more when an older page follows."""
    query = select(InboundMail).options(defer(InboundMail.raw)).order_by(InboundMail.id.desc())
    if state is not None:
        query = query.where(InboundMail.state == state)
    if before_id:
        query = query.where(InboundMail.id < before_id)
    return db.session.scalars(query.limit(PAGE_SIZE + 1)).all()


def taken_since(sender: str, since: datetime) -> int:
    """How many mails of an address became something since then."""
    return _count(
        InboundMail.sender == sender,
        InboundMail.state == MailState.TAKEN,
        InboundMail.handled_at >= since,
    )


def answered_since(since: datetime, sender: str | None = None) -> int:
    """How many senders, or this one, were told since then that a mail was not taken."""
    conditions = [InboundMail.answered_at >= since]
    if sender is not None:
        conditions.append(InboundMail.sender == sender)
    return _count(*conditions)


def held_before(moment: datetime, limit: int) -> Sequence[int]:
    """Ids of mails handled before then whose bytes are still kept."""
    return db.session.scalars(
        select(InboundMail.id)
        .where(InboundMail.handled_at < moment, InboundMail.raw.is_not(None))
        .order_by(InboundMail.id)
        .limit(limit)
    ).all()


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(InboundMail).where(*conditions)) or 0
