"""The name of a file that was sent, fit to be shown to who sent it; it is kept nowhere."""

import unicodedata

LENGTH = 40


def shown(name: str | None) -> str:
    """The last part of a path, without control signs and those that turn the direction of writing."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip()
    return plain if len(plain) <= LENGTH else f"{plain[: LENGTH - 1]}…"
