"""Rows of threads as lists show them: sentences, not columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Row

from portal.assignments import clocks
from portal.assignments.rules import UNANSWERED
from portal.forum import labels, rules
from portal.i18n import _, format_date_short, local, ngettext

Rows = Sequence[Row[*tuple[Any, ...]]]
TONES = {"late": "late", "waiting": "wait"}


@dataclass(frozen=True)
class Line:
    """One thread in a list."""

    title: str
    url: str
    meta: list[str]
    left: str | None = None
    tone: str | None = None
    days: Any = None
    tags: list[tuple[str, str | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Shelf:
    """A category on the front page of the forum."""

    name: str
    description: str
    url: str
    threads: str
    last_title: str | None
    last_url: str | None
    last_on: str | None


def rows(found: Rows, at: datetime | None = None) -> list[Line]:
    """Lines for a queue; with `at` a question that the city has not answered shows its clock."""
    waiting = {row.id: row.clock_id for row in found if at and row.state in UNANSWERED}
    shown = clocks.of_rows(waiting, at) if at and waiting else {}
    # One address is made and filled in: making each by name doubles the page's time.
    pattern = url_for("forum.show", number="NUMBER")
    return [
        _line(row, pattern.replace("NUMBER", rules.thread_number(row.id)), shown.get(row.id)) for row in found
    ]


def followed_rows(found: Rows) -> list[Line]:
    """Threads that a person follows: each says how many posts are new and leads to the first of them."""
    return [_followed(row) for row in found]


def shelves(found: Rows) -> list[Shelf]:
    """The categories with what was talked about last."""
    return [_shelf(*row) for row in found]


def replies(count: int) -> str:
    return ngettext("%(num)s balasan", "%(num)s balasan", count)


def supporters(count: int) -> str:
    return ngettext("%(num)s pendukung", "%(num)s pendukung", count)


def _line(row: Any, url: str, clock: Any) -> Line:
    meta = [labels.category_name(row), row.area or "", replies(row.reply_count)]
    if row.supporter_count:
        meta.append(supporters(row.supporter_count))
    return Line(
        title=row.title,
        url=url,
        meta=[part for part in meta if part],
        left=clock.headline if clock else format_date_short(row.last_post_at),
        tone=TONES.get(clock.tone) if clock else None,
        days=clock.days if clock else None,
        tags=_tags(row),
    )


def _tags(row: Any) -> list[tuple[str, str | None]]:
    tags: list[tuple[str, str | None]] = []
    if is_waiting(row):
        tags.append((_("Menunggu jawaban resmi"), "wait"))
    elif row.answered_at:
        tags.append((_("Dijawab petugas"), "met"))
    if row.became:
        tags.append((_("Dilanjutkan di tempat lain"), "brand"))
    elif row.locked_at:
        tags.append((_("Dikunci"), None))
    return tags


def is_waiting(row: Any) -> bool:
    """Does the city owe this thread an answer? Also while no agency was found."""
    return row.asked_at is not None and (row.state is None or row.state in UNANSWERED)


def _followed(row: Any) -> Line:
    number = rules.thread_number(row.id)
    new = row.last_position - row.read_position
    return Line(
        title=row.title,
        url=url_for("forum.unread", number=number) if new > 0 else url_for("forum.show", number=number),
        meta=[labels.category_name(row), replies(row.reply_count)],
        left=ngettext("%(num)s tulisan baru", "%(num)s tulisan baru", new) if new > 0 else _("Sudah dibaca"),
        tags=_tags(row),
    )


def _shelf(category: Any, last_id: int | None, last_title: str | None, last_at: datetime | None) -> Shelf:
    count = category.thread_count
    return Shelf(
        name=labels.category_name(category),
        description=labels.category_description(category),
        url=url_for("forum.category", slug=category.slug),
        threads=ngettext("%(num)s utas", "%(num)s utas", count),
        last_title=last_title,
        last_url=url_for("forum.show", number=rules.thread_number(last_id)) if last_id else None,
        last_on=format_date_short(local(last_at)) if last_at else None,
    )
