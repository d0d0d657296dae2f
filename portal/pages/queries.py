"""What the front door shows: what is open, what is talked about, and how the city does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import url_for
from sqlalchemy import Row, func, literal, select

from portal import config
from portal.db import db
from portal.deadlines.rules.stages import Stage
from portal.forum import listing as threads
from portal.forum import queries as forum
from portal.i18n import _
from portal.pages import answers
from portal.pages.answers import Answer
from portal.projects import labels
from portal.projects import queries as projects
from portal.projects.frame import room_url
from portal.projects.rules import Standing, local_day
from portal.reports import clocks, listing
from portal.reports import queries as reports
from portal.reports.listing import Line
from portal.statistics import services, words
from portal.statistics.documents import Figures, Overview, ShareFigure
from portal.statistics.editions import words as edition_words
from portal.statistics.editions.models import Edition
from portal.statistics.models import StatisticsSnapshot
from portal.statistics.rules.scope import USUAL_DAYS

OPEN_PLANS = 3
LIVELY = 4
LATEST = 5


@dataclass(frozen=True)
class OpenPlan:
    """What residents can do in a project now, and until when."""

    title: str
    place: str
    now: str
    until: str
    url: str


@dataclass(frozen=True)
class Performance:
    """The city's figures in a few sentences; `on_time` is empty where too little fell due.

    They are those of the newest edition, or of the last days where none was published yet; `open_count`
    is of today in any case, None before it was first counted.
    """

    period: str
    sentences: list[words.Sentence]
    on_time: str
    on_time_detail: str
    open_count: int | None
    edition_number: int | None


def open_plans(at: datetime) -> list[OpenPlan]:
    """What can be done together now; what closes first stands first."""
    today = local_day(at, config.current().zone)
    return [
        OpenPlan(
            title=phase.project.title,
            place=phase.project.place,
            now=str(labels.name(phase)),
            until=labels.when(phase, Standing.OPEN, today),
            url=room_url(phase.project, phase),
        )
        for phase in projects.open_now(at, OPEN_PLANS)
    ]


def lively_threads() -> list[threads.Line]:
    """The threads that were talked about last."""
    return threads.rows(forum.lively(LIVELY))


def latest_answers() -> list[Answer]:
    """What the city answered last, from every room."""
    return answers.latest(LATEST)


def next_due(at: datetime) -> tuple[Line, Any] | None:
    """The report that falls due next, with its clock: what a deadline is, shown on a living one."""
    row = reports.due_next(at)
    running = clocks.of_rows([row], at).get(row.id) if row else None
    if row is None or running is None:
        return None
    [line] = listing.rows([row])
    return line, running.with_link(url_for("reports.deadline", number=row.number))


def performance() -> Performance | None:
    """From figures that are kept, so that the front door costs the same at any size; None without any."""
    kept = _kept_figures()
    overview = cast(Overview | None, kept.overview)
    open_count = overview["figures"]["stock"]["open"] if overview else None
    if kept.number:
        period = edition_words.period(kept.first_on, kept.last_on)
        return _performance(kept.document["figures"]["city"], period, open_count, kept.number)
    if overview is None or not overview["figures"]["flow"]["received"]:
        return None
    return _performance(overview["figures"], _("%(days)s hari terakhir", days=USUAL_DAYS), open_count, None)


def _kept_figures() -> Row[Any]:
    """The usual figures and the newest edition, each None where there is none, in one statement."""
    newest = select(func.max(Edition.number)).scalar_subquery()
    always = select(literal(1)).subquery()
    return db.session.execute(
        select(
            StatisticsSnapshot.document.label("overview"),
            Edition.number,
            Edition.first_on,
            Edition.last_on,
            Edition.document,
        )
        .select_from(always)
        .outerjoin(StatisticsSnapshot, StatisticsSnapshot.name == services.CITY)
        .outerjoin(Edition, Edition.number == newest)
    ).one()


def _performance(
    figures: Figures, period: str, open_count: int | None, edition_number: int | None
) -> Performance:
    on_time = _on_time(figures)
    return Performance(
        period=period,
        sentences=words.lead(figures),
        on_time=words.share(on_time, 0) if on_time else "",
        on_time_detail=_detail(on_time),
        open_count=open_count,
        edition_number=edition_number,
    )


def _on_time(figures: Figures) -> ShareFigure | None:
    """Of the first answers that fell due, those given in time."""
    stage = figures["on_time"].get(Stage.RESPOND)
    return stage["extended"] if stage else None


def _detail(share: ShareFigure | None) -> str:
    if share is None:
        return ""
    return _("%(counts)s (%(limits)s)", counts=words.counts(share), limits=words.share_limits(share))
