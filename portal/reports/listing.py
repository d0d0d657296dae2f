"""Rows of reports as lists show them: sentences, not columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Row

from portal.attachments.models import Attachment
from portal.deadlines.presentation import ClockValue
from portal.i18n import _, ngettext
from portal.reports import clocks, labels
from portal.reports.models import Report, ReportPhoto
from portal.reports.rules import ReportKind, ReportState


@dataclass(frozen=True)
class Line:
    """One report in a list."""

    title: str
    url: str
    meta: list[str]
    left: str | None = None
    tone: str | None = None
    days: Any = None
    tags: list[tuple[str, str | None]] = field(default_factory=list)
    note: str | None = None  # one more sentence


def rows(found: Sequence[Row[*tuple[Any, ...]]], at: datetime | None = None) -> list[Line]:
    """Lines for a queue; with `at` each shows its clock."""
    return lines(found, clocks.of_rows(found, at) if at else {})


def lines(
    found: Sequence[Row[*tuple[Any, ...]]],
    shown: Mapping[int, ClockValue],
    endpoint: str = "reports.show",
) -> list[Line]:
    """Lines for a queue, with the clocks that were read for them."""
    # One address is made and filled in: making each by name doubled the page's time.
    pattern = url_for(endpoint, number="NUMBER")
    return [_line(row, pattern.replace("NUMBER", row.number), shown.get(row.id)) for row in found]


def own_rows(found: Sequence[Row[*tuple[Any, ...]]], shown: Mapping[int, ClockValue]) -> list[Line]:
    """The same for the person who brought them: they read their own title, and open their own page."""
    return [
        replace(line, title=row.own_title)
        for line, row in zip(lines(found, shown, "following.private"), found, strict=True)
    ]


def title(row: Any, category: Any = None) -> str:
    """The public title; before verification and for confidential reports only what is public.

    A row holds its category's names itself; beside a whole report stands its category.
    """
    about = labels.category_name(category or row)
    if row.is_confidential:
        return _("Laporan rahasia: %(category)s", category=about)
    if row.title:
        return str(row.title)
    if row.state is ReportState.SUBMITTED:
        return _("%(category)s, menunggu verifikasi", category=about)
    return _("Laporan tentang %(category)s", category=about)


def title_of(report: Report) -> str:
    """The same for a whole report."""
    return title(report, report.category)


def place(row: Any) -> str:
    """Kelurahan and kecamatan, once each."""
    names = [row.area, row.district if row.district != row.area else None]
    return ", ".join(name for name in names if name)


def photo(attachment: Attachment, position: int, *, caption: str = "", alt: str = "") -> dict[str, Any]:
    """A photo for `ui.photos`; `position` is counted from one."""
    return {
        "url": url_for("attachments.large", token=attachment.token),
        "thumb_url": url_for("attachments.small", token=attachment.token),
        "name": _("Foto %(position)s dari pelapor", position=position),
        "alt": alt or _("Foto %(position)s dari pelapor", position=position),
        "caption": caption,
        "width": attachment.width,
        "height": attachment.height,
    }


def handed_in(photos: Sequence[ReportPhoto]) -> list[dict[str, Any]]:
    """Photos with the reporter's own words, for those who handle the matter."""
    return [
        photo(one.attachment, place, caption=one.caption, alt=one.alt)
        for place, one in enumerate(photos, start=1)
    ]


def state(row: Any) -> str:
    """Where it stands, in words; an ended one says how."""
    if row.state is ReportState.CLOSED and row.ending:
        return str(labels.ENDING[row.ending])
    return str(labels.STATE[row.state])


# How a clock's tone reads in a row; a row without one is plain.
TONES = {"late": "late", "waiting": "wait"}


def _line(row: Any, url: str, clock: Any) -> Line:
    """While its clock runs a report says how long is left, afterwards how it ended."""
    running = clock is not None and row.state in (ReportState.SUBMITTED, ReportState.OPEN)
    meta = [row.number, labels.category_name(row), place(row), row.agency or ""]
    return Line(
        title=title(row),
        url=url,
        meta=[part for part in meta if part],
        left=clock.headline if running else state(row),
        tone=TONES.get(clock.tone) if running else "met" if row.state is ReportState.ANSWERED else None,
        days=clock.days if clock else None,
        tags=_tags(row, tells_state=running),
    )


def _tags(row: Any, *, tells_state: bool) -> list[tuple[str, str | None]]:
    tags: list[tuple[str, str | None]] = []
    if tells_state and row.state is ReportState.SUBMITTED:
        tags.append((state(row), None))
    if row.supporter_count:
        tags.append((supporters(row.kind, row.supporter_count), None))
    return tags


def supporters(kind: ReportKind, count: int) -> str:
    """How many joined: a suggestion is supported, everything else happens to others too."""
    if kind is ReportKind.SUGGESTION:
        return ngettext("%(num)s warga mendukung usul ini", "%(num)s warga mendukung usul ini", count)
    return ngettext("%(num)s warga mengalami hal yang sama", "%(num)s warga mengalami hal yang sama", count)
