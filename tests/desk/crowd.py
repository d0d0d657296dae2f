"""A thousand duties or reports like one, written directly: only what lists read of them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select

from portal.assignments.models import Assignment
from portal.db import Model, db
from portal.deadlines.models import Clock, ClockEntry, StageDeadline
from portal.reports.models import Report, ReportContent

FAR = 10_000_000  # past every id that a test's database gives by itself


def of_duties(assignment: Assignment, count: int) -> None:
    """More duties of the same official, at the same stage."""
    db.session.flush()
    _copy_clock(assignment.clock_id, count)
    _add(Assignment, assignment, count, number=assignment.number, clock_id=FAR)


def of_unverified(report: Report, count: int) -> None:
    """More reports that wait for the same moderators."""
    db.session.flush()
    assert report.verify_clock_id is not None
    _copy_clock(report.verify_clock_id, count)
    _add(Report, report, count, number=report.number, verify_clock_id=FAR, form_token=None)
    _add(ReportContent, report.content, count, report_id=FAR)


def _copy_clock(clock_id: int, count: int) -> None:
    _add(Clock, db.session.get_one(Clock, clock_id), count)
    for model in (ClockEntry, StageDeadline):
        for number, row in enumerate(_rows(model, clock_id)):
            _add(model, row, count, id=FAR * (number + 1), clock_id=FAR)


def _rows(model: type[Model], clock_id: int) -> Iterable[Any]:
    return db.session.scalars(select(model).filter_by(clock_id=clock_id)).all()


def _add(model: type[Model], like: Any, count: int, **apart: Any) -> None:
    """Copies that differ in their id and in what is given: numbers count up, texts get a number behind."""
    values = {column.key: getattr(like, column.key) for column in model.__mapper__.column_attrs}
    own = {"id": FAR} if "id" in values else {}
    copies = ({**values, **_numbered({**own, **apart}, number)} for number in range(count))
    db.session.execute(insert(model), list(copies))


def _numbered(values: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        name: value + number if isinstance(value, int) else value and f"{value}-{number}"
        for name, value in values.items()
    }
