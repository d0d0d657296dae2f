"""One measure says how much two matters have in common."""

import pytest

from portal.reports import likeness
from portal.reports.likeness import Found

pytestmark = pytest.mark.engine_free

LAMP = likeness.said("Lampu jalan mati di depan mushala", "Sudah empat malam gelap.")


def found(**changes: object) -> Found:
    return Found(**{"alike": 0.4, "stems": frozenset({"lampu"}), "radius_m": 200, **changes})


@pytest.mark.parametrize(
    ("title", "is_alike"),
    [
        ("Lampu jalan padam di depan mushala", True),
        ("lampu jln mati dpn mushala", True),
        ("Parit tersumbat sampah", False),
        ("Jalan berlubang di depan sekolah", False),
    ],
)
def test_other_words_for_the_same_matter_are_alike(title: str, is_alike: bool) -> None:
    alike = likeness.compare(LAMP, likeness.said(title)).alike

    assert (alike >= likeness.LEAST_ALIKE) is is_alike


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"same_district": True}, True),
        ({}, False),  # as alike, but at the other end of the city
        ({"alike": 0.75}, True),  # so alike that the distance says little
        ({"metres": 150.0}, True),
        ({"metres": 250.0}, False),
        ({"metres": 80.0, "same_category": True, "alike": 0.15}, True),
        ({"metres": 80.0, "alike": 0.15}, False),  # nearby, but about something else
        ({"same_district": True, "stems": frozenset()}, False),  # only words that everybody uses
    ],
)
def test_what_is_shown_is_near_or_alike(changes: dict[str, object], expected: bool) -> None:
    assert likeness.may_be_the_same(found(**changes)) is expected


def test_whose_place_is_not_yet_known_is_shown_what_is_alike() -> None:
    assert likeness.may_be_the_same(found(), knows_place=False)


def test_the_nearest_and_likest_comes_first_and_of_equals_the_newest() -> None:
    here, there, far = found(metres=20.0), found(metres=180.0), found(same_district=True)

    best = sorted([(far, 9), (there, 7), (here, 5), (here, 6)], key=lambda one: likeness.order(*one))

    assert best == [(here, 6), (here, 5), (there, 7), (far, 9)]


def test_shared_words_are_told_as_they_were_written() -> None:
    common = likeness.compare(LAMP, likeness.said("Lampunya padam dekat mushola dan mushala")).stems

    assert likeness.written(common, "Lampu jalan mati di depan Mushala") == ["lampu", "mushala"]
