"""Language: Indonesian texts in the code, English in the catalogue, and dates and numbers as people say them.

The language stands in the address (`/en/…`): the middleware moves the prefix into SCRIPT_NAME, so that
`url_for` keeps it and no cookie is needed.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from babel import Locale, dates, numbers, support
from flask import Flask, has_request_context, request
from flask_babel import Babel, force_locale, get_domain, get_locale, gettext, lazy_gettext
from flask_babel import ngettext as untyped_ngettext
from jinja2 import pass_context
from wtforms.i18n import DummyTranslations

from portal import config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_: Callable[..., str] = gettext
_l = lazy_gettext
ngettext: Callable[..., str] = untyped_ngettext
__all__ = ["_", "_l", "force_locale", "get_locale", "ngettext"]

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT = "id"
PATTERNS = {  # Babel's own Indonesian patterns pad the day and put a comma after the weekday
    "date": "EEEE d MMMM y",
    "date_short": "d MMM y",
    "month": "MMMM y",
}
TIME_PATTERNS = {"id": "HH.mm", "en": "HH:mm"}

babel = Babel(configure_jinja=False)


class LanguagePrefix:
    """WSGI middleware: `/en/reports` is `/reports` in English."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        environ["portal.root"] = environ.get("SCRIPT_NAME", "")
        environ["portal.language"] = DEFAULT
        for language in LANGUAGES:
            prefix = f"/{language}"
            if language != DEFAULT and (path == prefix or path.startswith(prefix + "/")):
                environ["portal.language"] = language
                environ["SCRIPT_NAME"] = environ["portal.root"] + prefix
                environ["PATH_INFO"] = path.removeprefix(prefix) or "/"
        return self.app(environ, start_response)


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(config.ROOT / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    babel.init_app(app, locale_selector=language)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]  # Flask's documented way
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext, _plural_form, newstyle=True
    )
    formats: dict[str, Callable[..., str]] = {
        "date": format_date,
        "date_short": format_date_short,
        "datetime": format_datetime,
        "time": format_time,
        "month": format_month,
        "number": format_number,
        "percent": format_percent,
    }
    app.jinja_env.filters.update({name: _when_rendered(form) for name, form in formats.items()})


def _when_rendered(form: Callable[..., str]) -> Callable[..., str]:
    """As a filter for templates. Jinja works out `8000|number` once, while compiling; a filter that takes
    the context it leaves until somebody reads the page, in that reader's language."""

    @pass_context
    def filtered(_context: Any, *values: Any, **named: Any) -> str:
        return form(*values, **named)

    return filtered


def _plural_form(singular: str, plural: str, count: int) -> str:
    """The form that fits the number, for templates: Jinja fills in the values, all of them at once."""
    return str(get_domain().get_translations().ungettext(singular, plural, count))


def language() -> str:
    """The page's language; outside a request the default one (letters force the reader's own)."""
    if has_request_context():
        return str(request.environ.get("portal.language", DEFAULT))
    return DEFAULT


def switch_urls() -> list[tuple[str, str, str]]:
    """(code, name, address of this page) for each language; a form's answer leads to its empty form."""
    root, path = request.environ.get("portal.root", ""), quote(request.path)
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return [
        (code, name, f"{root}{'' if code == DEFAULT else '/' + code}{path}{query}")
        for code, name in LANGUAGES.items()
    ]


def locale() -> Locale:
    return get_locale() or Locale.parse(DEFAULT)


def local(at: datetime) -> datetime:
    """The moment on the city's wall clock."""
    return at.astimezone(config.current().zone)


def format_date(value: date | datetime) -> str:
    """Kamis 3 Desember 2026."""
    return _format_date(_day(value), "date", str(locale()))


def format_date_short(value: date | datetime) -> str:
    """3 Des 2026."""
    return _format_date(_day(value), "date_short", str(locale()))


def format_month(value: date | datetime) -> str:
    """Desember 2026."""
    return _format_date(_day(value), "month", str(locale()))


def format_time(value: datetime) -> str:
    """16.00 WIB."""
    clock = local(value)
    pattern = TIME_PATTERNS[str(locale())]
    return f"{dates.format_time(clock, pattern, locale=locale())} {config.current().zone_name}"


def format_datetime(value: datetime) -> str:
    """Kamis 3 Desember 2026, 16.00 WIB."""
    return f"{format_date(value)}, {format_time(value)}"


def format_number(value: float, digits: int | None = None) -> str:
    """1.234,5 in Indonesian; `digits` fixes the decimals."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, format=pattern, locale=locale())


def format_percent(share: float, digits: int = 0) -> str:
    """A share between 0 and 1 as 87 %."""
    return f"{format_number(share * 100, digits)} %"


def form_translations() -> Any:
    """Messages of the form library: our own Indonesian catalogue; its English is built in."""
    if str(locale()) == DEFAULT:
        return _form_catalogue()
    return DummyTranslations()


@lru_cache(maxsize=1)
def _form_catalogue() -> Any:
    return support.Translations.load(config.ROOT / "translations", [DEFAULT], "wtforms")


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


@lru_cache(maxsize=4096)  # lists repeat few days; Babel takes 40 µs each
def _format_date(day: date, pattern: str, locale_code: str) -> str:
    return dates.format_date(day, PATTERNS[pattern], locale=locale_code)
