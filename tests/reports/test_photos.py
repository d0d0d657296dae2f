"""Photos of a report: in order, described, covered, sent in parts; and what the public sees of them."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from portal import clock, config
from portal.attachments import files, images, parts, turns
from portal.attachments import services as attachments
from portal.attachments.models import Attachment
from portal.attachments.queries import file_name
from portal.db import db
from portal.reports import services, tracking
from portal.reports.filing import photos, queries
from portal.reports.filing import services as filing
from portal.reports.filing.rules import Answers, DraftPhoto
from portal.reports.models import Report, ReportDraft, ReportPhoto
from portal.reports.services import PhotoIn
from tests.attachments import attacks
from tests.builders import MONDAY, make_report
from tests.reports.conftest import City
from tests.support.client import CheckingClient

ANSWERS = {"title": "Lampu mati", "body": "Sejak Senin.", "category": "pju", "area": "99.71.01.1001"}


def picture(colour: str = "red", **options: object) -> BytesIO:
    return BytesIO(attacks.photo(colour=colour, **options))


@pytest.fixture
def token(city: City) -> str:
    return filing.begin(Answers(**ANSWERS, questions_told=True), at=clock.now())


def draft_of(token: str) -> ReportDraft:
    found = queries.draft(token, clock.now())
    assert found is not None
    return found


def page_of(client: CheckingClient, token: str) -> TestResponse:
    return client.get(f"/reports/new/{token}/photos")


def act(client: CheckingClient, token: str, does: str, place: int = 1, **fields: object) -> TestResponse:
    page = page_of(client, token)
    ids = re.findall(r'value="remove-(\d+)"', page.text)
    answer = client.submit(page, act=f"{does}-{ids[place - 1]}", **fields)
    assert answer.status_code == 303
    return client.get(answer.location)


def add(client: CheckingClient, token: str, *colours: str) -> None:
    uploads = [(picture(colour), f"{colour}.jpg") for colour in colours]
    assert client.submit(page_of(client, token), act="keep", photos=uploads).status_code == 303


def colours(token: str) -> list[str]:
    """What is seen on the draft's photos, in their order."""
    named = {"red": (254, 0, 0), "blue": (0, 0, 254), "black": (0, 0, 0)}
    shown = []
    for photo in queries.photos([one.id for one in photos.of(draft_of(token))]):
        seen = Image.open(files.path_of(file_name(photo.sha256))).getpixel((5, 5))
        shown.append(
            min(named, key=lambda name: sum(abs(a - b) for a, b in zip(named[name], seen, strict=True)))
        )
    return shown


def test_old_drafts_with_bare_ids_are_read() -> None:
    assert Answers.read({"photos": [7, {"id": 8, "caption": "a"}]}).photos == [
        DraftPhoto(id=7),
        DraftPhoto(id=8, caption="a"),
    ]


def test_photos_change_places_and_what_was_typed_stays(client: CheckingClient, token: str) -> None:
    add(client, token, "red", "blue")
    first = photos.of(draft_of(token))[0].id

    page = act(client, token, "down", **{f"caption-{first}": "Tiang nomor 7"})

    assert colours(token) == ["blue", "red"]
    assert photos.of(draft_of(token))[1].caption == "Tiang nomor 7"
    assert 'value="Tiang nomor 7"' in page.text


def test_a_photo_is_taken_out_with_its_bytes(client: CheckingClient, token: str) -> None:
    add(client, token, "red", "blue")
    act(client, token, "remove")

    assert colours(token) == ["blue"]
    assert db.session.scalar(db.select(db.func.count(Attachment.id))) == 1


def test_words_that_are_too_long_are_refused_beside_their_field(client: CheckingClient, token: str) -> None:
    add(client, token, "red")
    field = f"caption-{photos.of(draft_of(token))[0].id}"

    answer = client.submit(page_of(client, token), **{field: "x" * 201})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "x" * 201 in answer.text


def test_a_refused_file_is_named_without_its_path_and_the_others_stay(
    client: CheckingClient, token: str
) -> None:
    uploads = [(picture(), "baik.jpg"), (BytesIO(b"MZ" * 50), "../\u202egpj.exe")]

    answer = client.submit(page_of(client, token), act="keep", photos=uploads)

    assert answer.status_code == 422
    assert "gpj.exe: Berkas ini bukan foto" in answer.text
    assert "\u202e" not in answer.text
    assert colours(token) == ["red"]


def test_more_than_five_are_refused(client: CheckingClient, token: str) -> None:
    uploads = [(picture(), f"{number}.jpg") for number in range(7)]

    answer = client.submit(page_of(client, token), act="keep", photos=uploads)

    assert answer.text.count("Paling banyak lima foto.") >= 2
    assert len(photos.of(draft_of(token))) == 5


