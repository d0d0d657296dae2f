"""Photos of what was done: sent with the answer, shown beside it, disputed by the resident."""

from io import BytesIO

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import evidence, services
from portal.assignments.models import Assignment, ResponsePhoto
from portal.assignments.rules import ResponseKind
from portal.attachments import files, originals
from portal.attachments import services as attachments
from portal.db import db
from portal.forum.models import Thread
from portal.projects.ideas.models import Idea
from portal.reports import services as reports
from portal.reports.following.access import KEY
from portal.reports.models import Report, ReportPhoto
from tests.assignments.photos import photo
from tests.builders import make_user
from tests.desk.conftest import NOW, City
from tests.desk.origins import ORIGINS
from tests.support.client import CheckingClient, Form

WORDS = "Lubangnya sudah ditambal pagi ini."
REASON = "Ini foto jalan sebelah, bukan jalan kami."


def answer(desk: CheckingClient, report: Report, *photos: BytesIO, path: str = "", body: str = WORDS):
    """Send the answer box with photos, to the address of one of its buttons."""
    form = Form.on(desk.get(f"/desk/{report.number}?act=answer"), "/responses")
    chosen = [(one, f"foto-{place}.jpg", "image/jpeg") for place, one in enumerate(photos, start=1)]
    data = {**form.values, "body": body, "photos": chosen}
    address = f"/desk/{report.number}{path}" if path else form.action
    return desk.post(address, data=data, content_type="multipart/form-data")


def sent_photos() -> list[ResponsePhoto]:
    statement = db.select(ResponsePhoto).join(ResponsePhoto.response).order_by(ResponsePhoto.id)
    return list(db.session.scalars(statement))


def status(client: CheckingClient, address: str) -> int:
    """What loading a file answers."""
    with client.get(address) as response:
        return response.status_code


def open_as_reporter(client: CheckingClient, report: Report) -> None:
    with client.session_transaction() as session:
        session[KEY] = [report.number]


def test_answer_takes_its_photos_along_in_one_go(city: City, desk, client) -> None:
    report = city.report()

    done = answer(desk, report, photo(), photo(colour="red"))

    assert done.status_code == 303
    page = client.get(f"/reports/{report.number}").text
    assert page.count("menurut kamera") == 2
    assert sent_photos()[0].original_sha256 in page
    assert "Unduh berkas asli" not in page


def test_photos_and_words_survive_a_validation_error(city: City, desk) -> None:
    report = city.report()

    refused = answer(desk, report, photo(), body="")
    again = answer(desk, report)

    assert refused.status_code == 422
    assert "Hapus foto 1" in refused.text
    assert again.status_code == 303
    assert len(sent_photos()) == 1


def test_uploading_first_keeps_what_was_typed(city: City, desk) -> None:
    report = city.report()

    answer(desk, report, photo(), path="/evidence")
    page = desk.get(f"/desk/{report.number}?act=answer")
    gone = page.text.split(f"/desk/{report.number}/evidence/")[1].split("/removal")[0]
    answer(desk, report, path=f"/evidence/{gone}/removal")

    assert WORDS in page.text
    assert "Hapus foto 1" in page.text
    assert "Hapus foto 1" not in desk.get(f"/desk/{report.number}?act=answer").text


def test_what_a_photo_shows_is_read_out(city: City, desk, client) -> None:
    report = city.report()
    answer(desk, report, photo(), path="/evidence")
    page = desk.get(f"/desk/{report.number}?act=answer")
    name = next(name for name in Form.on(page, "/responses").names if name.startswith("alt-"))

    desk.submit(page, "/responses", **{name: "Lubang sudah ditambal"})

    assert 'alt="Lubang sudah ditambal"' in client.get(f"/reports/{report.number}").text


def test_file_that_is_no_photo_is_named_and_the_others_stay(city: City, desk) -> None:
    refused = answer(desk, city.report(), photo(), BytesIO(b"bukan foto"))

    assert refused.status_code == 422
    assert "foto-2.jpg:" in refused.text
    assert "foto-1.jpg:" not in refused.text
    assert "Hapus foto 1" in refused.text
    assert sent_photos() == []


