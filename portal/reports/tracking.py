"""How a reporter without an account is known again: a code finds the report, four words open it.

Both stand on the receipt and are kept only as digests. They follow from the form's token, which stands in
the writer's address alone, so that a resent form shows the same receipt.
"""

import hashlib
import hmac
import re
from functools import cache
from pathlib import Path

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: nobody reads I, L, O or U for another sign
LENGTH = 12  # 60 bits: not to be guessed, and too many to try even with the digests in hand
GROUP = 4
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})

WORDS = Path(__file__).parent / "identity" / "words.txt"  # no two of them a slip of one letter apart
WORD_COUNT = 4  # more than 40 bits, behind the code and a brake
DRAWN_BYTES = 4  # for a word: what is left over by the length of the list does not matter
WORD = re.compile(r"[a-z]+")


def code(secret: str, form_token: str) -> str:
    """The code that belongs to a form, e.g. `7K3M-9QXP-T2AB`."""
    drawn = hmac.digest(secret.encode(), b"tracking:" + form_token.encode(), "sha256")
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:LENGTH])
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def passphrase(secret: str, form_token: str) -> str:
    """The words that belong to a form, e.g. `pintu hujan kelapa sore`."""
    drawn = hmac.digest(secret.encode(), b"passphrase:" + form_token.encode(), "sha256")
    known = words()
    places = range(0, WORD_COUNT * DRAWN_BYTES, DRAWN_BYTES)
    numbers = [int.from_bytes(drawn[start : start + DRAWN_BYTES]) for start in places]
    return " ".join(known[number % len(known)] for number in numbers)


def read_passphrase(typed: str) -> str:
    """What was typed as it is digested: large letters, dashes, commas and spaces do not matter."""
    return " ".join(WORD.findall(typed.lower()))


@cache
def words() -> tuple[str, ...]:
    """The words that passphrases are made of. Existing ones stay as they are: digests are what is kept."""
    return tuple(WORDS.read_text(encoding="utf-8").split())


def digest(typed: str) -> str:
    """What is kept of a code. Small letters, spaces, dashes and look-alikes do not matter."""
    return hashlib.sha256(f"code:{_signs(typed)}".encode()).hexdigest()


def digest_with_number(number: str, typed: str) -> str:
    """What was kept of a code before words belonged to it: its report's number was asked beside it."""
    return hashlib.sha256(f"{number}:{_signs(typed)}".encode()).hexdigest()


def token_digest(token: str) -> str:
    """What is kept of a form's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _signs(typed: str) -> str:
    return "".join(sign for sign in typed.upper().translate(READ_AS) if sign in ALPHABET)
