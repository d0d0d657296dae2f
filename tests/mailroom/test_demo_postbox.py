"""The demo's letters can be read by everybody; a real city has no such page."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from portal.db import transaction
from portal.jobs import runner
from portal.notifications import services
from tests.builders import MONDAY


@pytest.fixture
def demo(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = replace(app.extensions["settings"], demo=True, data_dir=tmp_path)
    monkeypatch.setitem(app.extensions, "settings", settings)


def write_to(address: str) -> None:
    with time_machine.travel(MONDAY, tick=False):
        with transaction():
            services.write_to(
                address,
                "id",
                "account_confirm",
                key=address,
                at=MONDAY,
                path="/confirm/x",
                name="Sari & Budi",
            )
        runner.drain_outbox()


def test_letter_is_found_and_read_with_its_link(demo: None, client: Any) -> None:
    write_to("sari@contoh.id")

    row = client.get("/demo/letters").text
    letter = client.get("/demo/letters/20261116T020000-" + row.split("20261116T020000-")[1][:7])

    assert "sari@contoh.id" in row
    assert "Halo Sari &amp; Budi," in letter.text
    assert 'href="http://127.0.0.1:8000/confirm/x"' in letter.text


def test_letters_are_looked_up_by_their_reader(demo: None, client: Any) -> None:
    write_to("sari@contoh.id")
    write_to("budi@contoh.id")

    page = client.get("/demo/letters?to=BUDI").text

    assert "budi@contoh.id" in page
    assert "sari@contoh.id" not in page


def test_list_that_is_only_searched_offers_no_empty_filters(demo: None, client: Any) -> None:
    page = client.get("/demo/letters").text

    assert "Alamat penerima" in page
    assert "Saringan" not in page


def test_empty_post_box_says_how_to_fill_it(demo: None, client: Any) -> None:
    assert "Belum ada surat" in client.get("/demo/letters").text


@pytest.mark.parametrize("name", ["20260101T000000-0000001", "..%2Fqueue", "x.tmp"])
def test_other_files_are_not_shown(demo: None, client: Any, name: str) -> None:
    assert client.get(f"/demo/letters/{name}").status_code == 404


def test_city_without_the_demo_shows_no_letters(client: Any) -> None:
    assert client.get("/demo/letters").status_code == 404