def test_reporter_disputes_a_photo_by_tracking_code_and_the_official_explains(city: City, desk, client):
    report = city.report()
    answer(desk, report, photo())
    open_as_reporter(client, report)
    page = client.get(f"/reports/{report.number}/private")
    address = f"/duties/{report.number}/evidence/{sent_photos()[0].id}/dispute"

    assert address in page.text
    empty = client.submit(client.get(address), "/dispute", reason=" ")
    done = client.submit(client.get(address), "/dispute", reason=REASON)
    explained = desk.submit(
        desk.get(f"/desk/{report.number}/evidence/{sent_photos()[0].id}"), words="Ini sisi utara."
    )

    assert (empty.status_code, done.status_code, explained.status_code) == (422, 303, 303)
    public = client.get(f"/reports/{report.number}").text
    assert "Dipersoalkan pelapor" in public
    assert "Foto bukti dipersoalkan pelapor" in public
    assert "Ini sisi utara." in public
    assert REASON not in public
    assert REASON in desk.get(f"/desk/{report.number}").text


def test_nobody_else_disputes_it(city: City, desk, client, login) -> None:
    report = city.report()
    answer(desk, report, photo())
    address = f"/duties/{report.number}/evidence/{sent_photos()[0].id}/dispute"

    assert client.get(address).status_code in (302, 303)
    assert login(make_user()).get(address).status_code == 403


def test_original_goes_to_handlers_moderators_and_the_inspectorate_alone(city: City, desk, client, login):
    report = city.report()
    original = photo()
    content = original.getvalue()
    answer(desk, report, original)
    address = f"/desk/{report.number}/evidence/{sent_photos()[0].id}/original"

    for reader in (desk, login(city.moderator), login(make_user(Role.INSPECTORATE))):
        with reader.get(address) as response:
            assert response.data == content
    assert status(login(make_user()), address) == 403
    assert status(client, address) in (302, 303)


def test_missing_original_is_not_found(city: City, desk) -> None:
    report = city.report()
    answer(desk, report, photo())
    kept = sent_photos()[0]
    files.path_of(originals.file_name(kept.original_sha256)).unlink()

    assert desk.get(f"/desk/{report.number}/evidence/{kept.id}/original").status_code == 404


@pytest.mark.parametrize("secret", ["confidential", "hidden", "unsent"])
def test_photo_of_what_is_not_public_opens_for_its_people_only(city: City, desk, client, login, secret):
    report = city.report()
    if secret == "unsent":
        answer(desk, report, photo(), path="/evidence")
    else:
        answer(desk, report, photo())
    if secret == "hidden":
        reports.hide(report, at=NOW)
    if secret == "confidential":
        report.is_confidential = report.assignment.is_confidential = True
    kept = db.session.scalars(db.select(ResponsePhoto)).one()
    address = f"/photos/{kept.attachment.token}.jpg"

    assert status(login(make_user()), address) == 404
    assert status(desk, address) == 200
    assert status(client, address) == 404
    open_as_reporter(client, report)
    assert status(client, address) == (404 if secret == "unsent" else 200)


def test_reporters_photo_leaves_the_publics_sight_with_the_report(city: City, desk, client) -> None:
    report = city.report()
    kept = reports_photo(report)
    address = f"/photos/{kept}.jpg"

    public = status(client, address)
    reports.hide(report, at=NOW)

    assert (public, status(client, address), status(desk, address)) == (200, 404, 200)
    open_as_reporter(client, report)
    assert status(client, address) == 200


def reports_photo(report: Report) -> str:
    """The token of a photo that came with the report."""
    kept = attachments.keep_image(photo(), NOW)
    db.session.add(ReportPhoto(report_id=report.id, attachment_id=kept.id, position=1))
    db.session.flush()
    return kept.token


@pytest.mark.parametrize("origin", ORIGINS[1:], ids=str)
def test_author_of_any_matter_finds_the_way_beside_the_photo(city: City, login, origin) -> None:
    duty = origin.bring(city)
    for colour in ("red", "blue"):
        evidence.add(duty, photo(colour=colour), by=city.user, at=NOW)
    said = {"body": WORDS, "by": city.user, "at": NOW, **origin.answer}
    services.respond(duty, kind=ResponseKind.ANSWER, **said)
    address = f"/duties/{duty.number}/evidence/{sent_photos()[0].id}/dispute"
    page = {"thread": "/forum/", "idea": "/ideas/"}[origin.name] + duty.number
    author, other = login(author_of(duty)), login(make_user())
    evidence.dispute(sent_photos()[1], reason=REASON, at=NOW)

    # The page is made once and kept for everybody, so the way stands there for all of them.
    shown = [client.get(page).text for client in (author, other)]

    assert all(address in text for text in shown)
    assert not any(REASON in text for text in shown)
    assert [client.get(address).status_code for client in (author, other)] == [200, 403]


def author_of(duty: Assignment) -> User:
    for model in (Thread, Idea):
        found = db.session.scalar(db.select(model).filter_by(assignment_id=duty.id))
        if found is not None:
            return db.session.get_one(User, found.author_id)
    raise LookupError(duty.number)
