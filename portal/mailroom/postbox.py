"""The letters that the demo wrote into files instead of sending them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import make_msgid, parsedate_to_datetime
from pathlib import Path

from flask import abort

from portal import config
from portal.notifications import mail

SHOWN = 50
LOOKED_THROUGH = 500  # each is a file to open
ATTRIBUTION = {  # as mail programs write it
    "id": "Pada {:%d/%m/%y %H.%M}, Balai Warga menulis:",
    "en": "On {:%d/%m/%y %H:%M}, Balai Warga wrote:",
}
NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Mail:
    """A letter as its reader gets it."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    body: str
    reply_to: str  # empty where it cannot be answered
    message_id: str


def latest(to: str = "") -> list[Mail]:
    """The newest letters, first the latest; only those to addresses that contain `to`, when given."""
    found = (mail for mail in _newest() if to.casefold() in mail.to.casefold())
    return [mail for mail, _ in zip(found, range(SHOWN), strict=False)]


def letter_or_404(name: str) -> Mail:
    path = _folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        abort(404)
    return _read(path)


def reply(letter: Mail, text: str, *, language: str, at: datetime) -> EmailMessage:
    """What the reader's mail program would send: their words above the quoted letter."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = letter.to, letter.reply_to
    message["Subject"] = f"Re: {letter.subject}"
    message["Date"] = at
    message["Message-ID"] = make_msgid(domain=letter.to.rpartition("@")[2])
    message["In-Reply-To"] = letter.message_id
    quoted = "\n".join(f"> {line}" for line in letter.body.splitlines())
    message.set_content(f"{text}\n\n{ATTRIBUTION[language].format(letter.sent_at)}\n\n{quoted}\n")
    return message


def mail_to_intake(sender: str, subject: str, text: str, *, at: datetime) -> EmailMessage:
    """What a mail program sends to the address that takes reports."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, config.current().intake_mailbox
    message["Subject"] = subject
    message["Date"] = at
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message.set_content(text)
    return message


def _newest() -> Iterator[Mail]:
    paths = sorted(_folder().glob("*.eml"), reverse=True)  # names begin with the time
    return map(_read, paths[:LOOKED_THROUGH])


def _folder() -> Path:
    return mail.folder(config.current())


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=default)
    return Mail(
        name=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=parsedate_to_datetime(str(message["Date"])),
        body=str(message.get_content()),
        reply_to=str(message["Reply-To"] or ""),
        message_id=str(message["Message-ID"]),
    )
