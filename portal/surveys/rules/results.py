"""What is published of a survey: a document that the same answers always give again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypedDict

from portal.surveys.rules import satisfaction
from portal.surveys.rules.doors import Door
from portal.surveys.rules.instruments import FACTS, Kind, scored
from portal.withholding import MIN_CELL, MIN_PEOPLE, withheld

UNTOLD = "untold"  # the cell of those who did not say


@dataclass(frozen=True, slots=True)
class Answered:
    """One response as the figures see it: scores by the code of their question."""

    door: Door
    scores: Mapping[str, int]
    facts: Mapping[str, str]


class Element(TypedDict):
    """A question's figures; `total` over `n` is its mean, exactly. Withheld ones are None."""

    code: str
    n: int
    total: int | None
    mean: str | None
    weight: str | None
    weighted: str | None


class DoorFigure(TypedDict):
    """What one door gave; the index only where both doors have enough answers."""

    n: int
    index: str | None


class Result(TypedDict):
    """Decimals stand as text, so that they are read as they were rounded."""

    kind: str
    n: int
    is_withheld: bool
    population: int | None
    required: int | None
    is_sufficient: bool | None
    invited: int
    invited_answered: int
    doors: dict[str, DoorFigure]
    elements: list[Element]
    index: str | None
    grade: str | None
    lower: str | None
    upper: str | None
    facts: dict[str, dict[str, int | None]]


def document(kind: Kind, answers: Sequence[Answered], *, invited: int, population: int | None) -> Result:
    """The result of these answers. Below ten answers it says only how many there were."""
    is_withheld = len(answers) < MIN_CELL
    elements = [_element(kind, question.code, answers, is_withheld) for question in scored(kind)]
    value = None if is_withheld else _index(kind, answers)
    limits = _limits(answers, population) if value is not None else None
    required = satisfaction.required_sample(population) if population is not None else None
    return Result(
        kind=kind.value,
        n=len(answers),
        is_withheld=is_withheld,
        population=population,
        required=required,
        is_sufficient=len(answers) >= required if required is not None else None,
        invited=invited,
        invited_answered=sum(one.door is Door.INVITED for one in answers),
        doors=_doors(kind, answers),
        elements=elements,
        index=str(value) if value is not None else None,
        grade=satisfaction.grade(value).letter if value is not None else None,
        lower=str(limits[0]) if limits else None,
        upper=str(limits[1]) if limits else None,
        facts={} if is_withheld else {fact.code: _cells(fact.code, answers) for fact in FACTS},
    )


def _element(kind: Kind, code: str, answers: Sequence[Answered], is_withheld: bool) -> Element:
    scores = [one.scores[code] for one in answers if code in one.scores]
    weight = satisfaction.WEIGHTS.get(code) if kind is Kind.SKM else None
    if is_withheld or len(scores) < MIN_CELL:
        return Element(
            code=code,
            n=len(scores),
            total=None,
            mean=None,
            weight=str(weight) if weight else None,
            weighted=None,
        )
    mean = Fraction(sum(scores), len(scores))
    return Element(
        code=code,
        n=len(scores),
        total=sum(scores),
        mean=_text(mean),
        weight=str(weight) if weight else None,
        weighted=_text(mean * weight) if weight else None,
    )


def _text(value: Fraction) -> str:
    return str(satisfaction.rounded(value, satisfaction.THOUSANDTH))


def _index(kind: Kind, answers: Sequence[Answered]) -> Decimal | None:
    """The index where each of the nine has enough answers; evaluations have none."""
    if kind is not Kind.SKM:
        return None
    means, counts = _means(answers)
    if any(counts[code] < MIN_CELL for code in satisfaction.WEIGHTS):
        return None
    return satisfaction.index(means)


def _means(answers: Sequence[Answered]) -> tuple[dict[str, Fraction], Counter[str]]:
    totals: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for one in answers:
        totals.update(one.scores)
        counts.update(one.scores.keys())
    return {code: Fraction(totals[code], count) for code, count in counts.items()}, counts


def _limits(answers: Sequence[Answered], population: int | None) -> tuple[Decimal, Decimal] | None:
    means, counts = _means(answers)
    return satisfaction.interval([one.scores for one in answers], means, counts, population)


def _doors(kind: Kind, answers: Sequence[Answered]) -> dict[str, DoorFigure]:
    """Both indexes or none: one alone would give away the other."""
    parts = {door: [one for one in answers if one.door is door] for door in Door}
    values = {door: _index(kind, part) if len(part) >= MIN_CELL else None for door, part in parts.items()}
    is_shown = all(value is not None for value in values.values())
    return {
        door.value: DoorFigure(n=len(part), index=str(values[door]) if is_shown else None)
        for door, part in parts.items()
    }


def _cells(code: str, answers: Sequence[Answered]) -> dict[str, int | None]:
    """How many said what of themselves; cells under five people are None, with enough neighbours."""
    told = Counter(one.facts.get(code, UNTOLD) for one in answers)
    order = [option for fact in FACTS if fact.code == code for option, _ in fact.options]
    counts = {option: told[option] for option in (*order, UNTOLD)}
    hidden = withheld(counts, MIN_PEOPLE)
    return {option: None if option in hidden else count for option, count in counts.items()}


def scores_of(answers: Mapping[str, Any]) -> dict[str, int]:
    """The scores among the stored answers."""
    return {code: value for code, value in answers.items() if isinstance(value, int)}
