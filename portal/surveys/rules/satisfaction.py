"""The public satisfaction index (IKM) after PermenPANRB 14/2017, exactly: fractions until the last step.

An element's mean (NRR) is the sum of its scores over the number of its answers. The index is the sum of
the nine means, each weighted by exactly one ninth, times 25. It is rounded half up to two decimals, as
offices do by hand, and only then graded, so that no index falls between two grades.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from portal.surveys.rules.instruments import SKM_CODES, Words

WEIGHTS = dict.fromkeys(SKM_CODES, Fraction(1, len(SKM_CODES)))  # 0.111 would make 99.9 of the best score
SCALE = 25  # four times 25 is 100
LOWEST, HIGHEST = Decimal("25.00"), Decimal("100.00")
HUNDREDTH, THOUSANDTH = Decimal("0.01"), Decimal("0.001")
Z95 = Fraction("1.959964")  # the normal distribution's 97.5 % point

# Krejcie and Morgan 1970: chi-square for one degree of freedom at 95 %, half of the people, five points.
CHI_SQUARE = Fraction("3.841")
SHARE = Fraction(1, 2)
PRECISION = Fraction("0.05")


class Grade(NamedTuple):
    """A mark with what it is called, from its lowest index on."""

    letter: str
    lowest: Decimal
    performance: Words


GRADES = (
    Grade("A", Decimal("88.31"), Words("Sangat Baik", "Very good")),
    Grade("B", Decimal("76.61"), Words("Baik", "Good")),
    Grade("C", Decimal("65.00"), Words("Kurang Baik", "Not good enough")),
    Grade("D", Decimal("25.00"), Words("Tidak Baik", "Bad")),
)


def rounded(value: Fraction, step: Decimal) -> Decimal:
    """Half up to so many decimals, without a detour through binary fractions."""
    with localcontext() as exact:
        exact.prec = 60
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)


def index(means: Mapping[str, Fraction]) -> Decimal:
    """The index of the nine means, by their codes; the order means nothing."""
    return rounded(
        sum((means[code] * weight for code, weight in WEIGHTS.items()), Fraction()) * SCALE, HUNDREDTH
    )


def grade(value: Decimal) -> Grade:
    """The grade of a rounded index. Raises ValueError outside 25 to 100, where no index lies."""
    if not LOWEST <= value <= HIGHEST:
        raise ValueError(f"no index: {value}")
    return next(one for one in GRADES if value >= one.lowest)


def required_sample(population: int) -> int:
    """How many answers are enough for so many people served, by the formula rather than the printed table
    (which says 384 where the formula gives 383)."""
    spread = CHI_SQUARE * SHARE * (1 - SHARE)
    needed = spread * population / (PRECISION**2 * (population - 1) + spread)
    return int(rounded(needed, Decimal(1)))


def interval(
    answers: Sequence[Mapping[str, int]],
    means: Mapping[str, Fraction],
    counts: Mapping[str, int],
    population: int | None,
) -> tuple[Decimal, Decimal] | None:
    """The index's 95 % interval by the normal approximation; None for fewer than two answers.

    Each person moves the index by their distances to the means, so it is right also where somebody left
    a question out. With a known population it narrows as everybody is asked (finite correction). It says
    nothing about those who did not answer.
    """
    n = len(answers)
    if n < 2:
        return None
    shifts = [
        SCALE
        * sum(
            (WEIGHTS[code] * (score - means[code]) / counts[code] for code, score in one.items()), Fraction()
        )
        for one in answers
    ]
    variance = sum((shift**2 for shift in shifts), Fraction()) * Fraction(n, n - 1)
    if population is not None:
        variance *= max(1 - Fraction(n, population), Fraction())
    middle = SCALE * sum((means[code] * weight for code, weight in WEIGHTS.items()), Fraction())
    width = Z95 * _root(variance)
    return (
        max(rounded(middle - width, HUNDREDTH), LOWEST),
        min(rounded(middle + width, HUNDREDTH), HIGHEST),
    )


def _root(value: Fraction) -> Fraction:
    with localcontext() as exact:  # the same digits on every machine
        exact.prec = 40
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
