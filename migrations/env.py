"""How migrations run: over the app's own engine, in one transaction."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, MetaData

from portal.db import db
from portal.search import ddl


def include_name(name: str | None, kind: str, parents: Any) -> bool:
    """The engine's own search index, which no model describes, is made and dropped by hand."""
    return name is None or not name.startswith(ddl.PREFIX)


def run(connection: Connection, metadata: MetaData) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        include_name=include_name,
        user_module_prefix="portal.db.",
    )
    with context.begin_transaction():
        context.run_migrations()


metadata = current_app.extensions["migrate"].db.metadatas[None]
engine = db.engine
if isinstance(engine, Connection):  # a test's own connection
    run(engine, metadata)
else:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A table is altered by making it anew, and those that point to it must not notice. The pragma
            # does nothing inside a transaction, so it goes to the driver's connection.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        run(connection, metadata)
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")
