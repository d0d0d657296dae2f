"""Photos that prove something: the bytes as they came, under their digest, and what the camera wrote.

Originals are never public. What is shown is drawn anew without metadata (services.keep_image).
"""

import hashlib
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from PIL import ExifTags, Image

from portal.attachments import files, images, rules

OFFSET = re.compile(r"[+-]\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Original:
    """`captured` is when the camera says it was taken: ISO 8601, with an offset where it wrote one."""

    sha256: str
    media_type: str
    captured: str | None


def keep(stream: BinaryIO) -> Original:
    """Keep the bytes of an image as they are; one that services.keep_image has taken. What was kept of
    them before and is damaged since is written anew."""
    stream.seek(0)
    content = stream.read()
    digest = hashlib.sha256(content).hexdigest()
    stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the pixels were counted before
        image = Image.open(stream, formats=rules.FORMATS)
    kept = Original(digest, Image.MIME[image.format or "JPEG"], captured(image))
    if not is_whole(digest):
        forget(digest)
    files.keep(file_name(digest), content)
    return kept


def forget(sha256: str) -> None:
    """Remove the bytes for good."""
    files.remove(file_name(sha256))


def is_whole(sha256: str) -> bool:
    """Are the bytes still there, and still those of the digest?"""
    try:
        with files.path_of(file_name(sha256)).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def file_name(sha256: str) -> str:
    return f"{sha256}.original"


def captured(image: Image.Image) -> str | None:
    """What the camera wrote about the moment; None where it wrote nothing, or nonsense."""
    try:
        written: Mapping[int, Any] = image.getexif().get_ifd(ExifTags.IFD.Exif)
    except images.BROKEN:
        return None
    moment = _text(written.get(ExifTags.Base.DateTimeOriginal))
    offset = _text(written.get(ExifTags.Base.OffsetTimeOriginal))
    try:
        taken = datetime.strptime(moment, "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007 - cameras know no zone
    except ValueError:
        return None
    return f"{taken}{offset}" if OFFSET.fullmatch(offset) else taken


def _text(value: Any) -> str:
    return value.strip("\0 ") if isinstance(value, str) else ""
