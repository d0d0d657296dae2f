"""What one address sends costs the city no more than its limit says, however it is written."""

from io import BytesIO

import pytest
from flask import Flask

from portal.attachments import images
from portal.db import db
from portal.reports.models import ReportDraft
from portal.reports.rules import MAX_PHOTOS
from tests.attachments import attacks
from tests.reports.conftest import City
from tests.reports.test_filing import begin, photo
from tests.reports.test_offline import send
from tests.reports.test_photos import Phone
from tests.support.client import CheckingClient

MANY = MAX_PHOTOS + 3


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each photo that was unfolded, whether the database had been asked for anything before."""
    found: list[bool] = []
    reencode = images.reencode

    def noted(stream: BytesIO) -> images.Picture:
        found.append(db.session().in_transaction())
        return reencode(stream)

    monkeypatch.setattr(images, "reencode", noted)
    return found


def test_pages_without_a_session_meet_the_limit_too(app: Flask, city: City) -> None:
    stranger = app.test_client()

    answers = [
        stranger.post("/reports/new", data={"page": "0.x", "title": f"Keluhan {turn}"}).status_code
        for turn in range(61)
    ]

    assert answers == [303] * 60 + [429]
    assert db.session.scalar(db.select(db.func.count()).select_from(ReportDraft)) == 60


@pytest.mark.parametrize("offset", ["0", "00"])
def test_a_first_part_is_counted_however_its_place_is_written(
    app: Flask, city: City, monkeypatch: pytest.MonkeyPatch, offset: str
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)
    stranger = Phone(app, "nobodys-token", attacks.photo())

    answers = [stranger.send(0, 300, offset=offset).status_code for _ in range(61)]

    assert answers == [404] * 60 + [429]


def test_of_one_page_no_more_photos_are_unfolded_than_a_report_has(
    client: CheckingClient, city: City, drawn: list[bool]
) -> None:
    path = begin(client).request.path.replace("/category", "/photos")
    uploads = [(photo(), f"{turn}.jpg") for turn in range(MANY)]

    answer = client.submit(client.get(path), photos=uploads, act="keep")

    assert (answer.status_code, drawn) == (422, [False] * MAX_PHOTOS)
    assert f"{MANY - 1}.jpg" in answer.text


def test_photos_of_the_offline_page_hold_up_nobody(
    client: CheckingClient, city: City, drawn: list[bool]
) -> None:
    answer = send(client, photos=[(photo(), f"{turn}.jpg") for turn in range(MANY)])

    assert answer.get_json()["sent"].endswith("/photos")
    assert drawn == [False] * MAX_PHOTOS
