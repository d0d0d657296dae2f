"""The desk as it is shown: groups of rows, each with its woven clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import url_for
from sqlalchemy import Row

from portal.assignments import owners
from portal.deadlines import queries as deadlines
from portal.deadlines.rules.stages import Matter, Stage
from portal.desk.queries.queue import Page
from portal.desk.rules import Group, Horizon
from portal.i18n import _, _l, ngettext
from portal.reports.labels import KIND, category_name

GROUP = {
    Group.OVERDUE: _l("Terlambat"),
    Group.TODAY: _l("Hari ini"),
    Group.WEEK: _l("Minggu ini"),
    Group.LATER: _l("Nanti"),
    Group.WAITING: _l("Menunggu warga"),
}
STAGE = {
    Stage.VERIFY: _l("Verifikasi"),
    Stage.RESPOND: _l("Tanggapan pertama"),
    Stage.RESOLVE: _l("Penyelesaian"),
}
REPORT = "report"  # most duties are about one; the number says so
Tag = tuple[str, str | None]  # what it says, and its tone
Origins = dict[str, str]
Clocks = dict[int, list[Any]]
TONE = {"late": "late", "waiting": "wait"}  # only what needs a look is coloured


@dataclass(frozen=True)
class Line:
    """One row of the board, ready for `ui.row`."""

    title: str
    url: str
    meta: list[str]
    tags: list[Tag]
    left: str | None
    tone: str | None
    days: Any


@dataclass(frozen=True)
class Section:
    """One group of the board under its heading."""

    group: Group
    heading: str
    lines: list[Line]


def sections(
    page: Page,
    horizon: Horizon,
    *,
    address: Callable[[str], str],
    shows_holder: bool = False,
    clocks: Clocks | None = None,
) -> list[Section]:
    """The page's rows in their groups; `address` gives the page of a number. `clocks` are those of the rows
    where they were read already."""
    if clocks is None:
        clocks = deadlines.clock_values([row.clock_id for row in page.rows], horizon.now)
    origins = owners.labels()
    grouped = groupby(page.rows, key=lambda row: horizon.group(row.due_at, is_paused=row.is_paused))
    return [
        Section(
            group,
            str(GROUP[group]),
            [_line(row, _clock(clocks, row), address, origins, shows_holder) for row in rows],
        )
        for group, rows in grouped
    ]


def care_tags(*, is_supervisory: bool, is_confidential: bool, is_anonymous: bool = False) -> list[Tag]:
    """What asks for care before anybody opens it."""
    tags: list[Tag] = []
    if is_supervisory:
        tags.append((_("Berkadar pengawasan"), "accent"))
    if is_confidential:
        tags.append((_("Rahasia"), "wait"))
    if is_anonymous:
        tags.append((_("Anonim"), "wait"))
    return tags


def _line(
    row: Row[Any], clock: Any, address: Callable[[str], str], origins: Origins, shows_holder: bool
) -> Line:
    meta = [row.number, row.area, _category(row), str(STAGE[row.stage])]
    if shows_holder:
        meta.append(row.official)
    title = row.title or _("Laporan rahasia, isinya hanya untuk tim yang ditunjuk")
    return _woven(row, clock, title=title, url=address(row.number), meta=meta, tags=_tags(row, origins))


def _woven(
    row: Row[Any], clock: Any, *, title: str, url: str, meta: list[str | None], tags: list[Tag]
) -> Line:
    return Line(
        title=title,
        url=url,
        meta=[part for part in meta if part],
        tags=tags,
        left=clock.headline if clock else None,
        tone=TONE.get(clock.tone) if clock else None,
        days=clock.days if clock else None,
    )


def _category(row: Row[Any]) -> str | None:
    return category_name(row) if row.name_id else None


def _tags(row: Row[Any], origins: Origins) -> list[Tag]:
    """Where it comes from unless it is a report, what asks for care, and what happened on the way."""
    tags: list[Tag] = [] if row.origin == REPORT else [(origins[row.origin], "brand")]
    tags += _care(row)
    if row.has_draft:
        tags.append((_("Draf Anda"), "accent"))
    if row.resolved_at is not None:
        tags.append((_("Dibuka kembali"), "late"))
    if row.hop_count:
        text = ngettext("Dialihkan %(num)s kali", "Dialihkan %(num)s kali", row.hop_count)
        tags.append((text, None))
    return tags


def _care(row: Row[Any]) -> list[Tag]:
    return care_tags(
        is_supervisory=row.matter == Matter.SUPERVISORY_COMPLAINT,
        is_confidential=row.is_confidential,
    )


def _clock(clocks: dict[int, list[Any]], row: Row[Any]) -> Any:
    """The clock of the row's own stage; None when nothing is known of it."""
    return next((one for one in clocks.get(row.clock_id, []) if one.stage == row.stage), None)


def triage(page: Page, returned: Sequence[Row[Any]], horizon: Horizon) -> dict[str, Any]:
    """Lines of duties that came back, and sections of the reports that wait for verification."""
    clocks = deadlines.clock_values([row.clock_id for row in [*returned, *page.rows]], horizon.now)
    review, duty = (url_for(name, number="NUMBER") for name in ("desk.review", "desk.returned"))
    origins = owners.labels()
    return {
        "returned": [_returned_line(row, _clock(clocks, row), duty, origins) for row in returned],
        "unverified": [
            Section(
                group, str(GROUP[group]), [_unverified_line(row, _clock(clocks, row), review) for row in rows]
            )
            for group, rows in groupby(
                page.rows, key=lambda row: horizon.group(row.due_at, is_paused=row.is_paused)
            )
        ],
    }


def _returned_line(row: Row[Any], clock: Any, pattern: str, origins: Origins) -> Line:
    return _woven(
        row,
        clock,
        title=row.title,
        url=pattern.replace("NUMBER", row.number),
        meta=[row.number, _category(row), row.area],
        tags=[(origins[row.origin], "brand"), *_care(row)],
    )


def _unverified_line(row: Row[Any], clock: Any, pattern: str) -> Line:
    return _woven(
        row,
        clock,
        title=row.title,
        url=pattern.replace("NUMBER", row.number),
        meta=[row.number, str(KIND[row.kind]), category_name(row), row.area],
        tags=care_tags(
            is_supervisory=row.is_supervisory,
            is_confidential=row.is_confidential,
            is_anonymous=row.is_anonymous,
        ),
    )
