"""Moderators cover faces and plates in a photo, before and after it is published."""

import pytest
from PIL import Image

from portal.attachments import files
from portal.attachments import services as attachments
from portal.attachments.queries import file_name
from portal.db import db
from portal.ledger.models import Event
from portal.reports.models import Report
from portal.reports.services import PhotoIn
from tests.desk.conftest import NOW, City
from tests.reports.test_redaction import picture
from tests.support.client import CheckingClient


@pytest.fixture
def report(city: City) -> Report:
    """Published, with one photo whose words name somebody."""
    photo = PhotoIn(attachments.keep_image(picture("black"), NOW), caption="Rumah Bu Siti")
    return city.report(photos=[photo])


def address(report: Report) -> str:
    return f"/triage/{report.number}/photos/{report.photos[0].id}"


def cover(triage: CheckingClient, report: Report, *cells: str, query: str = "") -> None:
    page = triage.get(f"{address(report)}/covering{query}")
    assert triage.submit(page, "/covering", cell=list(cells)).status_code == 303


def is_covered(report: Report, x: int, y: int) -> bool:
    """Black is rounded to a dark grey."""
    masked = report.photos[0].masked
    assert masked is not None
    return min(Image.open(files.path_of(file_name(masked.sha256))).getpixel((x, y))) > 8


def test_everybody_sees_the_covered_copy_and_the_old_address_is_gone(
    client: CheckingClient, triage: CheckingClient, report: Report
) -> None:
    former = f"/photos/{report.photos[0].attachment.token}"
    with client.get(f"{former}.jpg") as answer:
        assert answer.status_code == 200

    cover(triage, report, "0")

    page = client.get(f"/reports/{report.number}").text
    assert report.photos[0].masked.token in page
    assert report.photos[0].attachment.token not in page
    for old in (f"{former}.jpg", f"{former}-small.jpg", f"/photos/{report.photos[0].attachment.token}.jpg"):
        assert client.get(old).status_code == 404
    assert is_covered(report, 2, 2)
    assert not is_covered(report, 60, 40)


def test_handlers_still_see_the_photo_itself(triage: CheckingClient, report: Report) -> None:
    cover(triage, report, "0")

    with triage.get(f"/photos/{report.photos[0].attachment.token}.jpg") as answer:
        assert answer.status_code == 200


def test_what_is_covered_stays_covered_until_one_begins_again(triage: CheckingClient, report: Report) -> None:
    cover(triage, report, "0")
    cover(triage, report, "107")
    assert is_covered(report, 2, 2)
    assert is_covered(report, 77, 57)

    cover(triage, report, "107", query="?base=original")
    assert not is_covered(report, 2, 2)
    assert is_covered(report, 77, 57)


def test_smaller_cells_are_there_for_a_wide_screen(triage: CheckingClient, report: Report) -> None:
    page = triage.get(f"{address(report)}/covering?columns=24")

    assert page.text.count('name="cell"') == 24 * 18
    assert "columns=12" in page.text


def test_words_beside_a_photo_are_put_right_and_the_original_stays(
    client: CheckingClient, triage: CheckingClient, report: Report
) -> None:
    triage.submit(triage.get(address(report)), "/words", caption="Rumah di tikungan", alt="")

    page = client.get(f"/reports/{report.number}").text
    assert "Rumah di tikungan" in page
    assert "Bu Siti" not in page
    assert report.photos[0].caption == "Rumah Bu Siti"
    kinds = db.session.scalars(db.select(Event.kind).filter_by(subject=f"report:{report.number}")).all()
    assert "photo_described" in kinds
