"""Tell people something, once, and by the way that they chose."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from portal import i18n
from portal.accounts.models import User
from portal.db import db
from portal.jobs import services as jobs
from portal.notifications import letters, rules
from portal.notifications.models import Notification
from portal.notifications.rules import Channel, Group, Recipient


def to_user(user: User) -> Recipient:
    """A person with an account: told in the portal and by letter."""
    return Recipient(user.id, user.email, user.language)


def tell(
    recipient: Recipient,
    letter: str,
    *,
    key: str,
    at: datetime,
    path: str,
    about: str | None = None,
    **values: Any,
) -> None:
    """Write to a person in their language; a second one with the same `key` is not made.

    `letter` names templates/letters/<letter>.txt, which reads `values`; `path` is the portal's page that
    it is about, without the language. Sent by a job after the commit. `key` should name the person too
    when several are told of the same. `about` names the matter ("report:MDN-26-000123") where the letter
    may be answered by mail: see replies.py. Whoever has an account is told as they chose for this kind.
    """
    if recipient.sealed_for is not None:
        _tell_sealed(recipient.sealed_for, letter, key=key, at=at, path=path, **values)
        return
    channel = _channel(recipient, letter)
    if channel is Channel.NONE or (recipient.user_id is None and recipient.address is None):
        return
    text = letters.write(letter, language=recipient.language, path=path, **values)
    address = recipient.address if channel is Channel.LETTER else None
    row = {
        "key": key,
        "kind": letter,
        "user_id": recipient.user_id,
        "address": address,
        "language": recipient.language,
        "subject": text.subject,
        "body": text.body,
        "path": path,
        "about": about,
        "awaits_summary": channel is Channel.SUMMARY,
        "created_at": at,
    }
    made = _make(row)
    if made is None:
        return
    if recipient.user_id is not None:
        _count_unread(recipient.user_id, by=1)
    if address is not None:
        _send(made, at)


def _tell_sealed(
    sealed_for: str, letter: str, /, *, key: str, at: datetime, path: str, **values: Any
) -> None:
    """Nothing of the reader may stand here, not even which language they speak or how they chose to be told:
    both are asked when the letter goes out. A reply by mail would name them, so it takes none."""
    texts = {
        language: letters.write(letter, language=language, path=path, **values) for language in i18n.LANGUAGES
    }
    made = _make(
        {
            "key": key,
            "kind": letter,
            "language": i18n.DEFAULT,
            "subject": "",
            "body": "",
            "path": path,
            "sealed_for": sealed_for,
            "texts": {language: [text.subject, text.body] for language, text in texts.items()},
            "awaits_summary": False,
            "created_at": at,
        }
    )
    if made is not None:
        _send(made, at)


def _make(row: Mapping[str, Any]) -> int | None:
    """The id of the new row; None when one of its key stands there."""
    inserted = jobs.insert(Notification).values(**row).on_conflict_do_nothing()
    made: int | None = db.session.scalar(inserted.returning(Notification.id))
    return made


def _send(notification_id: int, at: datetime) -> None:
    jobs.enqueue(
        "notifications.send", at=at, key=f"letter:{notification_id}", notification_id=notification_id
    )


def write_to(
    address: str, language: str, letter: str, *, key: str, at: datetime, path: str, **values: Any
) -> None:
    """A letter to an address alone: what it says stands nowhere in the portal."""
    tell(Recipient(None, address, language), letter, key=key, at=at, path=path, **values)


def note_sent(notification: Notification, *, at: datetime) -> None:
    """The letter is on its way; what only its reader may know is forgotten here."""
    notification.sent_at = at
    if notification.kind in rules.TRACELESS:
        notification.address = None
    if notification.user_id is None:
        notification.body = ""
        notification.texts = None


def choose(user: User, wanted: Mapping[str, str]) -> None:
    """How the person is told from now on, by group. What equals the default is not kept: it may change."""
    user.letter_choices = {
        group.value: wanted.get(group, user.letter_choices.get(group))
        for group in Group
        if wanted.get(group, user.letter_choices.get(group)) not in (None, rules.default(group, user.roles))
    }


def forget_readers(at: datetime) -> None:
    """Letters to people whom nothing may name, and that never left, forget them too."""
    db.session.execute(
        update(Notification)
        .where(
            Notification.kind.in_(rules.TRACELESS),
            Notification.address.is_not(None),
            Notification.created_at < at - timedelta(days=rules.TRACELESS_DAYS),
        )
        .values(address=None, body="")
        .execution_options(synchronize_session=False)
    )


def mark_read(user: User, *, at: datetime) -> None:
    """The person has seen the list."""
    db.session.execute(
        update(Notification)
        .where(Notification.user_id == user.id, Notification.read_at.is_(None))
        .values(read_at=at)
        .execution_options(synchronize_session=False)
    )
    user.unread_count = 0


def _count_unread(user_id: int, *, by: int) -> None:
    db.session.execute(
        update(User)
        .where(User.id == user_id)
        .values(unread_count=User.unread_count + by)
        .execution_options(synchronize_session=False)
    )


def _channel(recipient: Recipient, letter: str) -> Channel:
    """Whoever has no account can only mute, which is looked up when the letter goes out."""
    if recipient.user_id is None:
        return Channel.LETTER
    user = db.session.get_one(User, recipient.user_id)  # most often at hand already
    return rules.channel(rules.group_of(letter), user.letter_choices, user.roles)
