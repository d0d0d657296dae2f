"""No count below ten shows, and none can be computed from the total and its neighbours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.statistics.editions import cells
from portal.withholding import MIN_CELL

pytestmark = pytest.mark.engine_free

columns = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40)), min_size=1, max_size=3)


def test_small_cells_take_a_neighbour_with_them() -> None:
    assert cells.unnamed([{"a": 50, "b": 12, "c": 3}]) == {"b", "c"}


def test_two_small_cells_that_reach_ten_need_no_neighbour() -> None:
    assert cells.unnamed([{"a": 50, "b": 6, "c": 4}]) == {"b", "c"}


def test_cell_that_is_small_in_one_column_is_named_in_none() -> None:
    assert cells.unnamed([{"a": 50, "b": 12, "c": 30}, {"a": 40, "b": 2, "c": 30}]) == {"b", "c"}


def test_cell_that_may_never_be_named_takes_a_neighbour_with_it() -> None:
    assert cells.unnamed([{"secret": 20, "a": 50, "b": 12}], always=("secret",)) == {"secret", "b"}


def test_nothing_small_means_everything_is_named() -> None:
    assert cells.unnamed([{"a": 50, "b": 12, "c": 0}]) == set()


@given(columns)
def test_what_is_left_of_the_total_never_stands_for_one_small_cell(counters: list[dict[str, int]]) -> None:
    joined = cells.unnamed(counters)

    everything = {cell for counter in counters for cell, n in counter.items() if n}
    for counter in counters:
        hidden = [counter[cell] for cell in joined if counter.get(cell)]
        named = [n for cell, n in counter.items() if n and cell not in joined]
        assert all(n >= MIN_CELL for n in named)
        assert not hidden or joined == everything or (len(hidden) >= 2 and sum(hidden) >= MIN_CELL)
