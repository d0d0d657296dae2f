"""What the words of one report say about who handles it, by keywords and by what the city has learned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.categories import queries as categories
from portal.categories.rules import suggest
from portal.organisation.models import Agency
from portal.routing.learning import queries as learning
from portal.routing.learning import speaking
from portal.routing.learning.combining import order
from portal.routing.learning.speaking import Speaker
from portal.routing.learning.training import POOLED_KINDS, Learned, label_of, telling
from portal.routing.services import Suggestion
from portal.words import Word

FRONT = 3  # labels that learned words may bring in by themselves


@dataclass(frozen=True)
class Hearing:
    """The words of a text; `said` and `points` by category, from the keywords."""

    text: str
    said: Mapping[str, list[str]]
    points: Mapping[str, float]
    learned: Learned | None
    names: Mapping[str, str]  # words of agencies' names

    @classmethod
    def of(cls, text: str, receivers: learning.Receivers) -> "Hearing":
        guesses = suggest(text, categories.keywords())
        return cls(
            text,
            {guess.code: guess.matched_words for guess in guesses},
            {guess.code: guess.score for guess in guesses},
            learning.loaded(receivers.model_id) if text else None,
            learning.named(receivers.agencies),
        )

    @cached_property
    def words(self) -> list[Word]:
        return telling(self.text)

    def categories(self) -> list[str]:
        """Categories that the keywords speak for, then those that the city has learned."""
        more = speaking.categories(self.learned, self.text) if self.learned else []
        return list(dict.fromkeys([*self.said, *(one.code for one in more)]))

    def scores(self, found: Sequence[Suggestion]) -> dict[str, float]:
        """By label. A keyword's points go to the first agency that its category leads to."""
        points: dict[str, float] = {}
        led: set[str] = set()
        for one in found:
            label = _label(one.agency)
            if one.category_code in self.points and one.category_code not in led:
                led.add(one.category_code)
                points[label] = max(points.get(label, 0.0), self.points[one.category_code])
        return speaking.scores(self.text, self.learned, points, self.names)

    def speaks_for(self, agencies: Sequence[Agency], found: Sequence[Suggestion]) -> list[Agency]:
        """Agencies in front by their words alone. Which office of a pooled kind it is, the place decides:
        a rule has found it, or nobody has."""
        front = order(self.scores(found))[:FRONT]
        own = {_label(one): one for one in agencies if one.kind not in POOLED_KINDS}
        return [
            own[label]
            for label in front
            if label in own and (self.heard_for(own[label]) or self.named_in(own[label]))
        ]

    def ordered(
        self, agencies: Iterable[Agency], found: Sequence[Suggestion], chosen: Sequence[str]
    ) -> list[Agency]:
        """Whom the resident's own category leads to, in the order of its rules; then by score."""
        scores = self.scores(found)
        first = {one.agency.id: place for place, one in enumerate(found) if one.category_code in chosen}
        least = min(scores.values(), default=0.0)
        return sorted(
            agencies,
            key=lambda one: (first.get(one.id, len(found)), -scores.get(_label(one), least)),
        )

    def heard_for(self, agency: Agency) -> list[str]:
        """The words of the text that speak for an agency in the city's history, loudest first."""
        return [one.word for one in self.speakers(agency)]

    def named_in(self, agency: Agency) -> list[str]:
        """Words of the text that stand in the agency's name; asked where no keyword speaks."""
        if self.points:
            return []
        own = (one.written.casefold() for one in self.words if self.names.get(one.stem) == _label(agency))
        return list(dict.fromkeys(own))

    def speakers(self, agency: Agency) -> list[Speaker]:
        """The same with their strength."""
        if self.learned is None:
            return []
        return speaking.speakers(self.learned.agencies, self.words, _label(agency))


def _label(agency: Agency) -> str:
    return label_of(agency.code, agency.kind)
