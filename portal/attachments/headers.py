"""What a picture says of itself, read from its first bytes: nothing is unfolded here.

A file of a few kilobytes may claim any size, and some readers set the memory aside as soon as they open it.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # markers that begin a frame
SEQUENTIAL = frozenset({0xC0, 0xC1})
INKS = 4
BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
# Inside a scan a marker is what follows 0xFF, unless that is a stuffed zero, a restart or a filler.
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# The brands of a phone's HEIC and AVIF files, which stand after "ftyp".
HEIF = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})


@dataclass(frozen=True, slots=True)
class Header:
    """Width and height in pixels; `scan_count` is how often a JPEG draws over its whole surface, `is_inked`
    says that it has four colours, as printers do."""

    format: str
    width: int
    height: int
    is_animated: bool = False
    scan_count: int = 1
    is_progressive: bool = False
    is_inked: bool = False


def read(content: bytes) -> Header | None:
    """What the file claims to be; None when it is none of our formats. Raises ValueError when it ends, or
    turns to nonsense, before it says its size."""
    reader = next((reader for magic, reader in READERS.items() if content.startswith(magic)), None)
    if reader is None or (reader is _webp and content[8:12] != b"WEBP"):
        return None
    try:
        return reader(content)
    except (struct.error, IndexError) as error:
        raise ValueError("cut off") from error


def is_heif(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIF


def _jpeg(content: bytes) -> Header:
    """Walks over the segments: a marker inside metadata or behind the picture counts for nothing."""
    place, scans = 2, 0
    frame: tuple[int, int, int, int] | None = None
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise ValueError("no marker")
        marker = content[place + 1]
        if marker == EOI:
            break
        if marker == 0xFF:
            place += 1
            continue
        if marker in BARE:
            place += 2
            continue
        (length,) = struct.unpack_from(">H", content, place + 2)
        if marker in FRAMES:
            frame = (marker, *struct.unpack_from(">HHB", content, place + 5))
        place += 2 + length
        if marker == SOS:
            scans += 1
            following = NEXT_MARKER.search(content, place)
            place = following.start() if following else len(content)
    if frame is None:
        raise ValueError("no frame")
    kind, height, width, colours = frame
    return Header(
        *("JPEG", width, height),
        scan_count=scans,
        is_progressive=kind not in SEQUENTIAL,
        is_inked=colours == INKS,
    )


def _png(content: bytes) -> Header:
    width, height = struct.unpack_from(">II", content, 16)
    place = 8
    while place + 8 <= len(content):  # what makes it move stands before the first pixels
        length, kind = struct.unpack_from(">I4s", content, place)
        if kind in (b"acTL", b"IDAT", b"IEND"):
            return Header("PNG", width, height, is_animated=kind == b"acTL")
        place += 12 + length
    raise ValueError("no pixels")


def _webp(content: bytes) -> Header:
    kind = content[12:16]
    if kind == b"VP8X":
        width, height = (1 + int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
        return Header("WEBP", width, height, is_animated=bool(content[20] & 0x02))
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return Header("WEBP", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return Header("WEBP", width & 0x3FFF, height & 0x3FFF)
    raise ValueError("no picture")


def _gif(content: bytes) -> Header:
    """The screen, or the first picture on it where that is larger; a second picture makes it move."""
    width, height, flags = struct.unpack_from("<HHB", content, 6)
    place, pictures = 13 + _colours(flags), 0
    while place < len(content) and content[place] != 0x3B:
        if content[place] == 0x2C:
            pictures += 1
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", content, place + 1)
            width, height = max(width, left + wide), max(height, top + high)
            place = _after_blocks(content, place + 11 + _colours(flags))
        elif content[place] == 0x21:
            place = _after_blocks(content, place + 2)
        else:
            raise ValueError("no block")
    return Header("GIF", width, height, is_animated=pictures > 1)


def _colours(flags: int) -> int:
    """Bytes of the colour table that follows."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(content: bytes, place: int) -> int:
    while content[place]:
        place += 1 + content[place]
    return place + 1


READERS: dict[bytes, Callable[[bytes], Header]] = {
    b"\xff\xd8\xff": _jpeg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"RIFF": _webp,
    b"GIF87a": _gif,
    b"GIF89a": _gif,
}
