"""Squares, spots and clusters of a drawing."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.projects.plans import rules

pytestmark = pytest.mark.engine_free
PLACES = st.integers(0, rules.WHOLE)


@pytest.mark.parametrize(
    ("x", "y", "name"),
    [(0, 0, "A1"), (1000, 1000, "L8"), (999, 0, "L1"), (83, 0, "A1"), (84, 0, "B1"), (200, 400, "C4")],
)
def test_point_lies_in_the_square_that_people_would_name(x, y, name):
    assert rules.square_name(rules.square_at(x, y)) == name


@pytest.mark.parametrize("name", ["", "C", "C9", "M1", "C44", "4C", "C²", "C٣", "  "])
def test_what_names_no_square_is_none(name):
    assert rules.square_named(name) is None


def test_name_of_a_square_leads_back_to_it():
    assert [rules.square_named(rules.square_name(one)) for one in range(rules.SQUARES)] == list(
        range(rules.SQUARES)
    )
    assert rules.square_named(" c4 ") == rules.square_named("C4")


@given(st.integers(0, rules.SQUARES - 1), st.integers(0, 5000))
def test_spot_in_a_square_lies_in_that_square(square, taken):
    assert rules.square_at(*rules.spot(square, taken)) == square


def test_notes_in_one_square_do_not_cover_each_other():
    spots = {rules.spot(40, taken) for taken in range(30)}

    assert len(spots) == 30


@given(PLACES, PLACES)
def test_enlarged_square_shows_its_points(x, y):
    box = rules.enlarged(rules.square_at(x, y))

    assert all(0 <= share <= 1 for share in box.place_in(x, y))
    assert box.left >= 0
    assert box.left + box.width <= rules.WHOLE
    assert box.top >= 0
    assert box.top + box.height <= rules.WHOLE


@given(st.lists(st.integers(0, rules.SQUARES - 1), max_size=400))
def test_never_more_than_a_hundred_marks_are_drawn_and_none_is_lost(squares):
    counts = Counter(squares)
    grouped = rules.clusters(counts)

    if grouped is None:
        assert len(squares) <= rules.MARKS
    else:
        assert len(grouped.counts) + len(grouped.alone) <= rules.MARKS
        assert sum(grouped.counts.values()) + len(grouped.alone) == len(squares)
