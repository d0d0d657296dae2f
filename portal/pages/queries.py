"""What the front door shows: the latest answers, and how the city does."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from flask import url_for
from sqlalchemy import Row

from portal.deadlines.rules.stages import Stage
from portal.i18n import _
from portal.reports import clocks, listing
from portal.reports import queries as reports
from portal.reports.listing import Line
from portal.statistics import queries as statistics
from portal.statistics import services, words
from portal.statistics.documents import Figures, Overview, ShareFigure

LATEST = 5


@dataclass(frozen=True)
class Performance:
    """The city's figures in a few sentences; `on_time` is empty where too little fell due."""

    sentences: list[words.Sentence]
    on_time: str
    on_time_detail: str
    open_count: int
    first_on: date
    last_on: date


def next_due(at: datetime) -> tuple[Line, Any] | None:
    """The report that falls due next, with its clock: what a deadline is, shown on a living one."""
    row = reports.due_next(at)
    running = clocks.of_rows([row], at).get(row.id) if row else None
    if row is None or running is None:
        return None
    [line] = listing.rows([row])
    return line, running.with_link(url_for("reports.deadline", number=row.number))


def latest_answers(at: datetime) -> list[tuple[Line, str]]:
    """The reports that were answered last, each with how long that took."""
    rows = reports.latest_answered(at, LATEST)
    return [(line, _answered_in(row)) for line, row in zip(listing.rows(rows), rows, strict=True)]


def performance() -> Performance | None:
    """From the kept figures, so that the front door costs the same at any size; None before the first."""
    kept = statistics.snapshot(services.CITY)
    if kept is None:
        return None
    overview = cast(Overview, kept.document)
    figures = overview["figures"]
    if not figures["flow"]["received"]:
        return None
    on_time = _on_time(figures)
    return Performance(
        sentences=words.lead(figures),
        on_time=words.share(on_time, 0) if on_time else "",
        on_time_detail=_detail(figures),
        open_count=figures["stock"]["open"],
        first_on=date.fromisoformat(overview["first_on"]),
        last_on=date.fromisoformat(overview["last_on"]),
    )


def _answered_in(row: Row[*tuple[Any, ...]]) -> str:
    waited = (row.first_response_at - row.received_at).total_seconds()
    return _("dijawab dalam %(time)s", time=words.spoken(waited))


def _on_time(figures: Figures) -> ShareFigure | None:
    """Of the first answers that fell due, those given in time."""
    stage = figures["on_time"].get(Stage.RESPOND)
    return stage["extended"] if stage else None


def _detail(figures: Figures) -> str:
    share = _on_time(figures)
    if share is None:
        return ""
    return _("%(counts)s (%(limits)s)", counts=words.counts(share), limits=words.share_limits(share))
