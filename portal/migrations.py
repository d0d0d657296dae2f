"""Migrations of the database; the scripts lie in migrations/."""

from flask_migrate import Migrate

from portal import config

migrate = Migrate(directory=str(config.ROOT / "migrations"), render_as_batch=True, compare_type=True)
