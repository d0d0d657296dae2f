"""Small truths of the interface, without an app."""

import pytest

from portal.open311 import rules

pytestmark = pytest.mark.engine_free


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("Lampu mati. Sudah empat malam.", "Lampu mati"),
        ("  Parit\ttumpat di depan sekolah", "Parit tumpat di depan sekolah"),
        ("Jalan rusak\nsejak banjir", "Jalan rusak"),
        ("satu dua tiga empat", "satu dua…"),
        ("a" * 30, "a" * 11 + "…"),
    ],
)
def test_the_first_sentence_is_the_title(description, title):
    longest = 12 if len(title) <= 12 and title.endswith("…") else 120

    assert rules.title_of(description, longest=longest) == title


@pytest.mark.parametrize(
    ("given", "found"),
    [("3.5", 3.5), ("-90", -90.0), ("90.1", None), ("NaN", None), ("1e400", None), ("", None), ("3,5", None)],
)
def test_degrees_are_numbers_of_this_earth(given, found):
    assert rules.degrees(given, most=90) == found
