"""Mail to the intake address becomes a report draft, which its sender confirms by a private link.

Nothing is received or public before that. Of the sender nothing is kept once the answer is on its way:
the mail's own row keeps what became of it, and a digest that says nothing after a day.
"""

import hashlib
import hmac
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from portal import config, i18n
from portal.accounts.rules import is_email
from portal.attachments import services as attachments
from portal.errors import DomainError
from portal.jobs import services as jobs
from portal.mailroom import intake_senders as senders
from portal.mailroom.labels import REASON
from portal.mailroom.models import InboundMail
from portal.mailroom.rules import pictures, reading, stories
from portal.mailroom.rules.reading import Incoming
from portal.mailroom.rules.states import MailState, Reason
from portal.mailroom.rules.stories import Story
from portal.notifications import letters, replies
from portal.notifications import services as notifications
from portal.reports.filing import services as filing
from portal.reports.filing.rules import Answers, DraftPhoto
from portal.reports.rules import MAX_PHOTOS, Channel

DRAFTS_PER_HOUR = 5  # of one sender: an evening's worth of complaints, not a machine's
DRAFTS_PER_DAY = 15
ALL_PER_HOUR = 200  # of everybody: a flood waits, so that we do not flood the senders whom it forges
TOLD_PER_HOUR = 30  # refusals in all that are told
WAIT = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)


def is_addressed(recipients: Iterable[str]) -> bool:
    """Was it sent to the intake address?"""
    wanted = config.current().intake_mailbox.casefold()
    return bool(wanted) and any(_bare(one) == wanted for one in recipients)


def row(raw: bytes, incoming: Incoming, *, is_large: bool) -> dict[str, Any]:
    """The columns of a mail to the intake address that differ from any other's: nothing about its sender,
    and a key that tells nobody who wrote what. One that is too large may still tell its story."""
    secret = config.current().secret_key.encode()
    name = f"{incoming.message_id}\n{incoming.sender}".encode() if incoming.message_id else raw
    return {
        "key": "intake:" + hmac.digest(secret, name, hashlib.sha256).hex(),
        "recipient": config.current().intake_mailbox,
        "is_intake": True,
        "sender": "",
        "subject": "",
        "state": MailState.WAITING,
        "reason": Reason.TOO_LARGE if is_large else "",
        "handled_at": None,
    }


def handle(mail: InboundMail, *, at: datetime) -> None:
    """Draft a report and write to its sender, or say why not. Afterwards the mail's words are gone."""
    incoming = reading.read(mail.raw or b"")
    if incoming.bounce:
        mail.state = MailState.BOUNCE
    elif incoming.is_automatic or _is_ours(incoming.sender):
        mail.state = MailState.AUTOMATIC
    elif not is_email(incoming.sender):
        mail.state, mail.reason = MailState.REFUSED, Reason.INTAKE_SENDER
    elif _must_wait(mail, at):
        return
    else:
        _draft(mail, incoming, at)
    mail.handled_at, mail.raw = at, None


def _draft(mail: InboundMail, incoming: Incoming, at: datetime) -> None:
    mail.sender_digest = senders.digest(incoming.sender, at)
    story = stories.of(incoming, mark=letters.MARK)
    if _is_too_busy(mail.sender_digest, at):
        _refuse(mail, incoming.sender, Reason.INTAKE_MANY, at)
    elif story is None:
        was_large = mail.reason == Reason.TOO_LARGE
        _refuse(mail, incoming.sender, Reason.TOO_LARGE if was_large else Reason.INTAKE_EMPTY, at)
    else:
        was_large, mail.reason = mail.reason == Reason.TOO_LARGE, ""
        _answer(mail, incoming.sender, story, was_large=was_large, at=at)
        mail.state, mail.became = MailState.TAKEN, "draft"


def _answer(mail: InboundMail, sender: str, story: Story, *, was_large: bool, at: datetime) -> None:
    found = pictures.of(mail.raw or b"", limit=MAX_PHOTOS)
    photos, broken = ([], 0) if was_large else _kept(found.photos, at)
    token = filing.begin(
        Answers(title=story.title, body=story.body, photos=photos, channel=Channel.EMAIL), at=at
    )
    notifications.write_to(
        sender,
        i18n.DEFAULT,
        "intake_draft",
        key=f"intake:{mail.id}",
        at=at,
        path="/",  # the row is kept, so the way to the draft stands in the letter alone
        draft_url=letters.address(f"/reports/new/{token}/what", i18n.DEFAULT),
        title=story.title,
        photo_count=len(photos),
        left_out_count=0 if was_large else found.left_out + broken,
        was_large=was_large,
        is_cut=story.is_cut,
    )


def _kept(contents: list[bytes], at: datetime) -> tuple[list[DraftPhoto], int]:
    """Drawn anew like every other photo, and how many were none."""
    photos: list[DraftPhoto] = []
    for content in contents:
        with suppress(DomainError):
            photos.append(DraftPhoto(id=attachments.keep_image(BytesIO(content), at).id))
    return photos, len(contents) - len(photos)


def _refuse(mail: InboundMail, sender: str, reason: Reason, at: datetime) -> None:
    """Tell the sender why, once a day and not too many in all."""
    mail.state, mail.reason = MailState.REFUSED, reason
    if (
        senders.told_since(at - timedelta(days=1), mail.sender_digest)
        or senders.told_since(at - timedelta(hours=1)) >= TOLD_PER_HOUR
    ):
        return
    mail.answered_at = at
    with i18n.force_locale(i18n.DEFAULT):
        sentence = str(REASON[reason])
    notifications.write_to(
        sender,
        i18n.DEFAULT,
        "intake_refused",
        key=f"intake:{mail.id}:refused",
        at=at,
        path="/reports/new",
        reason=sentence,
    )


def _is_too_busy(sender_digest: str, at: datetime) -> bool:
    return (
        senders.drafted_since(at - timedelta(hours=1), sender_digest) >= DRAFTS_PER_HOUR
        or senders.drafted_since(at - timedelta(days=1), sender_digest) >= DRAFTS_PER_DAY
    )


def _must_wait(mail: InboundMail, at: datetime) -> bool:
    """In a flood it is looked at later; after a day of it the mail is refused, and its row says so."""
    if senders.drafted_since(at - timedelta(hours=1)) < ALL_PER_HOUR:
        return False
    if at - mail.received_at > LONGEST_WAIT:
        mail.state, mail.reason, mail.handled_at, mail.raw = MailState.REFUSED, Reason.FLOOD, at, None
    else:
        jobs.enqueue(
            "mailroom.handle",
            at=at,
            key=f"mail:{mail.id}:{at.isoformat()}",
            run_at=at + WAIT,
            mail_id=mail.id,
        )
    return True


def _is_ours(sender: str) -> bool:
    """A letter of ours that came back to us would answer itself for ever."""
    settings = config.current()
    ours = settings.mail_from.rpartition("<")[2].rstrip("> ").casefold()
    return sender in (ours, settings.intake_mailbox.casefold()) or replies.is_for_us(sender, settings)


def _bare(recipient: str) -> str:
    """The address without what stands behind a plus sign."""
    local, _at, host = recipient.strip().strip("<>").casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"
