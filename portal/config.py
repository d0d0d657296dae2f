"""The settings: one typed object, read once from the environment.

Each field's metadata carries the environment variable and its meaning; the table in the README is
pinned to them by a test.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app

from portal.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_KEY = "development-only-key"
IDENTITY_KEY_BYTES = 32
ENVIRONMENTS = ("development", "production")
DATABASES = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")
QUEUES = ("postgresql", "redis", "rediss")
LIMITS = ("memory", "redis", "rediss")
DRIVERS = {"postgres": "psycopg", "redis": "redis"}  # a service's name: the package that speaks with it
THEMES = ("ulos", "pinto", "ikat")
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DEMO_INTAKE_ADDRESS = "lapor@demo.balaiwarga.example"
DEMO_REPLY_ADDRESS = "balas@demo.balaiwarga.example"
REPLY_ADDRESS = re.compile(r"[a-z0-9._-]{1,24}@[a-z0-9.-]+", re.ASCII)  # a token of 33 signs follows the name
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def _setting(env: str, default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"env": env, "meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting of the portal, checked. Raises SettingsError from `load` when one is wrong."""

    environment: str = _setting(
        "PORTAL_ENV",
        "development",
        "`development` or `production`; production refuses a default key, debug mode and demo passwords",
    )
    secret_key: str = _setting(
        "SECRET_KEY", DEVELOPMENT_KEY, "signs sessions and links; at least 32 characters in production"
    )
    identity_key: str = _setting(
        "PORTAL_IDENTITY_KEY",
        "",
        "seals who filed an anonymous report: a key of `openssl rand -base64 32`, or several with commas, of "
        "which the first seals; required in production, empty in development: made from SECRET_KEY",
    )
    debug: bool = _setting("PORTAL_DEBUG", False, "Flask's debug mode, for development only")
    demo: bool = _setting(
        "PORTAL_DEMO", False, "shows the demo accounts and the letters that the demo wrote to files"
    )
    data_dir: Path = _setting(
        "PORTAL_DATA_DIR", Path("instance"), "folder of the database file, the photos and the letters"
    )
    database_url: str = _setting(
        "DATABASE_URL",
        "",
        "SQLAlchemy address, e.g. `postgresql://user:secret@host/name`; "
        "empty: an SQLite file in the data folder",
    )
    host: str = _setting("HOST", "127.0.0.1", "address that the web server listens on")
    port: int = _setting("PORT", 8000, "port that the web server listens on")
    base_url: str = _setting(
        "PORTAL_BASE_URL", "", "public address of the portal, used in letters; empty: from HOST and PORT"
    )
    trusted_proxies: int = _setting(
        "PORTAL_TRUSTED_PROXIES", 0, "number of proxies in front whose X-Forwarded headers are believed"
    )
    smtp_url: str = _setting(
        "SMTP_URL",
        "",
        "`smtp://user:secret@host:587` (STARTTLS) or `smtps://…`; empty: letters become files",
    )
    mail_from: str = _setting(
        "PORTAL_MAIL_FROM", "Balai Warga <balai-warga@localhost>", "sender of the portal's letters"
    )
    reply_address: str = _setting(
        "PORTAL_REPLY_ADDRESS",
        "",
        "mailbox that takes replies, e.g. `balas@kota.go.id`: letters then say that they can be answered, "
        "and those that come back are noticed; empty: neither",
    )
    imap_url: str = _setting(
        "IMAP_URL",
        "",
        "`imaps://user:secret@host/INBOX`: where replies are fetched each minute; "
        "empty: the mail server pipes them into `flask mail receive`",
    )
    intake_address: str = _setting(
        "PORTAL_INTAKE_ADDRESS",
        "",
        "mailbox whose mail becomes report drafts, e.g. `lapor@kota.go.id`, fetched or piped in as replies "
        "are; empty: no reports by mail",
    )
    contact_email: str = _setting(
        "PORTAL_CONTACT_EMAIL", "balai-warga@localhost", "address for questions about personal data"
    )
    limits_url: str = _setting(
        "PORTAL_LIMITS_URL", "memory://", "where rate limits count; `redis://…` with several processes"
    )
    sp4n_folder: str = _setting(
        "PORTAL_SP4N_FOLDER",
        "",
        "folder watched for SP4N-LAPOR! exports (CSV); read files are moved to its `done` and `refused`; "
        "empty: none is watched",
    )
    queue_url: str = _setting(
        "PORTAL_QUEUE_URL",
        "",
        "what wakes the job runner: `postgresql://…` or `redis://…`; empty: a file in the data folder",
    )
    filing_limit: str = _setting(
        "PORTAL_FILING_LIMIT",
        "60 per hour",
        "reports, ideas and their photos that one internet address may send; many phones share an address",
    )
    log_format: str = _setting("PORTAL_LOG", "text", "`text` or `json`")
    tile_url: str = _setting(
        "PORTAL_TILE_URL", "", "map tile address with {z}/{x}/{y}; empty: the map draws the city's own areas"
    )

    city_name: str = _setting("PORTAL_CITY_NAME", "Kota Medan", "the city's name as residents say it")
    city_code: str = _setting("PORTAL_CITY_CODE", "12.71", "the city's Kemendagri code, root of its areas")
    number_prefix: str = _setting("PORTAL_NUMBER_PREFIX", "MDN", "letters that begin each report number")
    time_zone: str = _setting(
        "PORTAL_TIME_ZONE",
        "Asia/Jakarta",
        "zone of dates and deadlines: `Asia/Jakarta` (WIB), `Asia/Makassar` (WITA) or `Asia/Jayapura` (WIT)",
    )
    theme: str = _setting(
        "PORTAL_THEME", "ulos", "textile of the border and colours: `ulos`, `pinto` or `ikat`"
    )
    emergency_number: str = _setting("PORTAL_EMERGENCY_NUMBER", "112", "number shown for emergencies")

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def identity_keys(self) -> list[str]:
        """The keys that seal identities, the one in use first; base64 for addresses."""
        alphabet = str.maketrans("+/", "-_")
        return [key.translate(alphabet) for one in self.identity_key.split(",") if (key := one.strip())]

    @property
    def reply_mailbox(self) -> str:
        """The mailbox that takes replies; the demo has one of its own, which no mail leaves."""
        return self.reply_address or (DEMO_REPLY_ADDRESS if self.demo else "")

    @property
    def intake_mailbox(self) -> str:
        """The mailbox whose mail becomes report drafts; the demo has one of its own."""
        return self.intake_address or (DEMO_INTAKE_ADDRESS if self.demo else "")

    @property
    def import_folder(self) -> Path | None:
        """The folder that is watched for exports; None when none is."""
        return Path(self.sp4n_folder) if self.sp4n_folder else None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def zone_name(self) -> str:
        """The zone as people write it: WIB, WITA or WIT."""
        return ZONES[self.time_zone]

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address with its driver named."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir.resolve() / 'balai-warga.sqlite'}"
        for scheme in ("postgres://", "postgresql://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def public_url(self) -> str:
        """The address that letters and receipts link to, without a slash at its end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")


def current() -> Settings:
    """The settings of the running app."""
    return cast(Settings, current_app.extensions["settings"])


def load(environ: Mapping[str, str]) -> Settings:
    """Read and check the settings. Raises SettingsError with one sentence that says what to set."""
    settings = Settings(**{f.name: _read(f, environ) for f in fields(Settings) if _given(f, environ)})
    _check(settings)
    return settings


def _given(setting: Field[Any], environ: Mapping[str, str]) -> bool:
    return setting.metadata["env"] in environ


def _read(setting: Field[Any], environ: Mapping[str, str]) -> Any:
    name, text = setting.metadata["env"], environ[setting.metadata["env"]].strip()
    if isinstance(setting.default, bool):
        if text.lower() not in TRUE | FALSE:
            raise SettingsError(f"Set {name} to 1 or 0; it is {text!r}.")
        return text.lower() in TRUE
    if isinstance(setting.default, int):
        if not text.isdecimal():
            raise SettingsError(f"Set {name} to a whole number; it is {text!r}.")
        return int(text)
    if isinstance(setting.default, Path):
        return Path(text)
    return text


def _check(settings: Settings) -> None:
    if settings.environment not in ENVIRONMENTS:
        raise SettingsError(f"Set PORTAL_ENV to {' or '.join(ENVIRONMENTS)}.")
    if not settings.secret_key:
        raise SettingsError("Set SECRET_KEY to a secret text, or leave it unset in development.")
    _check_identity_keys(settings)
    if settings.log_format not in ("text", "json"):
        raise SettingsError("Set PORTAL_LOG to text or json.")
    if not 0 <= settings.port <= 65535:
        raise SettingsError("Set PORT to a number from 0 to 65535.")
    for name, address, schemes in (
        ("DATABASE_URL", settings.database_url, DATABASES),
        ("SMTP_URL", settings.smtp_url, ("smtp", "smtps")),
        ("IMAP_URL", settings.imap_url, ("imap", "imaps")),
        ("PORTAL_QUEUE_URL", settings.queue_url, QUEUES),
        ("PORTAL_LIMITS_URL", settings.limits_url, LIMITS),
        ("PORTAL_BASE_URL", settings.base_url, ("http", "https")),
    ):
        _check_address(name, address, schemes)
    _check_drivers(settings)
    if settings.reply_address and not REPLY_ADDRESS.fullmatch(settings.reply_address.lower()):
        raise SettingsError(
            "Set PORTAL_REPLY_ADDRESS to an address like balas@kota.go.id, without a plus sign."
        )
    if settings.intake_address and not REPLY_ADDRESS.fullmatch(settings.intake_address.lower()):
        raise SettingsError(
            "Set PORTAL_INTAKE_ADDRESS to an address like lapor@kota.go.id, without a plus sign."
        )
    if settings.intake_address and settings.intake_address.lower() == settings.reply_address.lower():
        raise SettingsError("Set PORTAL_INTAKE_ADDRESS to another address than PORTAL_REPLY_ADDRESS.")
    if settings.theme not in THEMES:
        raise SettingsError(f"Set PORTAL_THEME to one of {', '.join(THEMES)}.")
    if settings.time_zone not in ZONES:
        raise SettingsError(f"Set PORTAL_TIME_ZONE to one of {', '.join(ZONES)}.")
    if settings.production:
        _check_production(settings)


def _check_address(name: str, address: str, schemes: tuple[str, ...]) -> None:
    try:
        parts = urlsplit(address)
        usable = parts.port != 0 and parts.scheme in schemes  # asking for the port checks it
    except ValueError:
        usable = False
    if address and not usable:
        starts = " or ".join(f"{scheme}://" for scheme in schemes)
        raise SettingsError(f"Set {name} to an address that starts with {starts}.")


def _check_drivers(settings: Settings) -> None:
    """The drivers of services outside are extras: whoever names one needs its package."""
    for name, address in (
        ("DATABASE_URL", settings.database_url),
        ("PORTAL_QUEUE_URL", settings.queue_url),
        ("PORTAL_LIMITS_URL", settings.limits_url),
    ):
        for service, package in DRIVERS.items():
            if address.startswith(service) and find_spec(package) is None:
                raise SettingsError(f"Install the package {package}, or set {name} to something else.")


def _check_identity_keys(settings: Settings) -> None:
    for key in settings.identity_keys:
        try:
            fits = len(urlsafe_b64decode(key.encode())) == IDENTITY_KEY_BYTES
        except ValueError:
            fits = False
        if not fits:
            raise SettingsError(
                "Set PORTAL_IDENTITY_KEY to a key of `openssl rand -base64 32`, or to several with commas."
            )


def _check_production(settings: Settings) -> None:
    if settings.secret_key == DEVELOPMENT_KEY or len(settings.secret_key) < 32:
        raise SettingsError("Set SECRET_KEY to a secret of at least 32 characters before production.")
    if not settings.identity_keys:
        raise SettingsError(
            "Set PORTAL_IDENTITY_KEY before production to a key of `openssl rand -base64 32`, "
            "which is kept apart from the database and its backups."
        )
    if settings.debug:
        raise SettingsError("Set PORTAL_DEBUG to 0: production does not run in debug mode.")
    if settings.demo:
        raise SettingsError("Set PORTAL_DEMO to 0: production does not run with demo accounts.")
    if not settings.base_url:
        raise SettingsError("Set PORTAL_BASE_URL to the public address of the portal.")
