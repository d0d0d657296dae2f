"""The words on the first line of a reply that say what it is."""

import re
from enum import StrEnum

TRIMMED = re.compile(r"[\s.!:*_\"'“”,-]+")


class Word(StrEnum):
    RESOLVED = "resolved"
    NOTE = "note"
    GRANTED = "granted"
    DENIED = "denied"


WORDS = {
    "selesai": Word.RESOLVED,
    "resolved": Word.RESOLVED,
    "done": Word.RESOLVED,
    "catatan": Word.NOTE,
    "note": Word.NOTE,
    "setuju": Word.GRANTED,
    "disetujui": Word.GRANTED,
    "approve": Word.GRANTED,
    "approved": Word.GRANTED,
    "grant": Word.GRANTED,
    "granted": Word.GRANTED,
    "tolak": Word.DENIED,
    "ditolak": Word.DENIED,
    "tidak setuju": Word.DENIED,
    "deny": Word.DENIED,
    "denied": Word.DENIED,
    "refuse": Word.DENIED,
    "refused": Word.DENIED,
}


def split(text: str) -> tuple[Word | None, str]:
    """The word that stands alone on the first line, and what follows; without one the whole text."""
    first, _line, rest = text.strip().partition("\n")
    word = WORDS.get(TRIMMED.sub(" ", first).strip().casefold()) if len(first) < 40 else None
    return (word, rest.strip()) if word else (None, text.strip())
