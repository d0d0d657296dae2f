"""Finding reports: the same matches on both engines, and nothing typed is read as an operator."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.db import db
from portal.search import queries, rules, services
from portal.search.models import SearchDocument

TEXTS = {
    "A": ("Lampu jalan mati di Garu III", "Sudah empat malam gelap, dekat SDN 060."),
    "B": ("Parit tumpat", "Sampah menumpuk di parit Jum'at lalu, lampunya juga redup"),
    "C": ("Jalan berlubang", "Lubang besar di depan kafe Café Amplas"),
    "D": ("Air 3.5 liter", "tarif naik 100%"),
}


@pytest.fixture
def texts(app: Flask) -> None:
    for ref, (title, text) in TEXTS.items():
        services.put("report", ref, title=title, text=text)
    db.session.flush()


def found(question: str, ask: Callable[..., Any] = queries.matching) -> set[str]:
    terms = rules.terms(question)
    if not terms:
        return set()
    hits = ask("report", terms, limit=10)
    refs = db.select(SearchDocument.ref).join(hits, hits.c.id == SearchDocument.id)
    return set(db.session.scalars(refs))


@pytest.mark.parametrize(
    ("question", "refs"),
    [
        ("lampu", {"A", "B"}),
        ("lampunya", {"A", "B"}),
        ("LAMPU garu", {"A"}),
        ("lubang", {"C"}),
        ("berlobang", {"C"}),
        ("cafe", {"C"}),
        ("sampa", {"B"}),
        ("gar", {"A"}),
        ("jum'at", {"B"}),
        ("060", {"A"}),
        ("tidak ada yang begini zzz", set()),
        ('"lampu" OR parit', set()),
        ("lampu* (", {"A", "B"}),
        ("lampu AND jalan", set()),
        ("'; DROP TABLE reports --", set()),
        ("\\ ' : & | ! <->", set()),
    ],
)  # fmt: skip
def test_words_find_what_they_mean(texts: None, question: str, refs: set[str]) -> None:
    assert found(question) == refs


@pytest.mark.parametrize(
    ("text", "refs"),
    [("lampu jalan lubang", {"A", "C"}), ("lampu", {"A", "B"}), ("jalan pohon air", set())],
)
def test_two_shared_words_make_a_likeness(texts: None, text: str, refs: set[str]) -> None:
    assert found(text, queries.alike) == refs


def test_a_changed_text_is_found_by_its_new_words_only(texts: None) -> None:
    services.put("report", "A", title="Pohon tumbang", text="Menutup jalan")
    db.session.flush()

    assert found("pohon") == {"A"}
    assert found("garu") == set()


def test_a_removed_text_is_found_no_longer(texts: None) -> None:
    services.remove("report", "A")
    db.session.flush()

    assert found("garu") == set()


def test_another_kind_is_not_mixed_in(texts: None) -> None:
    services.put("thread", "T", title="Lampu", text="Obrolan tentang lampu")
    db.session.flush()

    assert found("lampu") == {"A", "B"}


@pytest.mark.parametrize("word", ["a" * 9000, "ü" * 3000, "字" * 2500])
def test_one_endless_word_does_no_harm(app: Flask, word: str) -> None:
    services.put("report", "E", title="Panjang", text=word)
    db.session.flush()

    assert found("panjang") == {"E"}
    assert found(word) == {"E"}
