"""Read a message as it came off the wire, however broken it is."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from portal.mailroom.rules import automatic, markup
from portal.mailroom.rules.automatic import Bounce

LARGEST = 10 * 1024 * 1024  # bytes: what is larger is all attachments, which we do not take
LONGEST_TEXT = 200_000  # signs that are looked through; an answer has some thousand at most
LONGEST_HEADER = 2_000
# Where mail servers write to whom a message really went, the surest first.
RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
DEEPEST = 20  # nested parts; nobody writes such mail, and each level costs
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
WHITE = re.compile(r"\s+")


@dataclass(frozen=True)
class Incoming:
    """What a message says of itself. `text` is all that was written, with what it quotes."""

    sender: str  # the bare address of From, small letters; empty when there is none
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    text: str
    attachment_count: int
    is_automatic: bool
    bounce: Bounce | None


def read(raw: bytes) -> Incoming:
    """The message in parts that can be asked. Never fails: what cannot be read is empty."""
    with suppress(RecursionError):  # the library reads nested parts and brackets by calling itself
        return _read(message_from_bytes(raw))
    return Incoming("", (), "", "", "", 0, is_automatic=False, bounce=None)


def _read(message: Message) -> Incoming:
    sender = _addresses(message, "From")[:1]
    parts = list(leaves(message))
    return Incoming(
        sender=sender[0] if sender else "",
        recipients=tuple(
            dict.fromkeys(one for name in RECIPIENT_HEADERS for one in _addresses(message, name))
        ),
        subject=header(message, "Subject"),
        message_id=header(message, "Message-ID"),
        text=_text(parts),
        attachment_count=sum(is_attachment(part) for part in parts),
        is_automatic=automatic.is_automatic(message, sender[0] if sender else "", header(message, "Subject")),
        bounce=automatic.bounce(message, sender[0] if sender else ""),
    )


def header(message: Message, name: str) -> str:
    """One line of a header in plain letters; empty when it is missing or cannot be read."""
    found = str(message.get(name, ""))[:LONGEST_HEADER]
    try:
        text = str(make_header(decode_header(found)))
    except (HeaderParseError, LookupError, ValueError):  # ValueError: also wrong base64 and UTF-8
        text = found
    return WHITE.sub(" ", UNPRINTABLE.sub("", text)).strip()


def _addresses(message: Message, name: str) -> list[str]:
    values = [str(value)[:LONGEST_HEADER] for value in message.get_all(name, [])]
    found = [address.strip().casefold() for _name, address in getaddresses(values)]
    return [UNPRINTABLE.sub("", address) for address in found if "@" in address]


def leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that are no containers; a message that was attached is one part, not looked into."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
    elif depth < DEEPEST:
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from leaves(part, depth + 1)


def is_attachment(part: Message) -> bool:
    """Is the part something beside the text?"""
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() not in ("text", "multipart")


def _text(parts: list[Message]) -> str:
    """The plain text when there is one, else the HTML without its tags."""
    written = [part for part in parts if not is_attachment(part)]
    for content_type, read_part in (("text/plain", _plain), ("text/html", _from_html)):
        texts = [read_part(part) for part in written if part.get_content_type() == content_type]
        if text := "\n\n".join(one for one in texts if one.strip()):
            return UNPRINTABLE.sub("", text)[:LONGEST_TEXT]
    return ""


def _plain(part: Message) -> str:
    text = _decoded(part)
    if str(part.get_param("format", "")).lower() == "flowed":
        return _unflowed(text)
    return text


def _from_html(part: Message) -> str:
    return markup.to_text(_decoded(part))


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = payload.decode(charset, errors="replace")
    except (LookupError, ValueError):  # no such charset, or one that is none for text
        text = payload.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST_TEXT]


def _unflowed(text: str) -> str:
    """Lines that end with a space go on in the next one (RFC 3676)."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        if goes_on and not line.startswith(">"):
            lines[-1] += line
        else:
            lines.append(line)
        goes_on = line.endswith(" ") and line != "-- " and not line.startswith(">")
    return "\n".join(lines)
