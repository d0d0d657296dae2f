"""A portal that takes replies, and messages to send to it."""

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from flask import Flask

from portal import config
from portal.db import db, transaction
from portal.jobs import runner
from portal.mailroom import services
from portal.mailroom.models import InboundMail
from portal.notifications import replies
from portal.notifications.models import Notification
from tests.builders import MONDAY

REPLY_ADDRESS = "balas@kota.go.id"
Deliver = Callable[..., InboundMail]


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal is set to take replies."""
    settings = replace(app.extensions["settings"], reply_address=REPLY_ADDRESS)
    monkeypatch.setitem(app.extensions, "settings", settings)


@pytest.fixture
def deliver(mailbox: None) -> Deliver:
    """`deliver(message)` hands a message over as a mail server does, and lets the runner look at it."""

    def delivered(message: EmailMessage | bytes, at: Any = MONDAY) -> InboundMail:
        raw = message if isinstance(message, bytes) else message.as_bytes(policy=SMTP)
        with transaction():
            services.keep(raw, at=at)
        runner.drain_outbox()
        db.session.expire_all()
        return db.session.scalars(db.select(InboundMail).order_by(InboundMail.id.desc())).first()  # type: ignore[return-value]  # just delivered

    return delivered


def letter_to(kind: str, address: str | None = None) -> Notification:
    """The newest letter of a kind, to an address when given."""
    query = db.select(Notification).filter_by(kind=kind).order_by(Notification.id.desc())
    found = db.session.scalars(query.filter_by(address=address) if address else query).first()
    assert found is not None, f"no letter {kind}"
    return found


def reply_to(letter: Notification, text: str, **headers: str) -> EmailMessage:
    """What a mail program sends when somebody presses "reply"."""
    message = EmailMessage()
    message["From"] = f"Seseorang <{letter.address}>"
    message["To"] = replies.address(letter, config.current())
    message["Subject"] = f"Re: {letter.subject}"
    message["Message-ID"] = f"<{abs(hash((letter.id, text)))}@contoh.id>"
    for name, value in headers.items():
        name = name.replace("_", "-")
        del message[name]
        message[name] = value
    message.set_content(text)
    return message
