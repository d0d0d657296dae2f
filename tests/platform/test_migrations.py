"""The database can be built, agrees with the models, and can be taken down again, on either engine."""

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from portal.app import create_app
from portal.db import db
from tests.conftest import settings_for


@pytest.fixture
def empty_app(new_database, tmp_path):
    """A portal over a database without a single table."""
    app = create_app(settings_for(new_database(), tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrations_build_what_the_models_say_and_take_it_down(empty_app):
    upgrade()
    check()  # exits when a model and the database disagree
    downgrade(revision="base")

    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


@pytest.mark.parametrize("change", ["UPDATE events SET kind = 'x'", "DELETE FROM events"])
def test_migrated_database_refuses_to_change_the_record(empty_app, change):
    upgrade()
    db.session.execute(
        text("INSERT INTO events (at, kind, subject, details) VALUES ('2026-11-16 02:00:00', 'a', 'b', '{}')")
    )

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(change))
    db.session.rollback()
