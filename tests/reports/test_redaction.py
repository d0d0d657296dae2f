"""What the public reads and sees is put right; the original never changes."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.attachments import services as attachments
from portal.db import db
from portal.errors import Conflict, DomainError
from portal.notifications.models import Notification
from portal.reports import queries, services
from portal.reports.masking import Kind, passages
from portal.reports.models import Report
from portal.reports.services import PhotoIn, unhide
from tests.builders import MONDAY, make_report, make_user
from tests.reports.conftest import City
from tests.support.client import CheckingClient

NOW = MONDAY + timedelta(days=1)


def picture(colour: str = "red") -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "JPEG")
    out.seek(0)
    return out


@pytest.fixture
def report(city: City) -> Report:
    return make_report(
        city.lights,
        body="Lampu di depan rumah Pak Budi Santoso padam.",
        email="siti@contoh.id",
        photos=[PhotoIn(attachments.keep_image(picture(), MONDAY))],
    )


def reword(report: Report, **changes: object) -> None:
    words = {"title": report.title, "body": report.body, "place": report.place, **changes}
    services.reword(report, **words, by=make_user(Role.MODERATOR), at=NOW)


def test_other_words_are_published_and_found_and_the_original_stays(
    client: CheckingClient, report: Report
) -> None:
    reword(report, body="Lampu di depan warung padam, hubungi 081234567890.")

    page = client.get(f"/reports/{report.number}").get_data(as_text=True)
    assert "depan warung" in page
    assert "081234567890" not in page
    assert "Pak Budi Santoso" in report.content.body
    assert [row.number for row in queries.listed(queries.Filter(text="warung"), NOW).rows] == [report.number]


def test_every_wording_is_kept_with_its_author(report: Report) -> None:
    reword(report, title="Lampu padam")

    now, first = queries.wordings_of(report)
    assert (now.title, first.title) == ("Lampu padam", report.content.title)
    assert now.author is not None
    assert first.author is None


def test_the_same_words_are_no_correction(report: Report) -> None:
    reword(report)

    assert queries.wordings_of(report)[1:] == []
    assert report.lock == 0


def test_a_second_moderator_overwrites_nothing(report: Report) -> None:
    reword(report, title="Lampu padam")

    with pytest.raises(Conflict):
        services.reword(
            report, title="X", body="Y", place="", by=make_user(Role.MODERATOR), at=NOW, expected_lock=0
        )
    assert report.title == "Lampu padam"


def test_a_hidden_report_keeps_its_words(report: Report) -> None:
    services.hide(report, at=NOW)

    with pytest.raises(DomainError):
        reword(report, title="Lampu", body="Padam")
    unhide(report, at=NOW)


def test_a_held_photo_is_seen_by_nobody_outside(client: CheckingClient, report: Report) -> None:
    known = f"/photos/{report.photos[0].attachment.token}.jpg"
    with client.get(known) as answer:
        assert answer.status_code == 200

    services.hold_photo(report, report.photos[0], at=NOW)

    assert client.get(known).status_code == 404
    assert report.photos[0].attachment.token not in client.get(f"/reports/{report.number}").text
    kinds = list(db.session.scalars(select(Notification.kind).filter_by(address="siti@contoh.id")))
    assert kinds[-1] == "report_photo_changed"


def test_a_masked_copy_is_shown_instead(client: CheckingClient, report: Report) -> None:
    masked = attachments.keep_image(picture("black"), NOW)

    services.hold_photo(report, report.photos[0], masked=masked, at=NOW)

    page = client.get(f"/reports/{report.number}").text
    assert masked.token in page
    assert report.photos[0].attachment.token not in page


def test_a_released_photo_is_shown_again(client: CheckingClient, report: Report) -> None:
    services.hold_photo(report, report.photos[0], at=NOW)
    services.release_photo(report, report.photos[0], at=NOW)

    assert report.photos[0].attachment.token in client.get(f"/reports/{report.number}").text


def test_the_public_reads_an_officials_answer_masked(
    client: CheckingClient, city: City, report: Report
) -> None:
    by = db.session.get_one(User, city.official.user_id)
    assignments.respond(
        report.assignment, kind=ResponseKind.INTERIM, body="Hubungi 0812-3456-7890.", by=by, at=NOW
    )

    assert "0812-3456-7890" not in client.get(f"/reports/{report.number}").text
    assert report.assignment.responses[0].body == "Hubungi 0812-3456-7890."


def test_names_are_pointed_out_but_never_covered_by_themselves(report: Report) -> None:
    found = [one.text for one in passages(report.content.body) if one.kind is Kind.NAME]

    assert found == ["Budi Santoso"]
    assert "Budi Santoso" in report.body


@pytest.mark.parametrize("text", ["Pak Lurah tahu", "Bu RT 05", "Bapak Wali Kota Medan", "ibu kota"])
def test_offices_are_no_names(text: str) -> None:
    assert all(one.kind is None for one in passages(text))


def test_passages_give_the_text_back_whole() -> None:
    text = "Hubungi Ibu Rosmawati di 081234567890 atau ros@contoh.id, mobil BK 1234 AB."

    assert "".join(one.text for one in passages(text)) == text
    assert [one.kind for one in passages(text) if one.kind] == [
        Kind.NAME,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.PLATE,
    ]
