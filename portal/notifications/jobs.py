"""Carry letters to the mail server."""

from datetime import datetime
from typing import Any

from portal import config
from portal.db import db, transaction
from portal.jobs import registry
from portal.notifications import mail, muting, rules, sealed, services
from portal.notifications.mail import AddressRefused, Parcel
from portal.notifications.models import Notification


def carry(payload: dict[str, Any], at: datetime) -> None:
    """Hand the letter over, outside any transaction: a slow mail server must not hold the database.

    Of a sealed reader nothing is noted, not even that the address takes no letters.
    """
    with transaction():
        notification = db.session.get(Notification, payload["notification_id"])
        address = notification.address if notification else None
        is_sealed = notification is not None and rules.leaves_no_trace(notification)
        parcel = _parcel(notification, at) if notification and notification.sent_at is None else None
    if parcel:
        try:
            mail.send(parcel, config.current())
        except AddressRefused:
            if is_sealed:
                return
            with transaction():
                muting.note_bounce(address or "", at=at)
            raise


@registry.handler("notifications.send", first=carry)
def note_sent(payload: dict[str, Any], at: datetime) -> None:
    notification = db.session.get(Notification, payload["notification_id"])
    if notification and notification.sent_at is None and notification.held_at is None:
        services.note_sent(notification, at=at)


def _parcel(notification: Notification, at: datetime) -> Parcel | None:
    letter = sealed.addressed(notification)
    if letter is None:
        return None
    if muting.holds_back(letter):
        # What became of a sealed letter must not tell its reader's choices, so it passes for sent.
        if notification.sealed_for is None:
            notification.held_at = at
        return None
    return mail.pack(letter, config.current())
