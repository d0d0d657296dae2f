"""Settings are read once, and a wrong one is named in one sentence."""

import pytest

from portal import config
from portal.errors import SettingsError

pytestmark = pytest.mark.engine_free

PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "k" * 32,
    "PORTAL_IDENTITY_KEY": "a2tr" * 10 + "a2s=",
    "PORTAL_BASE_URL": "https://warga.example.id",
}


def test_portal_starts_without_any_setting():
    settings = config.load({})

    assert settings.port == 8000
    assert settings.sqlalchemy_url.startswith("sqlite:///")


def test_production_with_everything_set_starts():
    assert config.load(PRODUCTION).production


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"PORT": "eight"}, "PORT"),
        ({"PORT": "99999"}, "PORT"),
        ({"PORTAL_DEBUG": "perhaps"}, "PORTAL_DEBUG"),
        ({"PORTAL_ENV": "staging"}, "PORTAL_ENV"),
        ({"PORTAL_THEME": "batik"}, "PORTAL_THEME"),
        ({"PORTAL_TIME_ZONE": "Europe/Paris"}, "PORTAL_TIME_ZONE"),
        ({"SMTP_URL": "mail.example.id"}, "SMTP_URL"),
        ({**PRODUCTION, "SECRET_KEY": ""}, "SECRET_KEY"),
        ({**PRODUCTION, "SECRET_KEY": config.DEVELOPMENT_KEY}, "SECRET_KEY"),
        ({**PRODUCTION, "PORTAL_IDENTITY_KEY": ""}, "PORTAL_IDENTITY_KEY"),
        ({**PRODUCTION, "PORTAL_DEBUG": "1"}, "PORTAL_DEBUG"),
        ({**PRODUCTION, "PORTAL_DEMO": "1"}, "PORTAL_DEMO"),
        ({**PRODUCTION, "PORTAL_BASE_URL": ""}, "PORTAL_BASE_URL"),
    ],
)
def test_wrong_setting_is_named_in_one_sentence(environ, named):
    with pytest.raises(SettingsError) as refusal:
        config.load(environ)

    text = str(refusal.value)
    assert named in text
    assert text.endswith(".")
    assert "\n" not in text


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_address_gets_its_driver(scheme):
    settings = config.load({"DATABASE_URL": f"{scheme}://user@host/name"})

    assert settings.sqlalchemy_url == "postgresql+psycopg://user@host/name"
