"""Who acts for whom: substitutes of this leave, standing ones, theirs in turn."""

import pytest

from portal.organisation.rules import stand_in

A, B, C, D = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("away", "standing", "found"),
    [
        ({A: B}, {}, B),
        ({A: None}, {}, None),
        ({A: None}, {A: [C, D]}, C),
        ({A: B, B: C}, {}, C),
        ({A: B, B: C}, {A: [D]}, D),
        ({A: B, B: None}, {B: [D]}, D),
        ({A: B, B: A}, {}, None),
        ({A: B, B: C, C: A}, {C: [D]}, D),
        ({A: None, C: None}, {A: [C, D]}, D),
    ],
    ids=[
        "the one named for this leave",
        "nobody was named",
        "the first one named in advance",
        "the substitute is away too, so theirs",
        "one named for the official comes before a substitute's substitute",
        "the substitute's standing one",
        "they name each other",
        "a circle with a way out",
        "a standing one who is away is passed by",
    ],
)
def test_who_stands_in(away, standing, found):
    assert stand_in(A, away=away, standing=standing, may=lambda one: True) == found


def test_whoever_may_not_is_passed_by():
    assert stand_in(A, away={A: B}, standing={A: [C]}, may=lambda one: one != B) == C
