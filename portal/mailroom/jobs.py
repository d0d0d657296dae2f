"""What happens to mail by itself: it is fetched, looked at, and its bytes are forgotten."""

from datetime import datetime, timedelta
from typing import Any

import structlog

from portal import config
from portal.db import db, transaction
from portal.jobs import registry
from portal.mailroom import intake_senders, mailbox, services, summaries
from portal.mailroom.models import InboundMail
from portal.notifications import services as post

log = structlog.get_logger()


@registry.handler("mailroom.handle")
def handle(payload: dict[str, Any], at: datetime) -> None:
    """One mail. What breaks on it once would break again: it is kept for the administrator."""
    mail = db.session.get(InboundMail, payload["mail_id"], with_for_update=True)
    if mail is None:
        return
    try:
        with db.session.begin_nested():
            services.handle(mail, at=at)
    except Exception:
        log.exception("mail not handled", mail=mail.id)
        db.session.refresh(mail)
        services.give_up(mail, at=at)


@registry.long_periodic("mailroom.fetch", every=timedelta(minutes=1))
def fetch(at: datetime) -> None:
    """What lies in the mailbox; each message is marked as read only after it was put aside."""
    if config.current().imap_url:
        mailbox.fetch(config.current().imap_url, keep=lambda raw: _keep(raw, at))


@registry.periodic("mailroom.write-summaries", every=timedelta(minutes=5))
def write_summaries(at: datetime) -> bool:
    return summaries.write_due(at)


@registry.periodic("mailroom.forget-raw", every=timedelta(days=1))
def forget_raw(at: datetime) -> bool:
    return services.forget_raw(at)


@registry.periodic("mailroom.forget-senders", every=timedelta(hours=1))
def forget_senders(at: datetime) -> None:
    """Nothing of those who wrote to the intake address outlives a day, not even a letter that never left."""
    intake_senders.forget(at)
    post.forget_readers(at)


def _keep(raw: bytes, at: datetime) -> None:
    with transaction():
        services.keep(raw, at=at)
