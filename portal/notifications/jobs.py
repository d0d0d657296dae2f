"""Carry letters to the mail server."""

from datetime import datetime
from typing import Any

from portal import config
from portal.db import db, transaction
from portal.jobs import registry
from portal.notifications import mail, services
from portal.notifications.models import Notification


def carry(payload: dict[str, Any], at: datetime) -> None:
    """Hand the letter over, outside any transaction: a slow mail server must not hold the database."""
    with transaction():
        notification = db.session.get(Notification, payload["notification_id"])
        parcel = None
        if notification and notification.sent_at is None:
            parcel = mail.pack(notification, config.current())
    if parcel:
        mail.send(parcel, config.current())


@registry.handler("notifications.send", first=carry)
def note_sent(payload: dict[str, Any], at: datetime) -> None:
    notification = db.session.get(Notification, payload["notification_id"])
    if notification and notification.sent_at is None:
        services.note_sent(notification, at=at)
