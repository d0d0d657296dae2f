"""The demo's mail: the newest letters lie in its post box, and some replies have come in."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from sqlalchemy import ColumnElement

from portal import config
from portal.accounts.models import User
from portal.db import db
from portal.demo.city import ACCOUNTS
from portal.mailroom import services
from portal.mailroom.models import InboundMail
from portal.notifications import mail, replies
from portal.notifications import services as notifications
from portal.notifications.models import Notification
from portal.notifications.replies import REPLYING, Replying

LETTERS = 40  # enough to look around in
OWN = 8  # the demo's resident finds theirs among them, also the question that can be answered by reply
RESIDENT = "warga@"
ABOUT_TALK = [kind for kind, becomes in REPLYING.items() if becomes is Replying.POST]
CHOICES = {"forum": "summary", "meetings": "portal"}
THANKS = "Terima kasih, kami tunggu kabarnya.\n\nDikirim dari iPhone saya"


def happen(at: datetime) -> None:
    """Lay the newest letters out; a resident replies to one, and a machine to another, where a mailbox
    takes replies."""
    settings = config.current()
    if not settings.smtp_url:
        for letter in _laid_out():
            mail.send(mail.pack(letter, settings), settings)
    _choose()
    if settings.reply_mailbox:
        for serial, letter in enumerate(_newest(2, Notification.kind.in_(ABOUT_TALK))):
            _receive(_reply(letter, is_automatic=serial == 1), at)


def _laid_out() -> list[Notification]:
    """The city's newest, and the resident's own, which are older."""
    own = _newest(OWN, Notification.address == _resident())
    return [*own, *(one for one in _newest(LETTERS) if one not in own)]


def _resident() -> str:
    return next(account.email for account in ACCOUNTS if account.email.startswith(RESIDENT))


def _newest(count: int, *conditions: ColumnElement[bool]) -> Sequence[Notification]:
    return db.session.scalars(
        db.select(Notification)
        .where(Notification.address.is_not(None), *conditions)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
        .limit(count)
    ).all()


def _choose() -> None:
    notifications.choose(db.session.scalars(db.select(User).filter_by(email=_resident())).one(), CHOICES)


def _reply(letter: Notification, *, is_automatic: bool) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = letter.address
    message["To"] = replies.address(letter, config.current())
    message["Subject"] = f"Balasan otomatis: {letter.subject}" if is_automatic else f"Re: {letter.subject}"
    message["Message-ID"] = f"<{letter.id}@demo.balaiwarga.example>"
    message.set_content("Saya sedang cuti sampai Jumat." if is_automatic else THANKS)
    return message


def _receive(message: EmailMessage, at: datetime) -> None:
    services.keep(message.as_bytes(policy=SMTP), at=at)
    kept = db.session.scalars(db.select(InboundMail).order_by(InboundMail.id.desc()).limit(1)).one()
    services.handle(kept, at=at)
