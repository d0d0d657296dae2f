"""A log line tells what happened under which request, and nothing about a person."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from portal import logs
from portal.app import create_app
from portal.db import db
from tests.conftest import settings_for


@pytest.fixture
def json_app(tmp_path: Path) -> Any:
    settings = settings_for(f"sqlite:///{tmp_path}/log.sqlite", tmp_path, log_format="json")
    app = create_app(replace(settings, trusted_proxies=1))
    yield app
    with app.app_context():
        db.engine.dispose()
    logs.init_app(Flask("after"), settings_for("", tmp_path))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_request_is_one_line_without_its_secrets(json_app: Flask, capsys: Any) -> None:
    json_app.add_url_rule("/tracking/<code>", endpoint="t", view_func=lambda code: code)

    json_app.test_client().get("/tracking/RAHASIA?email=sari@contoh.id", buffered=True)

    (line,) = lines(capsys)
    assert (line["event"], line["route"], line["status"]) == ("request", "/tracking/<code>", 200)
    assert "RAHASIA" not in str(line)
    assert "sari" not in str(line)


def test_id_of_a_trusted_proxy_is_kept(json_app: Flask, capsys: Any) -> None:
    answer = json_app.test_client().get("/nowhere", headers={"X-Request-ID": "from-the-proxy"}, buffered=True)

    assert answer.headers["X-Request-ID"] == "from-the-proxy"
    assert lines(capsys)[-1]["request_id"] == "from-the-proxy"


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space 123"])
def test_strange_id_is_replaced(json_app: Flask, given: str) -> None:
    answer = json_app.test_client().get("/nowhere", headers={"X-Request-ID": given}, buffered=True)

    assert answer.headers["X-Request-ID"] != given


def test_id_is_not_believed_without_a_trusted_proxy(app: Flask) -> None:
    answer = app.test_client().get("/nowhere", headers={"X-Request-ID": "from-a-visitor"})

    assert answer.headers["X-Request-ID"] != "from-a-visitor"


def test_failed_statement_is_logged_without_its_values(json_app: Flask, capsys: Any) -> None:
    values = {"address": "sari@contoh.id"}
    statement = text("SELECT * FROM no_table WHERE email = :address")
    json_app.add_url_rule("/broken", endpoint="b", view_func=lambda: db.session.execute(statement, values))

    json_app.test_client().get("/broken", buffered=True)

    told = str(lines(capsys))
    assert "no such table" in told
    assert "sari" not in told
