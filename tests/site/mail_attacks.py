"""Attacks that come by mail: as replies that are taken, and as mail that only administrators see."""

from base64 import b64encode
from typing import Any

from portal.db import db
from portal.mailroom import services, taking
from portal.mailroom.models import InboundMail
from portal.mailroom.rules import quoting, reading
from portal.mailroom.taking import Reply
from portal.notifications.letters import MARK
from portal.notifications.models import Notification
from portal.notifications.replies import Replying
from tests.builders import MONDAY, make_forum_category, make_report, make_thread


def write_mail(hall: Any) -> None:
    """The reporter, the official and a neighbour reply; somebody unknown writes too."""
    report = make_report(hall.category, by=hall.resident, title=hall.ink.line(120), body=hall.ink.text(3000))
    _reply(hall, hall.holder, f"duty:{report.number}", Replying.DUTY)
    _reply(hall, hall.resident, f"report:{report.number}", Replying.MESSAGE)
    thread = make_thread(make_forum_category(), title=hall.ink.line(120))
    _reply(hall, hall.neighbour, thread.subject, Replying.POST)
    services.keep(_message(hall), at=MONDAY)
    services.handle(db.session.scalars(db.select(InboundMail)).one(), at=MONDAY)


def _reply(hall: Any, reader: Any, about: str, replying: Replying) -> None:
    text = quoting.written(reading.read(_message(hall)).text, mark=MARK)
    letter = Notification(about=about, user_id=reader.id, address=reader.email)
    taking.take(Reply(letter=letter, user=reader, text=text, key=about, at=MONDAY), replying)


def _message(hall: Any) -> bytes:
    subject, text = (b64encode(words.encode()) for words in (hall.ink.line(300), hall.ink.text(2000)))
    return (
        b"From: =?utf-8?b?%b?= <a@contoh.id>\r\nSubject: =?utf-8?b?%b?=\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n%b\r\n"
        % (subject, subject, text)
    )
