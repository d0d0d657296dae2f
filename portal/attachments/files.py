"""Where the bytes lie: under the digest of their content, in the data folder."""

import os
import tempfile
from pathlib import Path

from portal import config


def keep(name: str, content: bytes) -> None:
    """Write once and for good: after this returns, the bytes survive a power cut."""
    path = path_of(name)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def remove(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def path_of(name: str) -> Path:
    return config.current().data_dir.resolve() / "files" / name[:2] / name
