"""Tables that only grow: the database itself refuses to change or delete their rows."""

from sqlalchemy import DDL, Table, event

ENGINES = ("sqlite", "postgresql")


def statements(table: str, engine: str, key: str = "id") -> list[str]:
    """What makes a table append-only on an engine; `key` is its primary key.

    Migrations execute them again after each `batch_alter_table`: on SQLite that drops triggers without
    a word.
    """
    if engine == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        same_key = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - our own names
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            # INSERT OR REPLACE deletes the old row without a DELETE trigger.
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {same_key} {refuse}",
        ]
    refuse = "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
    changes = f"UPDATE OR DELETE OR TRUNCATE ON {table}"
    return [
        f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$",
        f"CREATE TRIGGER {table}_append_only BEFORE {changes} EXECUTE FUNCTION refuse_change()",
    ]


def protect(table: Table) -> None:
    """Make a table append-only whenever it is created from its model."""
    for engine in ENGINES:
        for statement in statements(table.name, engine, next(iter(table.primary_key)).name):
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=engine)
            event.listen(table, "after_create", ddl)
