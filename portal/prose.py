"""What people typed, as paragraphs: escaped, with their own line breaks."""

import re

from markupsafe import Markup, escape

GAP = re.compile(r"\n\s*\n")


def paragraphs(text: str) -> Markup:
    """An empty line parts paragraphs, a line break stays one."""
    parts = [part.strip() for part in GAP.split(text.strip())]
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.splitlines()))
        for part in parts
        if part
    )
