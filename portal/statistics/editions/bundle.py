"""The files of an edition, the digest that stands for all of them, and the archive to take home.

`root` is the SHA-256 of a manifest: the digest of each file and the root of the edition before. verify.py,
which is part of the bundle, says the same in other words.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from portal.ledger.rules import canonical

GENESIS = "0" * 64  # the root before the first edition
DEFINITIONS = "1"  # grows when a figure's meaning changes
CHAIN = "chain.json"  # holds the root itself, so it is not part of what the root stands for
STANDALONE = Path(__file__).parent / "standalone"
ENCLOSED = ("verify.py", "README.txt", "definitions.id.txt", "definitions.en.txt")
DATED = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever the archive is made


def enclosed() -> dict[str, bytes]:
    """What lies beside the figures in every bundle."""
    return {name: (STANDALONE / name).read_bytes() for name in ENCLOSED}


def json_file(value: Any) -> bytes:
    return f"{canonical(value)}\n".encode()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def manifest(number: int, files: Mapping[str, bytes], previous_root: str) -> dict[str, Any]:
    digests = {name: digest(content) for name, content in files.items()}
    return {"number": number, "previous_root": previous_root, "files": digests}


def root(manifest: Mapping[str, Any]) -> str:
    return digest(canonical(manifest).encode())


def chain(links: Iterable[tuple[Mapping[str, Any], str]]) -> bytes:
    """chain.json: the manifests and roots of all editions up to one, the first one first."""
    return json_file([{"manifest": dict(manifest), "root": root} for manifest, root in links])


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip whose bytes depend on the files alone."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for name in sorted(files):
            zipped.writestr(zipfile.ZipInfo(name, DATED), files[name], zipfile.ZIP_DEFLATED)
    return packed.getvalue()
