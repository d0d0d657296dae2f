"""Put mail aside, then see what it is: an answer, an automatic reply, a letter that came back, or nothing."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from werkzeug.exceptions import NotFound

from portal import config, i18n
from portal.accounts.models import User
from portal.accounts.rules import fold_email, is_email
from portal.db import db
from portal.errors import DomainError
from portal.i18n import ngettext
from portal.jobs import services as jobs
from portal.mailroom import intake, queries, taking
from portal.mailroom.labels import REASON
from portal.mailroom.models import InboundMail
from portal.mailroom.rules import quoting, reading
from portal.mailroom.rules.reading import LARGEST, Incoming
from portal.mailroom.rules.states import MailState, Reason
from portal.mailroom.taking import NotTaken, Reply
from portal.notifications import letters, muting, replies
from portal.notifications import services as notifications
from portal.notifications.models import Notification
from portal.notifications.replies import Replying
from portal.notifications.rules import Recipient

TRUNCATED = 64 * 1024  # bytes kept of a mail that is too large: its headers, for the administrator
TAKEN_PER_HOUR = 20  # replies of one person: a lively evening, not a machine
TOLD_PER_HOUR = 30  # senders in all that are told of a refusal: nobody makes us flood others
KEEP_RAW = timedelta(days=30)
BATCH = 100


def keep(raw: bytes, *, recipient: str | None = None, at: datetime) -> bool:
    """Put a message aside as it came; False when it was there already. A job looks at it after the commit.

    `recipient` is to whom the mail server delivered it, when it says so.
    """
    incoming = reading.read(raw[:LARGEST])
    ours = _ours((recipient, *incoming.recipients) if recipient else incoming.recipients)
    is_large = len(raw) > LARGEST
    row = {
        "key": _key(raw, incoming, ours),
        "raw": raw[:TRUNCATED] if is_large else raw,
        "recipient": ours,
        "sender": incoming.sender[:254],
        "subject": incoming.subject[:400],
        "state": MailState.UNREADABLE if is_large else MailState.WAITING,
        "reason": Reason.TOO_LARGE if is_large else "",
        "received_at": at,
        "handled_at": at if is_large else None,
    }
    to_us = (recipient, *incoming.recipients) if recipient else incoming.recipients
    is_intake = replies.read(ours, config.current()) is None and intake.is_addressed(to_us)
    if is_intake:
        row |= intake.row(raw, incoming, is_large=is_large)
    made = db.session.scalar(
        jobs.insert(InboundMail).values(**row).on_conflict_do_nothing().returning(InboundMail.id)
    )
    if made is not None and (is_intake or not is_large):
        jobs.enqueue("mailroom.handle", at=at, key=f"mail:{made}", mail_id=made)
    return made is not None


def handle(mail: InboundMail, *, at: datetime) -> None:
    """See what a mail is, and do what it says. Done once: a mail that was handled stays as it is."""
    if mail.state is not MailState.WAITING or mail.raw is None:
        return
    if mail.is_intake:
        intake.handle(mail, at=at)
        return
    incoming = reading.read(mail.raw)
    letter = _letter(mail)
    mail.handled_at, mail.notification_id = at, letter.id if letter else None
    if incoming.bounce:
        mail.state = MailState.BOUNCE
        if incoming.bounce.is_permanent and letter and letter.address:
            muting.note_bounce(letter.address, at=at)
    elif incoming.is_automatic:
        mail.state = MailState.AUTOMATIC
    else:
        _reply(mail, incoming, letter, at)


def give_up(mail: InboundMail, *, at: datetime) -> None:
    """Something of ours broke on it: it is kept for the administrator."""
    mail.state, mail.reason, mail.handled_at = MailState.UNREADABLE, Reason.FAILED, at


def try_again(mail: InboundMail, *, at: datetime) -> None:
    """The administrator mended the cause."""
    mail.state, mail.reason, mail.handled_at = MailState.WAITING, "", None
    jobs.enqueue("mailroom.handle", at=at, key=f"mail:{mail.id}:{at.isoformat()}", mail_id=mail.id)


def forget_raw(at: datetime) -> bool:
    """What was handled some time ago needs no bytes any more, nor to say who wrote; True when more may
    wait."""
    ids = queries.held_before(at - KEEP_RAW, BATCH)
    db.session.execute(
        update(InboundMail)
        .where(InboundMail.id.in_(ids))
        .values(raw=None, sender="", subject="")
        .execution_options(synchronize_session=False)
    )
    return len(ids) == BATCH


def _reply(mail: InboundMail, incoming: Incoming, letter: Notification | None, at: datetime) -> None:
    try:
        reply, replying = _checked(mail, incoming, letter, at)
        with db.session.begin_nested():  # a refusal leaves nothing half done
            mail.became = taking.take(reply, replying)
        mail.state = MailState.TAKEN
    except NotTaken as refusal:
        _refuse(mail, letter, refusal.reason, REASON[refusal.reason], at)
    except NotFound:
        _refuse(mail, letter, Reason.NO_SUCH_MATTER, REASON[Reason.NO_SUCH_MATTER], at)
    except DomainError as error:
        _refuse(mail, letter, Reason.REFUSED, error.message, at)


def _checked(
    mail: InboundMail, incoming: Incoming, letter: Notification | None, at: datetime
) -> tuple[Reply, Replying]:
    """Who replies to what: the token alone is not enough, the letter must have gone to the sender."""
    if letter is None:
        raise NotTaken(Reason.UNKNOWN_ADDRESS)
    user = db.session.get(User, letter.user_id) if letter.user_id is not None else None
    if not _is_reader(mail.sender, letter, user):
        raise NotTaken(Reason.OTHER_SENDER)
    if replies.has_expired(letter, at):
        raise NotTaken(Reason.EXPIRED)
    replying = replies.replying(letter, config.current())
    if replying is None:
        raise NotTaken(Reason.NO_REPLY)
    if user is not None and not user.is_active:
        raise NotTaken(Reason.NOT_ALLOWED)
    if queries.taken_since(mail.sender, at - timedelta(hours=1)) >= TAKEN_PER_HOUR:
        raise NotTaken(Reason.TOO_MANY)
    return Reply(letter=letter, user=user, text=_text(incoming), key=mail.key, at=at), replying


def _text(incoming: Incoming) -> str:
    """What was written, and a sentence in the city's language for what did not come along."""
    written = quoting.written(incoming.text, mark=letters.MARK)
    text = replies.without_tokens(written, config.current()).strip()
    if not text or not incoming.attachment_count:
        return text
    with i18n.force_locale(i18n.DEFAULT):
        left_out = ngettext(
            "(%(num)s lampiran surel tidak ikut dimuat.)",
            "(%(num)s lampiran surel tidak ikut dimuat.)",
            incoming.attachment_count,
        )
    return f"{text}\n\n{left_out}"


