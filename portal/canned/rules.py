"""What a canned answer may hold: words, and placeholders that the duty fills when it is used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

TITLE_LENGTH = 80
BODY_LENGTH = 2000
PLACEHOLDERS = ("nomor", "judul", "wilayah", "dinas", "petugas", "tenggat", "nama")
BRACED = re.compile(r"\{([^{}\n]*)\}")
STAYED, WENT, CAME = "stayed", "went", "came"  # fates of a run of words
SPLIT = re.compile(r"\s+|\S+")  # words and what lies between them


def unknown(body: str) -> list[str]:
    """What stands in braces and is no placeholder, each once, in its order."""
    found = (name.strip() for name in BRACED.findall(body))
    return list(dict.fromkeys(name for name in found if name not in PLACEHOLDERS))


def used(body: str) -> list[str]:
    """The placeholders of a text, each once, in its order."""
    found = (name.strip() for name in BRACED.findall(body))
    return list(dict.fromkeys(name for name in found if name in PLACEHOLDERS))


def filled(body: str, values: Mapping[str, str]) -> str:
    """The text with what is known of the duty; a placeholder without a value stays, so that it is seen."""

    def value(match: re.Match[str]) -> str:
        return values.get(match[1].strip()) or match[0]

    return BRACED.sub(value, body)


def joined(typed: str, added: str) -> str:
    """What was typed, with a text after it: nothing typed is lost."""
    kept = typed.rstrip()
    return f"{kept}\n\n{added}" if kept else added


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went or came."""

    text: str
    fate: str


def differences(before: str, after: str) -> list[Piece]:
    """How a text became another, word by word."""
    old, new = SPLIT.findall(before), SPLIT.findall(after)
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(old[a:b]), STAYED))
            continue
        if a < b:
            pieces.append(Piece("".join(old[a:b]), WENT))
        if c < d:
            pieces.append(Piece("".join(new[c:d]), CAME))
    return pieces
