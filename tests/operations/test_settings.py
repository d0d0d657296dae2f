"""A wrong setting is said in one sentence that names it."""

import pytest

from portal import config
from portal.errors import SettingsError

pytestmark = pytest.mark.engine_free

PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "x" * 32,
    "PORTAL_IDENTITY_KEY": "eHh4" * 10 + "eHg=",
    "PORTAL_BASE_URL": "https://balaiwarga.example",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_ENV", "staging"),
        ("PORTAL_DEMO", "perhaps"),
        ("PORT", "70000"),
        ("SECRET_KEY", ""),
        ("DATABASE_URL", "mysql://host/name"),
        ("SMTP_URL", "mail.example"),
        ("SMTP_URL", "smtp://mail.example:many"),
        ("PORTAL_QUEUE_URL", "amqp://host"),
        ("PORTAL_LIMITS_URL", "localhost"),
        ("PORTAL_BASE_URL", "balaiwarga.example"),
        ("PORTAL_LOG", "xml"),
        ("PORTAL_IDENTITY_KEY", "short"),
        ("PORTAL_IDENTITY_KEY", "eHh4" * 10 + "eHg=,short"),
        ("PORTAL_THEME", "batik"),
        ("PORTAL_TIME_ZONE", "Europe/Berlin"),
    ],
)
def test_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^Set {name} to .*[.]$"):
        config.load({name: value})


def test_service_without_its_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "find_spec", lambda package: None)

    with pytest.raises(SettingsError, match=r"^Install the package redis, or set PORTAL_QUEUE_URL to"):
        config.load({"PORTAL_QUEUE_URL": "redis://127.0.0.1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", config.DEVELOPMENT_KEY),
        ("PORTAL_DEBUG", "1"),
        ("PORTAL_DEMO", "1"),
        ("PORTAL_BASE_URL", ""),
    ],
)
def test_production_refuses_what_only_development_may_have(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        config.load({**PRODUCTION, name: value})


def test_production_starts_with_a_key_and_an_address() -> None:
    assert config.load(PRODUCTION).production
