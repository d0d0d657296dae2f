"""The model against the definition, computed another way: exact fractions, no logarithm."""

import math
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.routing.learning.bayes import Bayes, Lesson, learn

pytestmark = pytest.mark.engine_free

WORDS = ("lampu", "jalan", "sampah", "air", "parit")
lessons = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), max_size=6), st.sampled_from(["DISHUB", "DLH", "DINKES"])),
    min_size=1,
    max_size=25,
)


def exact(rows, asked):
    """P(label) times the product of P(word | label), over the whole; Laplace's one added to each count."""
    vocabulary = {word for words, _ in rows for word in words}
    whole = {}
    for label in {label for _, label in rows}:
        own = Counter(word for words, one in rows if one == label for word in words)
        total = sum(own.values()) + len(vocabulary)
        score = Fraction(sum(one == label for _, one in rows), len(rows))
        for word in asked:
            if word in vocabulary:
                score *= Fraction(own[word] + 1, total)
        whole[label] = score
    return {label: score / sum(whole.values()) for label, score in whole.items()}


def learned(rows) -> Bayes:
    return learn((Lesson(words, label) for words, label in rows), vocabulary=frozenset(WORDS))


@given(rows=lessons, asked=st.lists(st.sampled_from([*WORDS, "tak_dikenal"]), max_size=8))
def test_probabilities_are_those_of_the_definition(rows, asked):
    found = learned(rows).log_posterior(asked)

    expected = exact(rows, asked)
    assert {label: math.exp(score) for label, score in found.items()} == pytest.approx(
        {label: float(share) for label, share in expected.items()}, rel=1e-9
    )


@given(rows=lessons)
def test_what_is_stored_reads_back_the_same(rows):
    model = learned(rows)

    assert Bayes.read(model.stored()) == model


def test_log_odds_compare_a_label_with_all_others():
    model = learned([(["lampu", "lampu"], "DISHUB"), (["sampah"], "DLH"), (["sampah", "air"], "DINKES")])

    # 3 of 5 smoothed sightings here, 1 of 6 elsewhere: vocabulary of 3 words
    assert model.log_odds("lampu", "DISHUB") == pytest.approx(math.log((3 / 5) / (1 / 6)))


def test_thousands_of_words_neither_vanish_nor_overflow():
    found = learned([(["lampu"], "DISHUB"), (["sampah"], "DLH")]).log_posterior(["lampu"] * 50_000)

    assert math.exp(found["DISHUB"]) == pytest.approx(1.0)
    assert math.isfinite(found["DLH"])
