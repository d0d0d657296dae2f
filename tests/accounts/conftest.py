"""Fixtures of the account tests."""

from dataclasses import replace

import pytest

from portal import config


@pytest.fixture
def demo_settings(app, monkeypatch):
    """The portal as a demo."""
    monkeypatch.setitem(app.extensions, "settings", replace(config.current(), demo=True))
