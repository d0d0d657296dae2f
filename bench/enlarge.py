"""Make a city of 200,000 reports out of one of 6,000: every copy keeps its own duty, clock and answers.

Threads and ideas are copied with them, posts and supporters and all.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    String,
    Table,
    case,
    cast,
    func,
    insert,
    literal,
    select,
)

from portal.db import Model, db

COPIED = (
    "clocks",
    "clock_entries",
    "stage_deadlines",
    "assignments",
    "responses",
    "reports",
    "report_contents",
    "reporters",
    "report_messages",
    "ratings",
    "threads",
    "posts",
    "post_supports",
    "thread_readers",
    "ideas",
    "idea_supporters",
    "events",
    "search_documents",
)
NUMBERS = {
    ("reports", "number"),
    ("reports", "source_id"),
    ("assignments", "number"),
    ("search_documents", "ref"),
    ("events", "subject"),
}
BY_ID = {"F-": "threads", "thread:F-": "threads", "I-": "ideas", "idea:I-": "ideas"}  # numbered by their ids


def enlarge(copies: int, names: Sequence[str] = COPIED) -> None:
    """Copy every matter so many times, inside the database; about 10 s for each 100,000 reports. `names`
    are the tables that are copied, each after those that it points to."""
    tables = [Model.metadata.tables[name] for name in names]
    steps = {table.name: _highest(table) for table in tables}
    for number in range(1, copies + 1):
        for table in tables:
            columns = [column for column in table.columns if not column.computed]
            chosen = [_copied(table, column, number, steps) for column in columns]
            source = select(*chosen).where(_key(table) <= steps[table.name])
            db.session.execute(insert(table).from_select([column.name for column in columns], source))
        db.session.commit()
    if db.engine.dialect.name == "postgresql":
        _move_sequences(tables)


def _copied(
    table: Table, column: Column[object], number: int, steps: dict[str, int]
) -> ColumnElement[object]:
    if (table.name, column.name) in NUMBERS:
        return _renumbered(column, number, steps)
    targets = {key.column.table.name for key in column.foreign_keys} & steps.keys()
    if targets:
        return column + number * steps[targets.pop()]
    if column.primary_key:
        return column + number * steps[table.name]
    if column.unique and isinstance(column.type, String):
        return case((column.is_(None), None), else_=column + literal(f"-{number}"))
    return column


def _renumbered(column: Column[object], number: int, steps: dict[str, int]) -> ColumnElement[object]:
    """The copy's own number, as the copied row's id gives it or with an ending of its own."""
    by_id = [
        (column.like(f"{prefix}%"), prefix + cast(_id_in(column, prefix) + number * steps[table], String))
        for prefix, table in BY_ID.items()
        if table in steps
    ]
    ending = column + f"-{number}"
    return case(*by_id, else_=ending) if by_id else ending


def _id_in(column: Column[object], prefix: str) -> ColumnElement[int]:
    return cast(func.substr(column, len(prefix) + 1), Integer)


def _key(table: Table) -> Column[int]:
    return next(iter(table.primary_key.columns))


def _highest(table: Table) -> int:
    return db.session.scalar(select(func.max(_key(table)))) or 0


def _move_sequences(tables: Iterable[Table]) -> None:
    for table in tables:
        key = _key(table)
        if not key.foreign_keys:
            name = func.pg_get_serial_sequence(table.name, key.name)
            db.session.execute(select(func.setval(name, _highest(table))))
    db.session.commit()
