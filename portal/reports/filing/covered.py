"""Personal data in what somebody writes: told before it is sent, in the words that everybody will read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from portal.i18n import _
from portal.reports import labels
from portal.reports.filing.keeping import NAMING, Typed
from portal.reports.filing.rules import Answers, Step
from portal.reports.masking import cut, mask

AROUND = 28  # signs on either side, so that the place is recognised
# The page's own values, and a name and an address that are never shown with the text.
NOT_TEXT = frozenset({"category", "area", "lat", "lon", "unit", "kind", "q", *NAMING})


@dataclass(frozen=True)
class Covered:
    """One covered piece: the page it was written on, what it is, and how the public reads it."""

    step: Step
    sentence: str
    excerpt: str


def in_answers(answers: Answers) -> list[Covered]:
    """Everything that will be covered in what is about to be sent, in the order of the questions."""
    texts: list[tuple[Step, str]] = [
        (Step.WHAT, answers.title),
        (Step.WHAT, answers.body),
        *((Step.QUESTIONS, text) for text in answers.given.values()),
        (Step.PLACE, answers.place),
        *((Step.PHOTOS, text) for photo in answers.photos for text in (photo.caption, photo.alt)),
    ]
    return list(_covered(texts))


def in_page(step: Step, typed: Typed) -> list[Covered]:
    """The same in what stands typed on one page."""
    texts = ((step, text) for name, values in typed.items() if name not in NOT_TEXT for text in values)
    return list(_covered(texts))


def without(answers: Answers) -> dict[str, Any]:
    """The texts of a draft without what would be covered, by the names of the answers."""
    return {
        "title": cut(answers.title),
        "body": cut(answers.body),
        "place": cut(answers.place),
        "given": {code: cut(text) for code, text in answers.given.items()},
        "photos": [replace(one, caption=cut(one.caption), alt=cut(one.alt)) for one in answers.photos],
    }


def _covered(texts: Iterable[tuple[Step, str]]) -> Iterator[Covered]:
    told = set()
    for step, text in texts:
        masked, end = mask(text), 0
        for finding in masked.findings:
            start = masked.text.index(finding.shown, end)
            end = start + len(finding.shown)
            if (step, finding) not in told:
                told.add((step, finding))
                yield Covered(
                    step,
                    _("Ada %(what)s di tulisan Anda.", what=labels.PERSONAL_DATA[finding.kind]),
                    _excerpt(masked.text, start, end),
                )


def _excerpt(text: str, start: int, end: int) -> str:
    """The piece with whole words around it, on one line."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return " ".join(f"{before}{text[start:end]}{after}".split())
