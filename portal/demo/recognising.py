"""Which situation of the demo city a text tells of: its texts are filled templates, so that holding out one
copy would prove nothing while another is learned from."""

import re
from collections.abc import Sequence
from functools import cache

from portal.demo.texts import situations

SLOT = re.compile(r"\{\w+\}")
TELLING = 12  # letters; a shorter piece may stand in any text


def situation_of(text: str) -> str | None:
    """The situation whose longest piece of a template stands in the text; None for other texts."""
    folded = text.casefold()
    return next((key for piece, key in _pieces() if piece in folded), None)


@cache
def _pieces() -> Sequence[tuple[str, str]]:
    """The longest fixed piece of each template, the longest of all first."""
    found = [
        (max(SLOT.split(body), key=len).strip().casefold(), one.key)
        for known in situations().values()
        for one in known
        for _, body in one.texts
    ]
    return sorted((one for one in found if len(one[0]) >= TELLING), key=lambda pair: -len(pair[0]))
