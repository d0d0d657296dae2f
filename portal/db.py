"""The database: types that mean the same on both engines, and where a transaction begins and ends."""

import enum
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import Flask, Response, g, has_app_context, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, Engine, Enum, MetaData, String, TypeDecorator, event, inspect
from sqlalchemy.orm import DeclarativeBase

READING = ("GET", "HEAD", "OPTIONS")
BUSY_TIMEOUT_MS = 30_000  # a writer waits this long for another before it gives up


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; naive values are refused. SQLite stores no zone, so it is added."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(members: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in members]


class Model(DeclarativeBase):
    """Base of every stored thing."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UTCDateTime,
        enum.StrEnum: Enum(
            enum.StrEnum, native_enum=False, length=40, create_constraint=False, values_callable=_values
        ),
        dict[str, Any]: JSON,
        list[str]: JSON,
        str: String,
    }


# Given the metadata rather than the base: its own base cannot carry our type map (SQLAlchemy 2.1).
db = SQLAlchemy(metadata=Model.metadata)


def is_ours_alone(thing: object) -> bool:
    """Not written yet: nobody else can know of it, so it needs no lock and no second look."""
    return bool(inspect(thing).pending)


def init_app(app: Flask) -> None:
    """Connect the app to its database and close each request's transaction in one place."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
    app.after_request(_close_transaction)


@contextmanager
def transaction() -> Iterator[None]:
    """One writing transaction outside a request: committed at the end, rolled back by an exception.

    Reading before it is fine: that is ended first, because SQLite cannot turn a reader into a writer
    when somebody else wrote in the meantime.
    """
    db.session.commit()
    g.writes = True
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        g.pop("after_commit", ())
        raise
    finally:
        g.writes = False
    _act_after_commit()


def after_commit(act: Callable[[], None]) -> None:
    """Have `act` called once when the present transaction is committed; it must not fail."""
    acts = g.setdefault("after_commit", [])
    if act not in acts:
        acts.append(act)


def _act_after_commit() -> None:
    for act in g.pop("after_commit", ()):
        act()


def _close_transaction(response: Response) -> Response:
    """Commit unless the answer is a 5xx; an exception that escapes becomes one before it comes here."""
    if response.status_code >= 500:
        db.session.rollback()
    else:
        db.session.commit()
        _act_after_commit()
    return response


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, record: object) -> None:
        # We say BEGIN ourselves: the driver's own would start a writer as a reader, and the later
        # upgrade fails at once instead of waiting.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # what was acknowledged survives a power cut
            "foreign_keys=ON",
            "secure_delete=ON",  # what was deleted must not lie on in free pages
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes() else "BEGIN")


def empty_wal() -> None:
    """Bring SQLite's write-ahead log into the database and cut it off: what was overwritten or deleted lies
    on in it until then. Does nothing while somebody reads an older state, nor on PostgreSQL: waiting for them
    would hold up every writer."""
    if db.engine.dialect.name != "sqlite":
        return
    with closing(db.engine.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _writes() -> bool:
    """Is this the transaction of a writer? There is one at a time, so readers must not queue with them."""
    if has_request_context() and request.method not in READING:
        return True
    return has_app_context() and bool(g.get("writes"))
