"""Plans that are put on the table: an SVG is rewritten, a picture drawn anew, both kept for good."""

import hashlib
import secrets
import warnings
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from PIL import Image
from sqlalchemy import exists, select

from portal.attachments import files, headers, images, rules, svg, turns
from portal.attachments.models import Drawing
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l

TOKEN_BYTES = 16
SUFFIXES = {"image/svg+xml": "svg", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing as it is kept."""

    content: bytes
    media_type: str
    width: int
    height: int


def keep_drawing(stream: BinaryIO, at: datetime) -> Drawing:
    """Store a drawing, made anew. Raises DomainError with the reason when it is none or too large."""
    sheet = redraw(stream)
    digest = hashlib.sha256(sheet.content).hexdigest()
    files.keep(file_name(digest, sheet.media_type), sheet.content)
    drawing = Drawing(
        token=secrets.token_hex(TOKEN_BYTES),
        sha256=digest,
        media_type=sheet.media_type,
        width=sheet.width,
        height=sheet.height,
        byte_count=len(sheet.content),
        created_at=at,
    )
    db.session.add(drawing)
    db.session.flush()
    return drawing


def remove_drawing(drawing: Drawing) -> None:
    """Forget a drawing; its bytes go when no other has the same."""
    db.session.delete(drawing)
    db.session.flush()
    if not db.session.scalar(select(exists().where(Drawing.sha256 == drawing.sha256))):
        files.remove(file_name(drawing.sha256, drawing.media_type))


def by_token(token: str) -> Drawing | None:
    return db.session.scalar(select(Drawing).filter_by(token=token))


def file_name(sha256: str, media_type: str) -> str:
    return f"{sha256}.{SUFFIXES[media_type]}"


def redraw(stream: BinaryIO) -> Sheet:
    """Read a drawing and make it anew. Raises DomainError with the reason when it is none."""
    content = stream.read(rules.DRAWING_MAX_BYTES + 1)
    if len(content) > rules.DRAWING_MAX_BYTES:
        raise DomainError(_l("Gambar ini lebih besar dari 15 MB. Kirim gambar yang lebih kecil."))
    sheet = _vector(content) if _looks_like_svg(content) else _raster(content)
    if max(sheet.width, sheet.height) > rules.MAX_ASPECT * min(sheet.width, sheet.height):
        raise DomainError(_l("Gambar ini terlalu memanjang: satu sisinya lebih dari lima kali sisi lainnya."))
    return sheet


def _looks_like_svg(content: bytes) -> bool:
    return content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _vector(content: bytes) -> Sheet:
    cleaned = svg.clean(content)
    return Sheet(cleaned.content, "image/svg+xml", cleaned.width, cleaned.height)


def _raster(content: bytes) -> Sheet:
    _check(content)
    with turns.turn():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the pixels were counted in the header
                image = Image.open(BytesIO(content), formats=rules.DRAWING_FORMATS)
                plain = images.upright(image, rules.DRAWING_EDGE)
        except images.BROKEN as error:
            raise _broken() from error
        out = BytesIO()
        plain.save(out, "WEBP", quality=rules.DRAWING_QUALITY, method=4)
        return Sheet(out.getvalue(), "image/webp", *plain.size)


def _check(content: bytes) -> None:
    """Raises DomainError when the first bytes say that this is no drawing that we may unfold."""
    try:
        header = headers.read(content)
    except ValueError as error:
        raise _broken() from error
    if header is None or header.format not in rules.DRAWING_FORMATS:
        raise DomainError(_l("Berkas ini bukan denah yang kami kenal. Kirim SVG, PNG, JPEG, atau WebP."))
    if header.width * header.height > rules.DRAWING_MAX_PIXELS:
        raise DomainError(_l("Ukuran gambar ini terlalu besar, lebih dari 25 juta titik."))
    if not header.width * header.height or header.scan_count > rules.MAX_SCANS:
        raise _broken()


def _broken() -> DomainError:
    return DomainError(_l("Gambar ini rusak dan tidak bisa dibuka."))
