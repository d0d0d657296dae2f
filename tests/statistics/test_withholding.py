"""No difference between published cells and the total reveals a small group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.withholding import withheld

pytestmark = pytest.mark.engine_free

tables = st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=12)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 12, "b": 30}, set()),
        ({"a": 0, "b": 30}, set()),
        ({"a": 7, "b": 128, "c": 15}, {"a", "c"}),
        ({"a": 4, "b": 5, "c": 15, "d": 20}, {"a", "b", "c"}),
        ({"a": 9, "b": 9, "c": 15}, {"a", "b"}),
        ({"a": 4}, {"a"}),
    ],
)
def test_small_cells_go_with_enough_neighbours(counts, expected):
    assert withheld(counts) == expected


@given(tables)
def test_every_small_cell_is_withheld(counts):
    hidden = withheld(counts)

    assert all(n == 0 or n >= 10 for cell, n in counts.items() if cell not in hidden)


@given(tables)
def test_total_minus_the_published_cells_is_never_one_cell_nor_small(counts):
    hidden = withheld(counts)
    difference = sum(counts.values()) - sum(n for c, n in counts.items() if c not in hidden)

    if hidden and sum(counts.values()) >= 10:
        assert len(hidden) >= 2
        assert difference >= 10


@given(tables)
def test_nothing_is_withheld_without_need(counts):
    if all(n == 0 or n >= 10 for n in counts.values()):
        assert withheld(counts) == set()
