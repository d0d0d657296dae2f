"""One search over everything public: a number leads to its page, words to what holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Row

from portal.i18n import _l
from portal.reports import queries as reports
from portal.search import queries, rules

OF_EACH = 5  # hits of a kind where all kinds are shown
OF_ONE = 100  # hits of the one kind that was asked for
LONGEST = 200  # signs of a question


@dataclass(frozen=True)
class Kind:
    """What can be found: its name, and its public page called with `part`."""

    label: Any
    endpoint: str
    part: str = "number"


KINDS = {
    "report": Kind(_l("Laporan"), "reports.show"),
}


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    meta: list[str]


@dataclass(frozen=True)
class Group:
    """The hits of one kind; `more_url` leads to further ones where there are."""

    label: Any
    hits: list[Hit]
    more_url: str | None


def page_of(question: str) -> str | None:
    """The address of the thing whose number was typed; None when it is no number that is known."""
    number = question.upper().replace(" ", "")
    if reports.is_known(number):
        return url_for(KINDS["report"].endpoint, number=number)
    kind = queries.kind_of(number, KINDS)
    return _address(kind, number) if kind else None


def groups(question: str, kind: str) -> list[Group]:
    """What holds the words, by kind; of all kinds the first few, or of one kind as many as are shown."""
    terms = rules.terms(question)
    if not terms:
        return []
    limit = OF_ONE if kind else OF_EACH
    rows = queries.found([kind] if kind else KINDS, terms, limit=limit + (not kind))
    by_kind = {name: [row for row in rows if row.kind == name] for name in KINDS}
    return [_group(name, found, limit, question) for name, found in by_kind.items() if found]


def _group(kind: str, rows: Sequence[Row[*tuple[Any, ...]]], limit: int, question: str) -> Group:
    hits = [
        Hit(row.title, _address(kind, row.ref), [part for part in (row.ref, row.place) if part])
        for row in rows[:limit]
    ]
    more_url = url_for("pages.find", q=question, kind=kind) if len(rows) > limit else None
    return Group(KINDS[kind].label, hits, more_url)


def _address(kind: str, ref: str) -> str:
    part: dict[str, Any] = {KINDS[kind].part: ref}
    return url_for(KINDS[kind].endpoint, **part)
