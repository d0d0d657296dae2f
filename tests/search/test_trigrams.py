"""Two texts are as alike as PostgreSQL's pg_trgm says."""

import pytest
from sqlalchemy import func, select, text

from portal import trigrams
from portal.db import db

PAIRS = [
    ("lampu jalan mati", "lampu jalan padam"),
    ("lampu jalan mati", "Jalan, LAMPU mati!"),
    ("harjosari 1", "harjosari 2"),
    ("sei mati", "sungai mati"),
    ("", "lampu"),
    ("a", "a"),
    ("air_bersih keruh 3 hari", "air bersih keruh tiga hari"),
    ("sampah menumpuk di jl. garu iii", "tumpukan sampah jalan garu 3"),
]


@pytest.mark.engine_free
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_likeness_lies_between_nothing_and_the_same(one: str, other: str) -> None:
    alike = trigrams.similarity(one, other)

    assert 0 <= alike <= 1
    assert alike == trigrams.similarity(other, one)
    assert trigrams.similarity(one, one) == (1 if one else 0)


@pytest.mark.engine_free
def test_the_order_of_words_says_nothing() -> None:
    assert trigrams.similarity("lampu jalan mati", "mati lampu jalan") == 1
    assert trigrams.similarity("lampu jalan mati", "lampu jalan padam") == pytest.approx(12 / 23)


@pytest.mark.only_on("postgresql")
def test_the_reference_agrees(session: object) -> None:
    db.session.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))

    for one, other in PAIRS:
        theirs = db.session.scalar(select(func.similarity(one, other)))
        assert trigrams.similarity(one, other) == pytest.approx(theirs, abs=1e-6), (one, other)
