"""Mail that nobody wrote: automatic replies, reports of delivery, newsletters."""

import re
from dataclasses import dataclass
from email.message import Message

SUBJECT = re.compile(
    r"^\s*(?:(?:re|bls|fwd?)\s*:\s*)*"
    r"(?:out of (?:the )?office|automatic reply|auto(?:matic)?[ -]?(?:reply|response|responder)|"
    r"away from (?:the office|my desk)|on (?:vacation|leave|holiday)|vacation (?:reply|response|notice)|"
    r"(?:balasan|jawaban|respons?|pesan) otomatis|"
    r"(?:saya )?sedang (?:cuti|dinas luar)|cuti (?:sampai|hingga|tahunan|mulai)|"
    r"(?:sedang )?(?:di luar|tidak (?:berada )?di) kantor)",
    re.IGNORECASE,
)
HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Vacation", "List-Id")
PRECEDENCE = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
MACHINES = frozenset({"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply"})
DAEMONS = frozenset({"mailer-daemon", "postmaster"})
SHORT = 200  # signs of a header that are looked at


@dataclass(frozen=True)
class Bounce:
    """A letter came back. `is_permanent`: its address will not work tomorrow either."""

    is_permanent: bool


def is_automatic(message: Message, sender: str, subject: str) -> bool:
    """Did a machine send it? What a person writes has none of these signs."""
    submitted = _word(message, "Auto-Submitted")
    return (
        (bool(submitted) and submitted != "no")
        or any(message.get(name) is not None for name in HEADERS)
        or _word(message, "Precedence") in PRECEDENCE
        or message.get_content_type() == "multipart/report"
        or sender.partition("@")[0] in MACHINES
        or SUBJECT.match(subject[:SHORT]) is not None
    )


def bounce(message: Message, sender: str) -> Bounce | None:
    """What a mail server reports of a letter of ours; None when it reports none."""
    kind = str(message.get_param("report-type", "")).lower()
    is_report = message.get_content_type() == "multipart/report" and kind in ("delivery-status", "")
    is_nobody = str(message.get("Return-Path", "x")).strip() == "<>"
    is_daemon = sender.partition("@")[0] in DAEMONS
    if not (is_report or is_daemon or (is_nobody and "Auto-Submitted" not in message)):
        return None
    return Bounce(is_permanent=any(_is_failed(block) for block in _status_blocks(message)))


def _status_blocks(message: Message) -> list[Message]:
    """The groups of a delivery status: one for the message, one for each recipient."""
    if not message.is_multipart():
        return []
    return [
        block
        for part in message.get_payload()
        if isinstance(part, Message) and part.get_content_type() == "message/delivery-status"
        for block in (part.get_payload() if part.is_multipart() else [])
        if isinstance(block, Message)
    ]


def _is_failed(block: Message) -> bool:
    return _word(block, "Action") == "failed" and _word(block, "Status").startswith("5")


def _word(message: Message, name: str) -> str:
    """The first word of a header, small letters."""
    return str(message.get(name, ""))[:SHORT].strip().lower().partition(";")[0].partition(" ")[0]
