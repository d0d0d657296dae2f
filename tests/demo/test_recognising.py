"""A filled template is known again, so that no copy of it judges another."""

from random import Random

import pytest

from portal.demo import texts
from portal.demo.recognising import situation_of

pytestmark = pytest.mark.engine_free


def test_every_text_of_the_demo_city_is_known_by_its_situation():
    chance = Random(1)
    areas = {row["code"]: row for row in texts.table("medan_areas.csv")}
    villages = [
        {**row, "district": areas[row["parent_code"]]["name"]}
        for row in areas.values()
        if row["code"].count(".") == 3
    ]
    known = [one for group in texts.situations().values() for one in group]
    unknown = []

    for situation in known:
        for title, body in situation.texts:
            place = texts.choose_place(chance, situation, villages)
            filled = f"{texts.fill(title, place)} {texts.fill(body, place)}"
            if situation_of(filled) != situation.key:
                unknown.append((situation.key, situation_of(filled)))

    assert unknown == []
    assert len(known) == 133


def test_a_text_of_somebody_else_is_not_known():
    assert situation_of("Saya menulis sendiri, tidak dari contoh mana pun.") is None
