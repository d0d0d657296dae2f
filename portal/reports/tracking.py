"""The code by which a reporter without an account is known again.

It is shown on the receipt and kept only as a digest. It follows from the form's token, which stands
in the writer's address alone, so that a resent form shows the same receipt.
"""

import hashlib
import hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: nobody reads I, L, O or U for another sign
LENGTH = 12  # 60 bits: not to be guessed, and too many to try even with the digests in hand
GROUP = 4
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def code(secret: str, form_token: str) -> str:
    """The code that belongs to a form, e.g. `7K3M-9QXP-T2AB`."""
    drawn = hmac.digest(secret.encode(), b"tracking:" + form_token.encode(), "sha256")
    signs = "".join(ALPHABET[byte % len(ALPHABET)] for byte in drawn[:LENGTH])
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest(number: str, typed: str) -> str:
    """What is kept of a code. Small letters, spaces, dashes and look-alikes do not matter."""
    signs = "".join(sign for sign in typed.upper().translate(READ_AS) if sign in ALPHABET)
    return hashlib.sha256(f"{number}:{signs}".encode()).hexdigest()


def token_digest(token: str) -> str:
    """What is kept of a form's token."""
    return hashlib.sha256(token.encode()).hexdigest()
