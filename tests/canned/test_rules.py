"""Placeholders are known or refused, and filling never loses a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.canned import rules
from portal.canned.rules import CAME, WENT


@pytest.mark.parametrize(
    ("body", "unknown"),
    [
        ("Yth. {nama}, laporan {nomor} sudah selesai.", []),
        ("{ nomor } dan {tenggat}", []),
        ("{alamat} dan {alamat} dan {nik}", ["alamat", "nik"]),
        ("{}", [""]),
        ("tanpa isian, { terbuka saja", []),
    ],
)
def test_what_stands_in_braces_is_known_or_named(body: str, unknown: list[str]) -> None:
    assert rules.unknown(body) == unknown


def test_a_canned_answer_says_what_is_known_of_the_duty() -> None:
    text = rules.filled("Yth. {nama}, {nomor} selesai {tenggat}.", {"nama": "Bapak/Ibu", "nomor": "MDN-1"})

    assert text == "Yth. Bapak/Ibu, MDN-1 selesai {tenggat}."


def test_a_value_is_not_filled_again() -> None:
    assert rules.filled("{judul}", {"judul": "{nomor}", "nomor": "MDN-1"}) == "{nomor}"


def test_what_was_typed_stands_before_what_is_added() -> None:
    assert rules.joined("Sudah kami cek. \n", "Terima kasih.") == "Sudah kami cek.\n\nTerima kasih."
    assert rules.joined(" ", "Terima kasih.") == "Terima kasih."


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    pieces = rules.differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.fate != CAME) == before
    assert "".join(piece.text for piece in pieces if piece.fate != WENT) == after
