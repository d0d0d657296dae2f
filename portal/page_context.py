"""What every template may use: macros, settings, language, and who is signed in."""

from typing import Any

from flask import Flask, g, get_flashed_messages, request, session
from flask_login import current_user

from portal import config, i18n, prose

COMPONENTS = ("ui", "forms", "clocks", "charts")


def init_app(app: Flask) -> None:
    app.context_processor(values)
    app.jinja_env.filters["paragraphs"] = prose.paragraphs
    # Blocks rendered alone skip a template's top-level imports, so macros are globals.
    for name in COMPONENTS:
        app.jinja_env.globals[name] = _Macros(app, f"components/{name}.html")
    app.jinja_env.globals["flag_url"] = flag_url
    app.jinja_env.globals["moderation_log_url"] = moderation_log_url


def flag_url(subject: str) -> str:
    """Where anybody tells the moderators of something public ("post:P-9")."""
    return f"{request.script_root}/flags/new/{subject}"


def moderation_log_url() -> str:
    """Where every decision of the moderators stands."""
    return f"{request.script_root}/moderation/log"


class _Macros:
    """Macros of one component file, loaded when first used (they call url_for and gettext)."""

    def __init__(self, app: Flask, template: str) -> None:
        self._app = app
        self._template = template

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app.jinja_env.get_template(self._template).module, name)


def values() -> dict[str, Any]:
    return {
        "settings": config.current(),
        "language": i18n.language(),
        "languages": i18n.switch_urls() if request else [],
        "flashes": flashes,
        "signed_in": signed_in(),
    }


def signed_in() -> Any:
    """The person who is signed in, or None; never asked on the page that says what went wrong."""
    if not request or g.get("without_user") or "_user_id" not in session:
        return None
    user = current_user._get_current_object()  # templates ask it often; the proxy looks it up each time
    return user if user.is_authenticated else None


def flashes() -> list[tuple[str, str]]:
    """Messages left by the page before; a visitor without a session has none, and gets no cookie."""
    if "_flashes" not in session:
        return []
    return get_flashed_messages(with_categories=True)  # type: ignore[return-value]
