"""Words are found however a resident spells them."""

import pytest

from portal import words
from portal.search import rules

pytestmark = pytest.mark.engine_free


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Lampu jalan padam", "lampu jln"),
        ("Parit tumpat", "paret"),
        ("Pengangkutan sampah", "sampah diangkut"),
        ("Pelayanan di kelurahan", "melayani kel"),
        ("Antrean puskesmas", "antrian puskesmas"),
        ("CAFÉ bising", "cafe"),
    ],
)
def test_question_finds_the_text_in_another_spelling(written: str, asked: str) -> None:
    assert set(rules.terms(asked)) <= set(rules.indexed(written).split())


def test_small_words_are_left_out() -> None:
    assert rules.terms("yang dan di untuk mohon") == []


def test_word_stands_as_it_was_written() -> None:
    assert [word.written for word in words.words("Jln. Garu III")] == ["Jln", "Garu", "III"]