def test_cells_are_covered_for_good(client: CheckingClient, token: str) -> None:
    add(client, token, "red")
    before = queries.photos([photos.of(draft_of(token))[0].id])[0]
    gone = [files.path_of(file_name(before.sha256, small=small)) for small in (False, True)]

    covering = act(client, token, "cover")
    answer = client.submit(covering, cell=["0", "1", "107"])

    assert answer.status_code == 303
    after = queries.photos([photos.of(draft_of(token))[0].id])[0]
    seen = Image.open(files.path_of(file_name(after.sha256)))
    assert seen.getpixel((3, 3)) != seen.getpixel((40, 40))
    assert not any(path.exists() for path in gone)
    assert after.token != before.token


def test_covering_nothing_is_refused(client: CheckingClient, token: str) -> None:
    add(client, token, "red")

    answer = client.submit(act(client, token, "cover"))

    assert answer.status_code == 422
    assert "Pilih paling sedikit satu petak" in answer.text


# In parts


class Phone:
    """What photos.js does, part by part."""

    def __init__(self, app: Flask, token: str, content: bytes) -> None:
        self.client = app.test_client()
        self.content, self.address = content, f"/reports/new/{token}/photos/uploads/{uuid4()}"

    def send(self, start: int, end: int | None = None, **changes: int) -> TestResponse:
        values = {"offset": start, "total": len(self.content), **changes}
        return self.client.post(
            self.address,
            query_string=values,
            data=self.content[start:end],
            content_type="application/octet-stream",
        )

    def ask(self) -> object:
        return self.client.get(self.address).json


@pytest.fixture
def phone(app: Flask, token: str, monkeypatch: pytest.MonkeyPatch) -> Phone:
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)
    return Phone(app, token, attacks.photo())


def test_a_photo_goes_on_where_the_line_broke(phone: Phone, token: str) -> None:
    assert phone.send(0, 300).json == {"received": 300}
    # the line breaks, the page is loaded again
    assert phone.ask() == {"received": 300}
    assert phone.send(300).status_code == 201

    assert len(photos.of(draft_of(token))) == 1
    assert phone.ask() == {"done": True}


def test_the_same_photo_is_added_once(phone: Phone, token: str) -> None:
    phone.send(0)
    assert phone.send(0).status_code == 201

    assert len(photos.of(draft_of(token))) == 1


def test_a_part_that_comes_too_early_is_told_what_is_there(phone: Phone) -> None:
    phone.send(0, 100)
    answer = phone.send(200)

    assert (answer.status_code, answer.json) == (409, {"received": 100})


def test_what_is_no_photo_is_told_in_words_and_not_kept(phone: Phone) -> None:
    phone.content = b"MZ" * 300
    answer = phone.send(0)

    assert answer.status_code == 422
    assert "bukan foto" in answer.json["error"]
    assert phone.ask() == {"received": 0}


def test_a_phone_that_comes_while_many_do_tries_again(
    phone: Phone, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.send(0, 300)
    with monkeypatch.context() as crowded:
        crowded.setattr(turns, "_let_in", turns.threading.BoundedSemaphore(1))
        with turns.turn():
            assert phone.send(300).status_code == 503

    assert phone.ask() == {"received": len(phone.content)}
    assert phone.send(300).status_code == 201


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"offset": "x"}, 400), ({"total": "-1"}, 400), ({"total": "9" * 30}, 400), ({"offset": "²"}, 400)],
)
def test_numbers_that_are_none_are_refused(phone: Phone, changes: dict[str, str], status: int) -> None:
    assert phone.send(0, **changes).status_code == status


def test_a_part_is_small(phone: Phone) -> None:
    phone.content = bytes(parts.PART_BYTES + 1)

    assert phone.send(0).status_code == 413


def test_a_file_that_says_that_it_is_too_large_is_refused_at_its_first_part(phone: Phone) -> None:
    answer = phone.send(0, 300, total=11 * 1024 * 1024)

    assert (answer.status_code, "10 MB" in answer.json["error"]) == (422, True)


def test_without_a_draft_nothing_is_kept(app: Flask, city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)
    stranger = Phone(app, "nobodys-token", attacks.photo())

    assert stranger.send(0, 300).status_code == 404
    assert stranger.send(0).status_code == 404
    assert not (config.current().data_dir / "uploads" / tracking.token_digest("nobodys-token")).exists()


def test_parts_are_gone_once_the_report_is_sent(phone: Phone, token: str) -> None:
    phone.send(0, 300)
    draft = draft_of(token)

    filing.send(draft, token, by=None, at=MONDAY)

    assert parts.received(draft.token_digest, phone.address.rpartition("/")[2]) == 0


# What the public sees


def filed(city: City, **changes: object) -> Report:
    kept = attachments.keep_image(picture(), MONDAY)
    said = {"caption": "Hubungi 081234567890", "alt": "Tiang di depan rumah, mobil BK 1234 AB"}
    return make_report(city.lights, photos=[PhotoIn(kept, **said)], **changes)