def _refuse(mail: InboundMail, letter: Notification | None, reason: Reason, words: Any, at: datetime) -> None:
    """Tell the sender why, once a day and not too many in all; only its reader is led to a letter's page."""
    mail.state, mail.reason = MailState.REFUSED, reason
    if not _may_tell(mail, at):
        return
    mail.answered_at = at
    user = db.session.get(User, letter.user_id) if letter and letter.user_id is not None else None
    is_reader = letter is not None and _is_reader(mail.sender, letter, user)
    language = letter.language if letter is not None and is_reader else i18n.DEFAULT
    with i18n.force_locale(language):
        sentence = str(words)
    notifications.tell(
        Recipient(user.id if user and is_reader else None, mail.sender, language),
        "reply_not_taken",
        key=f"mail:{mail.id}:{at.isoformat()}",
        at=at,
        path=letter.path if letter is not None and is_reader else "/",
        reason=sentence,
    )


def _may_tell(mail: InboundMail, at: datetime) -> bool:
    return (
        is_email(mail.sender)
        and not replies.is_for_us(mail.sender, config.current())
        and not queries.answered_since(at - timedelta(days=1), mail.sender)
        and queries.answered_since(at - timedelta(hours=1)) < TOLD_PER_HOUR
    )


def _is_reader(sender: str, letter: Notification, user: User | None) -> bool:
    """Did the letter go to this address, or to the account that has it now?"""
    addresses = {fold_email(one) for one in (letter.address, user.email if user else None) if one}
    return fold_email(sender) in addresses


def _letter(mail: InboundMail) -> Notification | None:
    """The letter that the address stands for."""
    letter_id = replies.read(mail.recipient, config.current())
    return db.session.get(Notification, letter_id) if letter_id is not None else None


def _ours(recipients: Iterable[str]) -> str:
    """The address of ours among those that it went to, the one with a good token first."""
    settings = config.current()
    ours = [one for one in recipients if replies.is_for_us(one, settings)]
    genuine = [one for one in ours if replies.read(one, settings) is not None]
    return ([*genuine, *ours] or [""])[0][:254]


def _key(raw: bytes, incoming: Incoming, ours: str) -> str:
    """The same for the same message, however often and by whichever way it is delivered."""
    name = f"{incoming.message_id}\n{incoming.sender}\n{ours}".encode() if incoming.message_id else raw
    return hashlib.sha256(name).hexdigest()
