"""A letter whose group can be ended, and a mail that came in."""

from typing import Any

from portal.accounts.models import User
from portal.db import db
from portal.mailroom import services
from portal.mailroom.models import InboundMail
from portal.notifications import muting
from portal.notifications import services as notifications
from portal.notifications.models import Notification
from tests.builders import MONDAY


def parts(reader: User | None) -> dict[str, dict[str, Any]]:
    """Values for the addresses of these rooms."""
    if reader is not None:
        notifications.tell(
            notifications.to_user(reader),
            "project_ideas_decided",
            key="example",
            at=MONDAY,
            path="/projects",
            project="Taman",
        )
    letter = db.session.scalars(db.select(Notification).filter_by(key="example")).one()
    services.keep(b"From: warga@contoh.id\r\nSubject: Halo\r\n\r\nSudah terang.\r\n", at=MONDAY)
    mail = db.session.scalars(db.select(InboundMail)).one()
    token = (muting.path(letter) or "").split("/")[2]
    return {"notifications": {"token": token}, "inbound": {"mail_id": mail.id}}
