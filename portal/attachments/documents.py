"""Keep PDFs as they came. They are never opened here, only told apart from what is no PDF."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from portal.attachments import files
from portal.errors import DomainError
from portal.i18n import _l

MAX_BYTES = 10 * 1024 * 1024
MAGIC = b"%PDF-"
END = b"%%EOF"
END_WITHIN = 2048  # bytes from the end in which readers look for the end mark


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the bytes lie."""

    sha256: str
    byte_count: int


def keep_pdf(stream: BinaryIO) -> Kept:
    """Store a PDF. Raises DomainError when it is none, or too large."""
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise DomainError(_l("Berkas ini lebih besar dari 10 MB. Kirim berkas yang lebih kecil."))
    if not content.startswith(MAGIC) or END not in content[-END_WITHIN:]:
        raise DomainError(_l("Berkas ini bukan PDF yang utuh."))
    digest = hashlib.sha256(content).hexdigest()
    files.keep(file_name(digest), content)
    return Kept(digest, len(content))


def forget(sha256: str) -> None:
    """Remove the bytes for good."""
    files.remove(file_name(sha256))


def file_name(sha256: str) -> str:
    return f"{sha256}.pdf"
