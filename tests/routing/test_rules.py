"""Which rule fits best, and who of a pool takes the matter."""

from datetime import date
from typing import Any

import pytest

from portal.routing.rules import Candidate, Choice, Rule, choose, enclosing, fitting

pytestmark = pytest.mark.engine_free

VILLAGE, DISTRICT, CITY = "12.71.09.1001", "12.71.09", "12.71"
TODAY = date(2026, 11, 16)


def make_rule(rule_id: int = 1, **changes: Any) -> Rule:
    values = {
        "id": rule_id,
        "category_code": "pju",
        "area_code": None,
        "agency_id": 7,
        "priority": 0,
        "verifies": False,
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
    }
    return Rule(**(values | changes))


def best(*rules: Rule) -> int | None:
    found = fitting(rules, category_code="pju", area_code=VILLAGE, on=TODAY)
    return found[0].id if found else None


def test_an_area_lies_in_its_district_and_its_city() -> None:
    assert enclosing(VILLAGE) == (VILLAGE, DISTRICT, CITY)
    assert enclosing(None) == ()


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        pytest.param({"area_code": VILLAGE}, {"area_code": DISTRICT}, id="village over district"),
        pytest.param({"area_code": DISTRICT}, {"area_code": CITY}, id="district over city"),
        pytest.param({"area_code": CITY}, {"area_code": None}, id="named city over unnamed"),
        pytest.param({}, {"category_code": None}, id="category over any category"),
        pytest.param(
            {},
            {"category_code": None, "area_code": VILLAGE},
            id="category over a village's rule for anything",
        ),
        pytest.param({"area_code": VILLAGE}, {"priority": 9}, id="area over priority"),
        pytest.param({"priority": 2}, {"priority": 1}, id="higher priority"),
        pytest.param({}, {}, id="older rule"),
    ],
)
def test_the_more_specific_rule_wins(winner: dict[str, Any], loser: dict[str, Any]) -> None:
    first, second = make_rule(1, **winner), make_rule(2, **loser)

    assert best(second, first) == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"category_code": "sampah"}, id="another category"),
        pytest.param({"area_code": "12.71.10"}, id="another district"),
        pytest.param({"valid_from": date(2026, 11, 17)}, id="from tomorrow"),
        pytest.param({"valid_to": date(2026, 11, 15)}, id="until yesterday"),
    ],
)
def test_a_rule_that_does_not_fit_is_passed_over(changes: dict[str, Any]) -> None:
    assert best(make_rule(**changes)) is None


def test_a_rule_is_valid_on_its_first_and_last_day() -> None:
    assert best(make_rule(valid_from=TODAY, valid_to=TODAY)) == 1


def test_what_fits_nowhere_is_left_to_moderators() -> None:
    everything = make_rule(category_code=None)

    assert fitting([everything], category_code="lainnya", area_code=VILLAGE, on=TODAY) == []


@pytest.mark.parametrize(
    ("pool", "away", "chosen"),
    [
        pytest.param([(1, 4), (2, 3)], {}, Choice(2), id="fewest open"),
        pytest.param([(2, 3), (1, 3)], {}, Choice(1), id="tie goes to the lowest id"),
        pytest.param([(1, 0), (2, 9)], {1: None}, Choice(2), id="absent without substitute is skipped"),
        pytest.param([(1, 0), (2, 9)], {1: 8}, Choice(8, stands_in=True), id="substitute counts instead"),
        pytest.param([(1, 0)], {1: 8, 8: None}, Choice(1), id="nobody there: still a name"),
        pytest.param([], {}, None, id="nobody at all"),
    ],
)
def test_the_least_loaded_present_official_takes_it(
    pool: list[tuple[int, int]], away: dict[int, int | None], chosen: Choice | None
) -> None:
    people = [Candidate(official_id, open_count) for official_id, open_count in pool]
    substitutes = {8: Candidate(8, 5)}

    assert choose(people, area_code=VILLAGE, away=away, substitutes=substitutes) == chosen


def test_the_official_of_the_village_comes_before_the_less_busy_one_of_the_city() -> None:
    local = Candidate(1, open_count=9, areas=frozenset({VILLAGE}))
    district = Candidate(2, open_count=3, areas=frozenset({DISTRICT}))
    anywhere = Candidate(3, open_count=0)

    assert choose([anywhere, district, local], area_code=VILLAGE, away={}) == Choice(1)
    assert choose([anywhere, district], area_code=VILLAGE, away={}) == Choice(2)
    assert choose([anywhere], area_code=VILLAGE, away={}) == Choice(3)
