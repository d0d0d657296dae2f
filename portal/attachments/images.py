"""Turn whatever a phone sends into a plain JPEG: upright, of bounded size, without metadata."""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import ExifTags, Image, UnidentifiedImageError
from PIL.Image import Transpose

from portal.attachments import rules
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
    """Read an image and draw it anew. Raises DomainError with the reason when it is none."""
    image = _open(stream)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            upright = _upright(image)
    except BROKEN as error:
        raise DomainError(_l("Foto ini rusak dan tidak bisa dibuka. Coba foto lain.")) from error
    small = upright.copy()
    small.thumbnail((rules.SMALL_EDGE, rules.SMALL_EDGE))
    return Picture(_jpeg(upright), _jpeg(small), *upright.size)


def _open(stream: BinaryIO) -> Image.Image:
    """Only the header is read here: what is too large is refused before it is unfolded."""
    if _size(stream) > rules.MAX_BYTES:
        raise DomainError(_l("Foto ini lebih besar dari 10 MB. Kirim foto yang lebih kecil."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the pixels are counted below
            image = Image.open(stream, formats=rules.FORMATS)
    except UnidentifiedImageError as error:
        raise DomainError(
            _l("Berkas ini bukan foto yang kami kenal. Kirim foto JPEG, PNG, atau WebP.")
        ) from error
    except BROKEN as error:
        raise DomainError(_l("Foto ini rusak dan tidak bisa dibuka. Coba foto lain.")) from error
    if image.width * image.height > rules.MAX_PIXELS:
        raise DomainError(_l("Ukuran gambar ini terlalu besar, lebih dari 50 juta titik."))
    return image


def _upright(image: Image.Image) -> Image.Image:
    image.draft("RGB", (rules.LARGE_EDGE, rules.LARGE_EDGE))  # JPEG decodes at a fraction of its size
    image.load()
    turned = turned_upright(image)
    turned.thumbnail((rules.LARGE_EDGE, rules.LARGE_EDGE))
    if turned.mode in ("RGBA", "LA", "PA", "P"):
        turned = turned.convert("RGBA")
        paper = Image.new("RGB", turned.size, "white")
        paper.paste(turned, mask=turned.getchannel("A"))
        return paper
    # A new image carries the pixels and nothing of what was written beside them.
    plain = Image.new("RGB", turned.size)
    plain.paste(turned.convert("RGB"))
    return plain


def turned_upright(image: Image.Image) -> Image.Image:
    """The picture as it was seen. Only the turn is read: Pillow's own way writes the other metadata again,
    and fails over what cameras wrote wrongly."""
    turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return image.transpose(turn) if turn is not None else image


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=rules.QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, 2)
    stream.seek(0)
    return size
