"""Hear no more: by the link in a letter, without signing in, for the kinds that nobody needs to get."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from portal.accounts import links
from portal.accounts.models import User
from portal.db import db
from portal.jobs.services import insert
from portal.notifications import rules, sealed
from portal.notifications.models import FailingAddress, MutedAddress, Notification
from portal.notifications.rules import KINDS, Channel, Group, address_digest, group_of

VALID = timedelta(days=365)
PURPOSE = "mute"


def path(notification: Notification) -> str | None:
    """The page that ends letters of this kind to this reader; None where they always go out, and for a sealed
    reader, whose press would tie the letter to an account: those choose on a page of their own."""
    if notification.sealed_for is not None:
        return sealed.ending_path(notification.sealed_for)
    if not KINDS[group_of(notification.kind)].is_adjustable:
        return None
    token = links.sign(PURPOSE, until=notification.created_at + VALID, letter=notification.id)
    return f"/letters/{token}/mute"


def letter_of(token: str, *, at: datetime) -> Notification | None:
    """The letter that a link stood in; None when it is forged or too old."""
    claims = links.read(PURPOSE, token, at=at)
    return db.session.get(Notification, claims["letter"]) if claims else None


def is_muted(notification: Notification) -> bool:
    """Did its reader end letters of its kind?"""
    group = group_of(notification.kind)
    if notification.user_id is not None:
        user = db.session.get_one(User, notification.user_id)
        return rules.channel(group, user.letter_choices, user.roles) is not Channel.LETTER
    muted = select(MutedAddress.group).filter_by(address_digest=_digest(notification), group=group)
    return db.session.scalar(muted) is not None


def mute(notification: Notification, *, at: datetime) -> None:
    """No more letters of its kind to its reader; whoever has an account still reads them in the portal."""
    group = group_of(notification.kind)
    if notification.user_id is None:
        row = {"address_digest": _digest(notification), "group": group, "muted_at": at}
        db.session.execute(insert(MutedAddress).values(**row).on_conflict_do_nothing())
    elif not is_muted(notification):
        offered = KINDS[group].offered
        _choose(notification, group, Channel.PORTAL if Channel.PORTAL in offered else Channel.NONE)


def unmute(notification: Notification) -> None:
    """Letters of its kind again."""
    group = group_of(notification.kind)
    if notification.user_id is not None:
        _choose(notification, group, Channel.LETTER)
        return
    digest = _digest(notification)
    db.session.execute(
        delete(MutedAddress).where(MutedAddress.address_digest == digest, MutedAddress.group == group)
    )


def holds_back(notification: Notification) -> bool:
    """Must the letter not go out after all? Asked at the last moment, since both may have changed."""
    if notification.address is None:
        return True
    if KINDS[group_of(notification.kind)].is_adjustable and is_muted(notification):
        return True
    return is_failing(notification.address)


def is_failing(address: str) -> bool:
    """Came letters to it back so often that no more go there?"""
    found = db.session.get(FailingAddress, address_digest(address))
    return found is not None and found.bounce_count >= rules.BOUNCES_BEFORE_PAUSE


def note_bounce(address: str, *, at: datetime) -> None:
    """A letter came back for good."""
    row = {"address_digest": address_digest(address), "bounce_count": 1, "bounced_at": at}
    db.session.execute(
        insert(FailingAddress)
        .values(**row)
        .on_conflict_do_update(
            index_elements=[FailingAddress.address_digest],
            set_={"bounce_count": FailingAddress.bounce_count + 1, "bounced_at": at},
        )
    )


def failure(address: str) -> FailingAddress | None:
    """How often letters to an address came back, when they did."""
    return db.session.get(FailingAddress, address_digest(address), populate_existing=True)


def try_again(address: str) -> None:
    """The person says that the address works: what came back is forgotten."""
    found = failure(address)
    if found is not None:
        db.session.delete(found)


def _choose(notification: Notification, group: Group, channel: Channel) -> None:
    user = db.session.get_one(User, notification.user_id)
    user.letter_choices = {**user.letter_choices, group.value: channel.value}


def _digest(notification: Notification) -> str:
    return address_digest(notification.address or "")
