"""Addresses that a letter can be answered to: `balas+<token>@city` says which letter, and proves it.

The token is short enough for the 64 signs before the @ and of small letters only, since some mail servers
fold them. It is signed with the portal's key; nobody can make one for a letter that they did not get.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime, timedelta
from enum import StrEnum

from portal.config import Settings
from portal.notifications.models import Notification

VALID = timedelta(days=90)  # longer than any clock runs; afterwards the portal is the way
SIGNATURE_BYTES = 10  # 80 bits: not to be guessed through a mail server
TOKEN = re.compile(r"([0-9a-f]{1,15})-([a-z2-7]{16})", re.ASCII)

SIGNED_LINK = re.compile(r"https?://[^\s<>]{1,200}/(?:letters|track)/[^\s<>]{16,}")


class Replying(StrEnum):
    """What a reply to a letter becomes."""

    MESSAGE = "message"  # on the own report; answers an open question
    DUTY = "duty"  # an interim answer, or what the first line names
    DECISION = "decision"  # on a wish for more time, by the first line
    POST = "post"  # in the thread
    COMMENT = "comment"  # on the idea


REPLYING = {
    **dict.fromkeys(
        ("report_received", "report_question", "report_verified", "report_interim", "report_archived"),
        Replying.MESSAGE,
    ),
    **dict.fromkeys(
        (
            *("duty_new", "duty_message", "duty_replied", "duty_reopened", "duty_unanswered"),
            *("duty_moved", "escalation_remind", "escalation_warn"),
        ),
        Replying.DUTY,
    ),
    "extension_asked": Replying.DECISION,
    **dict.fromkeys(("forum_new_posts", "forum_question", "forum_interim", "forum_asked"), Replying.POST),
    **dict.fromkeys(("idea_question", "idea_reply"), Replying.COMMENT),
}


def replying(notification: Notification, settings: Settings) -> Replying | None:
    """What a reply to this letter becomes; None when it cannot be replied to."""
    if not settings.reply_mailbox or notification.about is None:
        return None
    return REPLYING.get(notification.kind)


def address(notification: Notification, settings: Settings) -> str:
    """The address that stands for this letter: for replies, and for its return when it is undeliverable."""
    local, _, domain = settings.reply_mailbox.rpartition("@")
    signature = _sign(notification.id, settings.secret_key)
    return f"{local}+{notification.id:x}-{signature}@{domain}"


def read(recipient: str, settings: Settings) -> int | None:
    """The id of the letter that an address stands for; None when it is none of ours, or forged."""
    local, _, domain = settings.reply_mailbox.casefold().rpartition("@")
    name, _, host = recipient.strip().strip("<>").casefold().rpartition("@")
    box, _, token = name.rpartition("+")
    found = TOKEN.fullmatch(token)
    if found is None or not domain or host != domain or box != local:
        return None
    notification_id = int(found[1], 16)
    genuine = hmac.compare_digest(found[2], _sign(notification_id, settings.secret_key))
    return notification_id if genuine and notification_id < 2**63 else None


def is_for_us(recipient: str, settings: Settings) -> bool:
    """Was it sent to the mailbox of replies, whatever its token says?"""
    local, _, domain = settings.reply_mailbox.casefold().rpartition("@")
    name, _, host = recipient.strip().strip("<>").casefold().rpartition("@")
    return bool(domain) and host == domain and name.partition("+")[0] == local


def without_tokens(text: str, settings: Settings) -> str:
    """The words without what only the reader of a letter may know, wherever a quote of it was left in: our
    reply addresses, and the links that act for whoever opens them."""
    local, _, domain = settings.reply_mailbox.rpartition("@")
    address = rf"{re.escape(local)}\+[0-9a-z-]+@{re.escape(domain)}"
    return SIGNED_LINK.sub("", re.sub(address, settings.reply_mailbox, text, flags=re.IGNORECASE))


def has_expired(notification: Notification, at: datetime) -> bool:
    return at > notification.created_at + VALID


def _sign(notification_id: int, secret: str) -> str:
    drawn = hmac.digest(secret.encode(), b"reply-address:%d" % notification_id, hashlib.sha256)
    return base64.b32encode(drawn[:SIGNATURE_BYTES]).decode().lower()
