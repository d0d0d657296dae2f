"""Files that are made to hurt, built anew by each test: none of them lies in the repository."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SCRIPT = b"<html><script>alert(1)</script></html>"
PAYLOADS = {
    "html": SCRIPT,
    "zip": b"PK\x03\x04\x14\x00\x00\x00evil.php" + b"PK\x05\x06" + bytes(18),
    "pdf": b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj\n%%EOF",
    "javascript": b"*/=1;alert(document.domain);/*",
    "php": b"<?php system($_GET['c']); ?>",
}


def photo(
    kind: str = "JPEG", size: tuple[int, int] = (80, 60), mode: str = "RGB", **options: object
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, options.pop("colour", 0)).save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "green")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def behind(payload: bytes) -> bytes:
    """A photo with something else behind its end."""
    return photo() + payload


def in_comment(payload: bytes) -> bytes:
    return photo(comment=payload)


def in_profile(payload: bytes) -> bytes:
    return photo(icc_profile=payload * 3000)


def in_metadata(payload: bytes) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = payload.decode("latin-1")
    return photo(exif=exif)


def chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png(width: int, height: int, *before: bytes, colours: int = 6, rows: int = 0) -> bytes:
    """A PNG that claims a size; `rows` of it are really there."""
    per_pixel = {0: 1, 2: 3, 6: 4}[colours]
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(bytes(1 + width * per_pixel)) for _ in range(rows)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(before) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def webp_bomb(edge: int = 4000) -> bytes:
    """As many pixels as we take, in less than a kilobyte; its reader holds them four times."""
    return photo("WEBP", size=(edge, edge), mode="RGBA", lossless=True, quality=0, method=0)


def zipped(megabytes: int) -> bytes:
    """Much of nothing in a few kilobytes."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def profile_bomb(megabytes: int = 200) -> bytes:
    return png(40, 30, chunk(b"iCCP", b"x\0\0" + zipped(megabytes)), rows=30)


def text_bomb(megabytes: int = 200) -> bytes:
    return png(40, 30, chunk(b"zTXt", b"Comment\0\0" + zipped(megabytes)), rows=30)


def claiming(kind: str, width: int, height: int) -> bytes:
    """A small file whose header says that it is huge."""
    if kind == "PNG":
        return png(width, height)
    if kind == "GIF":
        return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b"\x3b"
    if kind == "GIF picture":  # a small screen with a huge picture on it
        screen = struct.pack("<HHBBB", 40, 30, 0, 0, 0)
        return b"GIF89a" + screen + b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x08\x00\x3b"
    if kind == "WEBP":
        edges = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        inside = b"WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + edges + photo("WEBP")[12:]
        return b"RIFF" + struct.pack("<I", len(inside)) + inside
    if kind == "WEBP lossless":
        bits = (width - 1) | (height - 1) << 14
        inside = b"WEBPVP8L" + struct.pack("<IBI", 5, 0x2F, bits) + bytes(40)
        return b"RIFF" + struct.pack("<I", len(inside)) + inside
    whole = bytearray(photo())
    frame = whole.index(b"\xff\xc0")
    whole[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(whole)


def many_scans(count: int = 5000) -> bytes:
    """A progressive JPEG that draws over its whole surface again and again."""
    whole = photo(size=(400, 400), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * count + b"\xff\xd9"


def heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + bytes(200)
