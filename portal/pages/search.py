"""One search over everything public: a number leads to its page, words to what holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import Row

from portal.db import Model, db
from portal.forum.models import Post
from portal.i18n import _l
from portal.projects.building.models import MonthlyReport
from portal.projects.comments.models import ProjectComment
from portal.projects.meetings.models import Meeting
from portal.reports import queries as reports
from portal.search import queries, rules
from portal.statistics.editions.models import Edition
from portal.surveys.models import Survey

OF_EACH = 5  # hits of a kind where all kinds are shown
OF_ONE = 100  # hits of the one kind that was asked for
LONGEST = 200  # signs of a question


@dataclass(frozen=True)
class Kind:
    """What can be found by its words: its name, and its public page called with `part`."""

    label: Any
    endpoint: str
    part: str = "number"


KINDS = {
    "report": Kind(_l("Laporan"), "reports.show"),
    "thread": Kind(_l("Forum"), "forum.show"),
    "project": Kind(_l("Rencana bersama"), "projects.show", "slug"),
    "idea": Kind(_l("Gagasan"), "ideas.show"),
    "pin": Kind(_l("Catatan pada denah"), "pins.show"),
}

# What is found by its number only: its page says what of it is public.
NUMBERED: dict[str, tuple[type[Model], str]] = {
    "P": (Post, "forum.permalink"),
    "K": (ProjectComment, "comments.show"),
    "M": (Meeting, "meetings.show"),
    "L": (MonthlyReport, "building_reports.show"),
    "S": (Survey, "surveys.show"),
    "E": (Edition, "editions.show"),
}
LONGEST_NUMBER = 9  # digits; a larger one is no row's


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
    return _address(kind, number) if kind else _numbered(number)


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
    hits = [Hit(row.title, _address(kind, row.ref), _meta(kind, row)) for row in rows[:limit]]
    more_url = url_for("pages.find", q=question, kind=kind) if len(rows) > limit else None
    return Group(KINDS[kind].label, hits, more_url)


def _meta(kind: str, row: Row[*tuple[Any, ...]]) -> list[str]:
    """Its number and place; an address that stands in for a number says nothing to a reader."""
    number = row.ref if KINDS[kind].part == "number" else ""
    return [part for part in (number, row.place) if part]


def _address(kind: str, ref: str) -> str:
    part: dict[str, Any] = {KINDS[kind].part: ref}
    return url_for(KINDS[kind].endpoint, **part)


def _numbered(number: str) -> str | None:
    prefix, _dash, digits = number.partition("-")
    if (
        prefix not in NUMBERED
        or not (digits.isascii() and digits.isdecimal())
        or len(digits) > LONGEST_NUMBER
    ):
        return None
    model, endpoint = NUMBERED[prefix]
    if db.session.get(model, int(digits)) is None:
        return None
    return url_for(endpoint, number=int(digits) if model is Edition else f"{prefix}-{int(digits)}")
