"""A report out of a mail: the subject becomes its title, what was written its story."""

import re
from dataclasses import dataclass

from portal.mailroom.rules import quoting
from portal.mailroom.rules.reading import Incoming

TITLE_LENGTH = 120  # as a report takes them
STORY_LENGTH = 8000
ANSWER = r"(?:re|bls|balas|aw)"
FORWARD = r"(?:fwd?|tr|wg|terusan|diteruskan|teruskan)"
PREFIXES = re.compile(rf"^(?:\s*(?:{ANSWER}|{FORWARD})\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE)
FORWARDED = re.compile(rf"^\s*(?:{ANSWER}\s*:\s*)*{FORWARD}\s*:", re.IGNORECASE)
HEADING = re.compile(
    r"^[>\s*]*(?:from|dari|sent|dikirim|date|tanggal|to|kepada|ke|cc|tembusan|subject|subjek|perihal|"
    r"reply-to)\s*\*?\s*:\s?",
    re.IGNORECASE,
)
QUOTE = re.compile(r"^\s*(?:>\s?)+")
FIRST_SENTENCE = re.compile(r"[.!?\n]")


@dataclass(frozen=True)
class Story:
    """What a report draft begins with; `is_cut` where the mail said more than a report takes."""

    title: str
    body: str
    is_cut: bool


def of(incoming: Incoming, *, mark: str) -> Story | None:
    """The words of a mail as a report. None when there are none.

    Of a forwarded mail the words that were forwarded count too, without the lines that say who wrote them
    to whom; of any other, quotes and signatures are left out.
    """
    body = quoting.written(incoming.text, mark=mark)
    if FORWARDED.match(incoming.subject) or not body:
        body = _forwarded(incoming.text)
    title = PREFIXES.sub("", incoming.subject).strip()
    if not body and not title:
        return None
    body = body or title
    return Story(
        title=_short(title or FIRST_SENTENCE.split(body, maxsplit=1)[0]),
        body=body[:STORY_LENGTH].rstrip(),
        is_cut=len(body) > STORY_LENGTH,
    )


def _forwarded(text: str) -> str:
    """All that stands in it but the lines that a mail program put before what it forwards."""
    kept = [
        QUOTE.sub("", line)
        for line in text.split("\n")
        if not HEADING.match(line) and not quoting.SEPARATOR.match(line)
    ]
    return quoting.BLANKS.sub("\n\n", "\n".join(kept)).strip()


def _short(title: str) -> str:
    """Cut at a word, with a mark that it was cut."""
    title = " ".join(title.split())
    if len(title) <= TITLE_LENGTH:
        return title
    return title[: TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
