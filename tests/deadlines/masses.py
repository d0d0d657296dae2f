"""Hundreds of thousands of clocks like one, made inside the database: what a sweep has to pass over."""

from sqlalchemy import Column, ColumnElement, Table, insert, literal, select, text

from portal.db import db
from portal.deadlines.models import Clock, StageDeadline

FAR = 10_000_000  # past every id that a test's database gives by itself


def multiply(clock: Clock, count: int) -> int:
    """So many more clocks with the same stages, without their ledgers. Returns how many stages are open."""
    db.session.flush()
    _copy(Clock.__table__, Clock.id == clock.id, count, {"id": FAR})
    for place, row in enumerate(clock.stages, 1):
        ids = {"id": FAR * place, "clock_id": FAR}
        _copy(StageDeadline.__table__, StageDeadline.id == row.id, count, ids)
    db.session.execute(text("ANALYZE"))
    return count * sum(row.is_open for row in clock.stages)


def _copy(table: Table, which: ColumnElement[bool], count: int, ids: dict[str, int]) -> None:
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < count))
    values: list[Column | ColumnElement[int]] = [
        literal(ids[column.name]) + numbers.c.n if column.name in ids else column for column in table.columns
    ]
    rows = select(*values).where(which).select_from(table.join(numbers, literal(1) == literal(1)))
    db.session.execute(insert(table).from_select([column.name for column in table.columns], rows))
