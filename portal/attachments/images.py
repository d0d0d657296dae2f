"""Turn whatever a phone sends into a plain JPEG: upright, of bounded size, without metadata."""

import struct
import warnings
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

from PIL import ExifTags, Image
from PIL.Image import Transpose

from portal.attachments import covering, headers, rules, turns
from portal.attachments.covering import Box
from portal.attachments.headers import Header
from portal.errors import DomainError
from portal.i18n import _l

# Raised by Pillow's readers for files that are broken on purpose or by the way.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
)
# How the camera was held, as the metadata numbers it.
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A re-encoded photo in two sizes; `width` and `height` are those of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def reencode(stream: BinaryIO) -> Picture:
    """Read an image and draw it anew. Raises DomainError with the reason when it is none, or Busy."""
    content = checked(stream)
    with turns.turn():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the pixels were counted in the header
                image = Image.open(BytesIO(content), formats=rules.FORMATS)
                drawn = upright(image, rules.LARGE_EDGE)
        except Image.DecompressionBombError as error:
            raise _too_many_pixels() from error
        except BROKEN as error:
            raise _broken() from error
        return _picture(drawn)


def cover(content: bytes, boxes: Collection[Box], *, blocks: int) -> Picture:
    """One of our own photos with the boxes covered: see covering.pixelate."""
    with turns.turn():
        image = Image.open(BytesIO(content), formats=("JPEG",)).convert("RGB")
        covering.pixelate(image, boxes, blocks=blocks)
        return _picture(image)


def _picture(image: Image.Image) -> Picture:
    small = image.copy()
    small.thumbnail((rules.SMALL_EDGE, rules.SMALL_EDGE))
    return Picture(_jpeg(image), _jpeg(small), *image.size)


def checked(stream: BinaryIO) -> bytes:
    """The whole file, when its first bytes say that it is a photo that we may unfold. Raises DomainError."""
    stream.seek(0)
    content = stream.read(rules.MAX_BYTES + 1)
    if len(content) > rules.MAX_BYTES:
        raise DomainError(_l("Foto ini lebih besar dari 10 MB. Kirim foto yang lebih kecil."))
    if not content:
        raise DomainError(_l("Berkas ini kosong. Pilih fotonya sekali lagi."))
    try:
        header = headers.read(content)
    except ValueError as error:
        raise _broken() from error
    if header is None:
        raise _unknown(content)
    if problem := _problem(header):
        raise DomainError(problem)
    return content


def _unknown(content: bytes) -> DomainError:
    if headers.is_heif(content):
        return DomainError(
            _l(
                "Foto ini berformat HEIC atau AVIF, yang tidak bisa dibuka di semua ponsel. "
                "Pilih format JPEG di pengaturan kamera (iPhone: Kamera, Format, Paling Kompatibel), "
                "atau kirim tangkapan layarnya."
            )
        )
    return DomainError(_l("Berkas ini bukan foto yang kami kenal. Kirim foto JPEG, PNG, atau WebP."))


def _problem(header: Header) -> Any:
    """Why a picture of this header is not unfolded; None when it may be."""
    long, short = max(header.width, header.height), min(header.width, header.height)
    if header.is_animated:
        return _l("Gambar ini bergerak. Kirim foto biasa.")
    if header.width * header.height > _most_pixels(header):
        return _too_many_pixels().message
    if short == 0 or header.scan_count > rules.MAX_SCANS:
        return _broken().message
    if long > rules.MAX_STRIP * short:
        return _l("Gambar ini terlalu memanjang: satu sisinya lebih dari dua puluh kali sisi lainnya.")
    return None


def _most_pixels(header: Header) -> int:
    if header.format != "JPEG" or header.is_inked:
        return rules.MAX_OTHER_PIXELS
    return rules.MAX_PROGRESSIVE_PIXELS if header.is_progressive else rules.MAX_PIXELS


def _broken() -> DomainError:
    return DomainError(_l("Foto ini rusak dan tidak bisa dibuka. Coba foto lain."))


def _too_many_pixels() -> DomainError:
    return DomainError(
        _l("Ukuran gambar ini terlalu besar. Paling besar 50 juta titik, selain JPEG 16 juta.")
    )


def upright(image: Image.Image, edge: int) -> Image.Image:
    """Drawn anew on white, as it was seen, its longer side at most `edge` pixels. It is made small before
    anything else is done with it: each step on the whole would cost its memory again."""
    bounds = (edge, edge)
    image.draft("RGB", bounds)  # JPEG decodes at a fraction of its size
    image.load()
    if image.mode in ("P", "1"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")  # so that colours can mix
    image.thumbnail(bounds)
    turned = _turned(image)
    if turned.mode in ("RGBA", "LA", "PA"):
        turned = turned.convert("RGBA")
        paper = Image.new("RGB", turned.size, "white")
        paper.paste(turned, mask=turned.getchannel("A"))
        return paper
    # A new image carries the pixels and nothing of what was written beside them.
    plain = Image.new("RGB", turned.size)
    plain.paste(turned.convert("RGB"))
    return plain


def _turned(image: Image.Image) -> Image.Image:
    """The picture as it was seen. Only the turn is read: Pillow's own way writes the other metadata again,
    and fails over what cameras wrote wrongly."""
    turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return image.transpose(turn) if turn is not None else image


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=rules.QUALITY, optimize=True, progressive=True)
    return out.getvalue()
