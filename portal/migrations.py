"""Migrations of the database; the scripts lie in migrations/."""

from functools import lru_cache

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import Migrate

from portal import config
from portal.db import db

migrate = Migrate(directory=str(config.ROOT / "migrations"), render_as_batch=True, compare_type=True)


def upgrade() -> None:
    """Bring the database to the newest version."""
    flask_migrate.upgrade()


@lru_cache(maxsize=1)
def newest() -> str | None:
    """The version that this code needs."""
    return ScriptDirectory(str(config.ROOT / "migrations")).get_current_head()


def present() -> str | None:
    """The version that the database has; None when it was never migrated."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()