def test_words_beside_a_photo_are_masked_for_the_public(client: CheckingClient, city: City) -> None:
    report = filed(city)

    page = client.get(f"/reports/{report.number}").text

    assert "Tiang di depan rumah" in page
    assert "081234567890" not in page
    assert "BK 1234 AB" not in page
    assert report.photos[0].caption == "Hubungi 081234567890"


def test_a_photo_without_words_says_what_it_is(client: CheckingClient, city: City) -> None:
    kept = attachments.keep_image(picture(), MONDAY)
    report = make_report(city.lights, photos=[PhotoIn(kept)])

    assert 'alt="Foto 1 dari pelapor"' in client.get(f"/reports/{report.number}").text


def test_a_confidential_reports_words_are_nowhere_public(city: City) -> None:
    report = filed(city, is_confidential=True)

    assert (report.photos[0].public_caption, report.photos[0].public_alt) == ("", "")


def test_covered_words_are_published_masked_too(city: City) -> None:
    report = filed(city)

    services.describe_photo(report, report.photos[0], caption="Telepon 081234567890", alt="Tiang", at=MONDAY)

    assert "081234567890" not in report.photos[0].public_caption
    assert report.photos[0].public_alt == "Tiang"
    assert report.photos[0].alt.startswith("Tiang di depan")


def test_neither_name_nor_metadata_of_a_file_is_kept(app: Flask, client: CheckingClient, token: str) -> None:
    """Searched for in every table and every file of the data folder."""
    exif = Image.Exif()
    exif[0x010F] = "PONSEL-RAHASIA"
    upload = (picture(exif=exif, comment=b"PONSEL-RAHASIA"), "NAMA-RAHASIA.jpg")
    assert client.submit(page_of(client, token), act="keep", photos=[upload]).status_code == 303
    filing.send(draft_of(token), token, by=None, at=MONDAY)

    rows = [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select())]
    kept = [path.read_bytes() for path in config.current().data_dir.rglob("*.jpg")]
    assert db.session.scalar(db.select(db.func.count(ReportPhoto.id))) == 1
    assert not [row for row in rows if "RAHASIA" in row]
    assert not [content for content in kept if b"RAHASIA" in content]


def test_the_drafts_writer_is_told_what_is_masked_beside_photos(client: CheckingClient, token: str) -> None:
    now = clock.now()
    photo = photos.add(draft_of(token), images.reencode(picture()), at=now)
    photos.describe(draft_of(token), {photo.id: {"caption": "Telepon 081234567890"}}, at=now)

    assert "nomor telepon" in client.get(f"/reports/new/{token}/check").text


# Attacks


def test_every_attack_is_refused_beside_the_field_and_the_good_photo_stays(
    client: CheckingClient, token: str
) -> None:
    files_sent = {
        "a.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "bukan foto"),
        "b.png": (attacks.claiming("PNG", 20_000, 20_000), "terlalu besar"),
        "c.jpg": (attacks.claiming("JPEG", 11_000, 9_100), "terlalu besar"),
        "d.webp": (attacks.moving("WEBP"), "bergerak"),
        "e.heic": (attacks.heic(), "HEIC"),
        "f.jpg": (attacks.photo()[:-100], "rusak"),
        "g.png": (attacks.profile_bomb(), "rusak"),
        "h.jpg": (b"", "kosong"),
        "i.html": (attacks.SCRIPT, "bukan foto"),
    }
    uploads = [(BytesIO(content), name) for name, (content, _) in files_sent.items()]

    answer = client.submit(page_of(client, token), act="keep", photos=[*uploads, (picture(), "baik.jpg")])

    assert answer.status_code == 422
    beside = re.search(r'id="photos-error".*?</p>', answer.text, re.DOTALL)[0]
    for name, (_, reason) in files_sent.items():
        assert re.search(rf"{name}: [^.]*{reason}", beside), name
    assert colours(token) == ["red"]


def test_a_polyglot_is_served_as_nothing_but_a_picture(client: CheckingClient, token: str) -> None:
    uploads = [(BytesIO(attacks.behind(attacks.SCRIPT)), "x.html.jpg")]
    client.submit(page_of(client, token), act="keep", photos=uploads)
    photo = queries.photos([photos.of(draft_of(token))[0].id])[0]

    with client.get(f"/photos/{photo.token}.jpg") as answer:
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"script" not in answer.data


def test_a_form_of_very_many_parts_is_refused(client: CheckingClient, token: str) -> None:
    parts_sent = {f"x{number}": "1" for number in range(300)}

    answer = client.post(f"/reports/new/{token}/photos", data=parts_sent, content_type="multipart/form-data")

    assert answer.status_code == 413
