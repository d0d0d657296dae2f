"""Small truths of the interface, without an app."""

import pytest

from portal.open311 import rules

pytestmark = pytest.mark.engine_free


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("Lampu mati. Sudah empat malam.", "Lampu mati"),
        ("  Parit\ttumpat di sekolah", "Parit tumpat di sekolah"),
        ("Jalan rusak\nsejak banjir", "Jalan rusak"),
        ("Sampah menumpuk di depan pasar sejak Senin", "Sampah menumpuk di depan…"),
        ("a" * 30, "a" * 24 + "…"),
    ],
)
def test_the_first_sentence_is_the_title(description, title):
    assert rules.title_of(description, longest=25) == title


@pytest.mark.parametrize(
    ("given", "found"),
    [("3.5", 3.5), ("-90", -90.0), ("90.1", None), ("NaN", None), ("1e400", None), ("", None), ("3,5", None)],
)
def test_degrees_are_numbers_of_this_earth(given, found):
    assert rules.degrees(given, most=90) == found
