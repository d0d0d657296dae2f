"""Photos that came with a mail, as bytes: whether they are photos is for those who draw them anew."""

from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from portal.mailroom.rules import reading

SMALLEST = 4_096  # bytes: what is smaller decorates a signature
ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif")


@dataclass(frozen=True)
class Pictures:
    """At most `limit` photos in their order, and how many other attachments were left out."""

    photos: list[bytes]
    left_out: int


def of(raw: bytes, *, limit: int) -> Pictures:
    """Never fails: what cannot be read is left out."""
    photos: list[bytes] = []
    left_out = 0
    with suppress(RecursionError):
        for part in reading.leaves(message_from_bytes(raw)):
            if not reading.is_attachment(part):
                continue
            content = _content(part) if _looks_like_one(part) else b""
            if _decorates(part, content) or content in photos:
                continue
            if content and len(photos) < limit:
                photos.append(content)
            else:
                left_out += 1
    return Pictures(photos, left_out)


def _looks_like_one(part: Message) -> bool:
    """By its type, or by its name where a phone says no more than "octet-stream"."""
    if part.get_content_maintype() == "image":
        return True
    name = str(part.get_filename() or "").lower()
    return part.get_content_type() == "application/octet-stream" and name.endswith(ENDINGS)


def _decorates(part: Message, content: bytes) -> bool:
    return part.get_content_maintype() == "image" and 0 < len(content) < SMALLEST


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
