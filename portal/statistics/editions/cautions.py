"""What a moderator is warned of before confirming, and a reader before believing."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, select

from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.calendar import Calendar
from portal.ledger import queries as ledger
from portal.ledger.rules import SETTLING
from portal.statistics.editions import queries
from portal.statistics.editions.documents import Caution
from portal.statistics.editions.figures import EditionFigures
from portal.statistics.editions.rows import OTHER
from portal.statistics.rules.closures import LASTING_AFTER
from portal.statistics.rules.scope import Scope

FEW = 30  # with fewer matters the intervals are wide enough to hide anything
MANY_EXCLUDED = 0.1


def of(
    scope: Scope,
    figures: EditionFigures,
    *,
    joined: Iterable[str],
    calendars: Iterable[Calendar | None],
    corrects: int | None,
) -> list[Caution]:
    """Everything worth a warning about an edition in the making; `joined` agencies stand under "other"."""
    found = [
        *_few(figures),
        *_joined(joined, figures),
        *_excluded(figures),
        *_observed_shortly(scope),
        *_unknown_clocks(scope),
        *_calendars(scope, calendars),
        *_unsealed(scope),
        *_overlapping(scope, corrects),
    ]
    return [{"key": key, "values": values} for key, values in found]


Found = Iterator[tuple[str, dict[str, Any]]]


def _few(figures: EditionFigures) -> Found:
    received = figures["city"]["flow"]["received"]
    if received < FEW:
        yield "few", {"count": received}


def _joined(joined: Iterable[str], figures: EditionFigures) -> Found:
    agencies = len(set(joined))
    if agencies:
        yield "joined_agencies", {"count": agencies}
    if any(cell["code"] == OTHER for cell in figures["categories"]):
        yield "joined_categories", {}


def _excluded(figures: EditionFigures) -> Found:
    city = figures["city"]
    for name, timing in (
        ("first_response", city["first_response"]),
        ("first_closure", city["first_closure"]),
        ("working_response", city["working_response"]),
        ("working_closure", city["working_closure"]),
    ):
        excluded = sum(timing["excluded"].values())
        if excluded > MANY_EXCLUDED * (timing["n"] + excluded):
            yield "excluded", {"figure": name, "count": excluded, "n": timing["n"] + excluded}


def _observed_shortly(scope: Scope) -> Found:
    if scope.cutoff < scope.end + LASTING_AFTER:
        yield "observed_shortly", {"days": max((scope.cutoff - scope.end) // timedelta(days=1), 0)}


def _unknown_clocks(scope: Scope) -> Found:
    """Open stages whose due time no calendar knows."""
    unknown = db.session.scalar(
        select(func.count())
        .select_from(StageDeadline)
        .where(
            StageDeadline.is_open,
            StageDeadline.due_at.is_(None),
            StageDeadline.is_paused.is_(False),
            and_(StageDeadline.origin_at >= scope.start, StageDeadline.origin_at <= scope.cutoff),
        )
    )
    if unknown:
        yield "unknown_clocks", {"count": unknown}


def _calendars(scope: Scope, calendars: Iterable[Calendar | None]) -> Found:
    loaded = list(calendars)
    if any(calendar is None for calendar in loaded):
        yield "missing_calendar", {}
    last_on = scope.cutoff.astimezone(scope.zone).date()
    if any(
        calendar and not (calendar.covers(scope.first_on) and calendar.covers(last_on)) for calendar in loaded
    ):
        yield "short_calendar", {}


def _unsealed(scope: Scope) -> Found:
    """Figures of events that no seal holds yet could still be changed unnoticed."""
    if ledger.has_unsealed(until=min(scope.until, scope.cutoff - SETTLING)):
        yield "unsealed", {}


def _overlapping(scope: Scope, corrects: int | None) -> Found:
    editions = queries.overlapping(scope.first_on, scope.last_on)
    numbers = [edition.number for edition in editions if edition.number != corrects]
    if numbers:
        yield "overlapping", {"numbers": numbers}
