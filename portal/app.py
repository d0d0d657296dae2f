"""The app factory: the one list of what the portal is made of."""

import os

from flask import Flask

from portal import assets, config, db, error_pages, htmx, i18n, logs, page_context, security
from portal.accounts import login
from portal.config import Settings
from portal.migrations import migrate
from portal.pages import views as pages

BLUEPRINTS = (pages.bp,)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the portal. Raises SettingsError when a setting is missing or wrong."""
    settings = settings or config.load(os.environ)
    app = Flask(
        "portal",
        root_path=str(config.ROOT / "portal"),
        template_folder=str(config.ROOT / "templates"),
        static_folder=str(config.ROOT / "static"),
    )
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        DEBUG=settings.debug,
    )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    logs.init_app(app, settings)
    security.init_app(app, settings)
    db.init_app(app)
    migrate.init_app(app, db.db)
    i18n.init_app(app)
    htmx.init_app(app)
    assets.init_app(app)
    login.init_app(app)
    page_context.init_app(app)
    error_pages.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
