"""Dots are counted, ties are said, and small groups are not shown."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.projects.voting.rules import MIN_PEOPLE, Flaw, VoteState, flaw_of, state_of, tally, turnout

NOON = datetime(2027, 1, 4, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("dots", "flaw"),
    [
        ({1: 5}, None),
        ({1: 1}, None),
        ({1: 2, 2: 2, 3: 1}, None),
        ({}, Flaw.EMPTY),
        ({1: 0}, Flaw.EMPTY),
        ({1: 3, 2: 3}, Flaw.TOO_MANY),
        ({9: 1}, Flaw.UNKNOWN_CHOICE),
        ({1: -1, 2: 2}, Flaw.UNKNOWN_CHOICE),
    ],
)
def test_one_to_five_dots_make_a_ballot(dots, flaw):
    assert flaw_of(dots, choices=[1, 2, 3], allowed=5, most_on_one=None) == flaw


def test_a_vote_may_limit_the_dots_on_one_choice():
    assert flaw_of({1: 3}, choices=[1, 2], allowed=5, most_on_one=2) is Flaw.TOO_MANY_ON_ONE


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (NOON - HOUR, VoteState.PREPARED),
        (NOON, VoteState.OPEN),
        (NOON + HOUR, VoteState.CLOSED),
    ],
)
def test_a_vote_is_open_from_its_first_moment_and_closed_at_its_last(at, state):
    assert state_of(NOON, NOON + HOUR, None, at) is state


def test_most_dots_come_first_and_equal_dots_share_a_rank():
    scores = tally([1, 2, 3, 4], [{1: 2, 2: 1}, {2: 1, 3: 4}, {1: 0}])

    assert [(s.choice, s.dots, s.people, s.rank, s.is_tied) for s in scores] == [
        (3, 4, 1, 1, False),
        (1, 2, 1, 2, True),
        (2, 2, 2, 2, True),
        (4, 0, 0, 4, False),
    ]


def test_areas_with_few_voters_stand_together_with_one_that_hides_them():
    shown = turnout([("Amplas", 40), ("Garu", 12), ("Timbang", 3)])

    assert (shown.total, shown.areas, shown.others) == (55, [("Amplas", 40)], 15)


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 40), max_size=12))
def test_the_total_never_gives_a_small_area_away(counts):
    shown = turnout(counts.items())

    hidden = [count for name, count in counts.items() if name not in dict(shown.areas)]
    assert all(count >= MIN_PEOPLE for _name, count in shown.areas)
    assert shown.total == sum(counts.values()) == shown.others + sum(count for _name, count in shown.areas)
    assert not hidden or len(hidden) > 1 or not shown.areas
