"""The satisfaction index and the size of its sample, against figures worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.surveys.rules import satisfaction
from portal.surveys.rules.instruments import SKM, SKM_CODES

pytestmark = pytest.mark.engine_free
SCORES = st.lists(st.integers(1, 4), min_size=9, max_size=9)


def alike(mean: str) -> dict[str, Fraction]:
    """All nine elements with the same mean."""
    return dict.fromkeys(SKM_CODES, Fraction(mean))


@pytest.mark.parametrize(
    ("mean", "index", "grade"),
    [
        ("1", "25.00", "D"),
        ("2.5996", "64.99", "D"),
        ("2.60", "65.00", "C"),
        ("3", "75.00", "C"),
        ("3.064", "76.60", "C"),
        ("3.0644", "76.61", "B"),
        ("3.532", "88.30", "B"),
        ("3.5324", "88.31", "A"),
        ("4", "100.00", "A"),
    ],
)
def test_index_and_grade_are_those_of_the_regulation(mean, index, grade):
    value = satisfaction.index(alike(mean))

    assert (str(value), satisfaction.grade(value).letter) == (index, grade)


@pytest.mark.parametrize(
    ("mean", "index", "grade"),
    [("2.5998", "65.00", "C"), ("2.5997", "64.99", "D"), ("3.0642", "76.61", "B"), ("3.5322", "88.31", "A")],
)
def test_index_is_rounded_half_up_before_it_is_graded(mean, index, grade):
    value = satisfaction.index(alike(mean))

    assert (str(value), satisfaction.grade(value).letter) == (index, grade)


@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (1, 1),
        (10, 10),
        (15, 14),
        (50, 44),
        (75, 63),
        (100, 80),
        (190, 127),
        (300, 169),
        (340, 181),
        (500, 217),
        (750, 254),
        (1_000, 278),
        (2_000, 322),
        (5_000, 357),
        (10_000, 370),
        (100_000, 383),
    ],
)
def test_sample_is_that_of_krejcie_and_morgans_formula(population, sample):
    assert satisfaction.required_sample(population) == sample


def test_weights_sum_to_one_exactly():
    assert sum(satisfaction.WEIGHTS.values()) == 1
    assert len(satisfaction.WEIGHTS) == len(SKM) == 9


@given(SCORES, st.permutations(range(9)))
def test_order_of_the_elements_means_nothing(scores, order):
    told = dict(zip(SKM_CODES, map(Fraction, scores), strict=True))
    shuffled = {SKM_CODES[place]: told[SKM_CODES[place]] for place in order}

    assert satisfaction.index(told) == satisfaction.index(shuffled)


@given(SCORES)
def test_every_index_has_a_grade(scores):
    value = satisfaction.index(dict(zip(SKM_CODES, map(Fraction, scores), strict=True)))

    assert satisfaction.grade(value).letter in "ABCD"


@pytest.mark.parametrize("value", ["24.99", "100.01"])
def test_what_is_no_index_has_no_grade(value):
    with pytest.raises(ValueError, match="no index"):
        satisfaction.grade(Decimal(value))


def interval(scores, population=None):
    answers = [dict.fromkeys(SKM_CODES, score) for score in scores]
    mean = Fraction(sum(scores), len(scores))
    return satisfaction.interval(
        answers, dict.fromkeys(SKM_CODES, mean), dict.fromkeys(SKM_CODES, len(scores)), population
    )


def test_interval_is_the_normal_one_of_the_persons_indexes():
    # Persons of 50 and 100, five each: standard deviation 26.352, standard error 8.333, times 1.96.
    assert interval([2, 4] * 5) == (Decimal("58.67"), Decimal("91.33"))


def test_interval_narrows_as_more_of_the_people_served_are_asked():
    lower, upper = interval([2, 4] * 5, population=20)

    assert (lower, upper) == (Decimal("63.45"), Decimal("86.55"))
    assert interval([2, 4] * 5, population=10) == (Decimal("75.00"), Decimal("75.00"))


def test_one_answer_has_no_interval():
    assert interval([3]) is None
