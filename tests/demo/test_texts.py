"""The demo's words are whole, various and where they belong."""

import re
from random import Random

import pytest

from portal.assignments.rules import RefusalBasis
from portal.categories.queries import keywords
from portal.categories.rules import OTHER, suggest
from portal.demo import texts
from portal.demo.texts import Place, Situation
from portal.reports.rules import TITLE_LENGTH, ReportKind

pytestmark = pytest.mark.engine_free

SITUATIONS = [one for found in texts.situations().values() for one in found]
VILLAGES = [
    row | {"district": "Medan Amplas"}
    for row in texts.table("medan_areas.csv")
    if row["level"] == "kelurahan"
]


def place_for(situation: Situation, chance: Random) -> Place:
    return texts.choose_place(chance, situation, VILLAGES)


def test_there_are_more_than_eighty_situations_in_every_category_but_sharia() -> None:
    categories = {row["code"] for row in texts.table("categories.csv")}

    assert len(SITUATIONS) > 80
    assert len({one.key for one in SITUATIONS}) == len(SITUATIONS)
    assert set(texts.situations()) == categories - {"syariat"}


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.key)
def test_every_text_of_a_situation_can_be_filled(situation: Situation) -> None:
    place = place_for(situation, Random(1))
    said = [situation.question, situation.reply, situation.interim, *situation.answers]
    said += [text for pair in situation.texts for text in pair] + list(situation.acknowledgements)
    said += [situation.refusal[1]] if situation.refusal else []

    for text in said:
        filled = texts.fill(text, place)
        assert "{" not in filled
        assert not re.search(r"\b(dekat dekat|di di|depan depan|Jalan Jalan)\b", filled)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.key)
def test_situation_uses_the_portals_words(situation: Situation) -> None:
    assert situation.kind in set(ReportKind)
    assert situation.refusal is None or situation.refusal[0] in set(RefusalBasis)


def test_titles_fit() -> None:
    chance = Random(2)

    for situation in SITUATIONS:
        title, body = texts.write(chance, situation, place_for(situation, chance))
        assert 5 <= len(title) <= TITLE_LENGTH
        assert len(body) > 20


def test_same_chance_writes_the_same() -> None:
    first, second = (
        texts.write(chance, SITUATIONS[0], place_for(SITUATIONS[0], chance))
        for chance in (Random(3), Random(3))
    )

    assert first == second


def test_suggestions_find_the_category_of_everyday_texts() -> None:
    """Written by the same hands as the keywords: a floor against slips, no measure of quality."""
    chance = Random(4)
    first = among = count = 0
    for situation in SITUATIONS:
        if situation.category == OTHER:
            continue
        for _ in range(3):
            text = ". ".join(texts.write(chance, situation, place_for(situation, chance)))
            codes = [one.code for one in suggest(text, keywords())]
            first += codes[:1] == [situation.category]
            among += situation.category in codes
            count += 1

    assert first / count > 0.9
    assert among / count > 0.97
