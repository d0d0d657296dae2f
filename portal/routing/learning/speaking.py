"""What the words of a text say about who handles it: keywords, names of agencies, and what was learned."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.categories.rules import Suggestion
from portal.routing.learning.bayes import Bayes
from portal.routing.learning.combining import combined, order
from portal.routing.learning.training import Learned, telling
from portal.words import Word, tokens

LEAST_ODDS = 0.7  # log: twice as likely as elsewhere; less is not worth saying
SPOKEN_AT_MOST = 5
CATEGORIES_AT_MOST = 3
LEAST_CATEGORY = math.log(0.1)  # a category less probable is a guess that nobody needs
NAME_POINTS = 1.0  # of a word of an agency's name: less than any keyword's
EVERYDAY = frozenset(tokens("dinas badan kota daerah satuan unit pelaksana teknis pelayanan umum jalan air"))


@dataclass(frozen=True, slots=True)
class Speaker:
    """A word as it is written, and how much more likely it is where this label is right (log odds)."""

    word: str
    log_odds: float

    @property
    def times(self) -> float:
        """How many times as likely; whole from ten on."""
        times = math.exp(self.log_odds)
        return round(times, 1) if times < 10 else round(times)


def names(agencies: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From (label, name): which word belongs to the name of one label alone."""
    bearers: dict[str, set[str]] = {}
    for label, name in agencies:
        for stem in tokens(name):
            bearers.setdefault(stem, set()).add(label)
    return {
        stem: next(iter(labels))
        for stem, labels in bearers.items()
        if len(labels) == 1 and stem not in EVERYDAY and len(stem) > 2
    }


def named(found: Iterable[Word], names_of: Mapping[str, str]) -> dict[str, float]:
    """Points by label for words that belong to the name of one agency."""
    return {names_of[word.stem]: NAME_POINTS for word in found if word.stem in names_of}


def scores(
    text: str, learned: Learned | None, points: Mapping[str, float], names_of: Mapping[str, str]
) -> dict[str, float]:
    """A score for each label. The name of an agency speaks only where no keyword does."""
    found = telling(text)
    points = points or named(found, names_of)
    if learned is None:
        return dict(points)
    said = learned.agencies.log_posterior(word.stem for word in found)
    return combined(said, points, learned.keyword_weight)


def speakers(bayes: Bayes, found: Sequence[Word], label: str) -> list[Speaker]:
    """The words of a text that speak for a label, loudest first, as the person wrote them."""
    if label not in bayes.reports:
        return []
    written = {word.stem: word.written.casefold() for word in reversed(found) if word.stem in bayes.sightings}
    heard = [Speaker(form, bayes.log_odds(stem, label)) for stem, form in written.items()]
    loud = [one for one in heard if one.log_odds >= LEAST_ODDS]
    return sorted(loud, key=lambda one: (-one.log_odds, one.word))[:SPOKEN_AT_MOST]


def loudest(bayes: Bayes, written: Mapping[str, str], label: str, *, limit: int) -> list[Speaker]:
    """Of the whole vocabulary, what speaks for a label most."""
    heard = (Speaker(written[stem], bayes.log_odds(stem, label)) for stem in bayes.sightings)
    loud = [one for one in heard if one.log_odds >= LEAST_ODDS]
    return sorted(loud, key=lambda one: (-one.log_odds, one.word))[:limit]


def categories(learned: Learned, text: str, *, among: Collection[str] | None = None) -> list[Suggestion]:
    """Categories that the learned words speak for, with these words; without any it is no suggestion."""
    found = telling(text)
    said = learned.categories.log_posterior(word.stem for word in found)
    likely = [
        code for code in order(said) if said[code] >= LEAST_CATEGORY and (among is None or code in among)
    ]
    heard = [(code, [one.word for one in speakers(learned.categories, found, code)]) for code in likely]
    return [Suggestion(code, said[code], words) for code, words in heard[:CATEGORIES_AT_MOST] if words]
