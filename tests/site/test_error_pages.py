"""One calm page for everything that goes wrong, in the reader's language."""

import pytest
from flask import Flask

from portal.app import create_app
from tests.builders import make_official, make_user
from tests.conftest import settings_for


def test_unknown_address(client):
    indonesian, english = client.get("/tidak-ada"), client.get("/en/tidak-ada")

    assert indonesian.status_code == english.status_code == 404
    assert "Halaman ini tidak ada" in indonesian.text
    assert 'lang="en"' in english.text
    assert "Halaman ini tidak ada" not in english.text


def test_page_for_somebody_else(login):
    answer = login(make_user()).get("/administration/")

    assert answer.status_code == 403
    assert "Halaman ini bukan untuk akun Anda" in answer.text


def test_form_without_its_token(client):
    answer = client.post("/sign-in", data={"email": "a@b.id"})

    assert answer.status_code == 400
    assert "Formulir ini sudah kedaluwarsa" in answer.text


def test_address_asked_in_the_wrong_way(client):
    assert client.put("/sign-in").status_code in (400, 405)
    assert client.get("/sign-out").status_code == 405


def test_too_large_a_form(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)

    answer = client.post("/sign-in", data={"email": "x" * 2000})

    assert answer.status_code == 413
    assert "Kiriman Anda terlalu besar" in answer.text


def test_form_that_no_page_of_ours_sends(login, administrator):
    official = make_official(user_id=make_user().id)
    client = login(administrator)
    page = client.get(f"/administration/officials/{official.id}")

    answer = client.submit(page, "/roles", roles=["emperor"])

    assert answer.status_code == 422
    assert "Kiriman Anda tidak dapat dibaca" in answer.text


def test_too_many_requests(client):
    page = client.get("/sign-in")
    answers = [client.submit(page, email="a@b.id", password="salah sekali") for _ in range(61)]

    assert answers[59].status_code == 422
    assert answers[60].status_code == 429
    assert "Terlalu banyak permintaan" in answers[60].text
    assert answers[60].headers["Retry-After"]


def test_fault_of_ours(app: Flask, client, monkeypatch):
    monkeypatch.setitem(app.view_functions, "pages.home", _broken)

    answer = client.get("/")

    assert answer.status_code == 500
    assert "Ada yang salah di pihak kami" in answer.text
    assert "secret detail" not in answer.text


@pytest.mark.parametrize("path", ["/reports", "/en/statistics", "/sign-in"])
def test_database_that_is_away(tmp_path, path):
    settings = settings_for(f"sqlite:///{tmp_path / 'missing' / 'x.sqlite'}", tmp_path, demo=True)
    client = create_app(settings).test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1:0"  # also for somebody who is signed in

    answer = client.get(path)

    assert answer.status_code == 503
    assert "<h1>" in answer.text
    assert answer.headers["Retry-After"]


def _broken() -> str:
    raise RuntimeError("secret detail")


def test_part_of_a_page_that_cannot_be_had_stands_in_its_place(client):
    answer = client.get("/tidak-ada", headers={"HX-Request": "true", "HX-Request-Type": "partial"})

    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.text
    assert "<html" not in answer.text
