"""Two reports live a whole life, one filed without an account, one anonymously with it; then everything that
the portal holds, wrote and sent is searched for the person.

What a search finds is proven by planting a trace in each kind of place.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from PIL import Image
from sqlalchemy import text

from portal import clock, page_cache
from portal import db as database
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.app import create_app
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind
from portal.db import db
from portal.jobs import runner
from portal.notifications import mail
from portal.reports import services
from portal.reports.identity import openings, recipients
from portal.reports.identity.models import SealedIdentity
from portal.reports.models import Report
from portal.routing import services as routing
from portal.security import limiter
from tests.builders import make_report, make_user
from tests.conftest import settings_for
from tests.reports import traces
from tests.reports.conftest import City, make_city
from tests.reports.test_filing import STORY, choose_place, onward
from tests.reports.traces import Found, Person
from tests.support.client import CheckingClient, PlainClient

GUEST = Person(
    name="Wulandari Penanda",
    email="wulandari.penanda@surat-tamu.example",
    phone="081299001177",
    agent="PerambanTamu/7.3",
    address="203.0.113.77",
    file_name="penanda-depan-rumah-wulandari.jpg",
    camera="KameraTamu X9",
)
RESIDENT = Person(
    name="Baharuddin Tersegel",
    email="baharuddin.tersegel@surat-warga.example",
    phone="081388002266",
    agent="PerambanWarga/4.1",
    address="198.51.100.23",
    file_name="penanda-kebun-baharuddin.jpg",
    camera="KameraWarga Z2",
)
READER = replace(GUEST, address="192.0.2.1", agent="Pembaca/1")
PUBLIC = ("/reports", "/search", "/statistics", "/open", "/ledger", "/map", "/track")
RESIDENT_ID = 730_519_284  # as no other number here
SECRET = ("JudulTersembunyi", "IsiTersembunyi", "TempatTersembunyi", "JawabanTersembunyi", "3.5123")
OWN = {"users", "user_roles"}  # an account is an account; nothing may tie it to a report


@dataclass
class Life:
    """What was left behind."""

    app: Flask
    folders: list[Path]
    guest_number: str = ""
    resident_number: str = ""
    secret_number: str = ""
    filed_at: datetime | None = None
    letters: list[tuple[str, bytes]] = field(default_factory=list)  # to whom, and the whole letter
    pages: list[tuple[str, bytes]] = field(default_factory=list)
    log: str = ""


@pytest.fixture(scope="module")
def life(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    """A portal of its own, whose commits reach the disk, and both reports from filing to their end."""
    address, folder = new_database(), tmp_path_factory.mktemp("anonymity")
    settings = settings_for(
        address, folder, trusted_proxies=1, smtp_url="smtp://localhost:25", log_format="json"
    )
    log = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stderr(log):
        app = create_app(replace(settings))
        app.test_client_class = CheckingClient
        left = Life(app, [folder])
        if address.startswith("sqlite"):
            left.folders.append(Path(address.removeprefix("sqlite:///")).parent)
        patch.setattr(mail, "_connection", _post_office(left.letters))
        with app.app_context():
            upgrade()
            limiter.reset()
            _live(left)
            database.empty_wal()
            left.log = log.getvalue()
            yield left
            db.session.remove()
            db.engine.dispose()


def _post_office(letters: list[tuple[str, bytes]]) -> Any:
    class Server:
        def send_message(self, message: Any, from_addr: str | None = None) -> None:
            letters.append((str(message["To"]), message.as_bytes() + str(from_addr).encode()))

    @contextmanager
    def connection(_url: Any) -> Iterator[Server]:
        yield Server()

    return connection


def _live(left: Life) -> None:
    city = make_city()
    moderator = make_user(Role.MODERATOR)
    resident = make_user(id=RESIDENT_ID, name=RESIDENT.name, email=RESIDENT.email, created_at=clock.now())
    db.session.commit()
    left.filed_at = clock.now()
    guest = _browser(left.app, GUEST)
    code, words = _filed(guest, city, GUEST)
    left.guest_number = _last_number()
    own = _browser(left.app, RESIDENT, resident)
    assert _filed(own, city, RESIDENT) == ("", "")  # the account is the way back
    left.resident_number = _last_number()
    stranger = _browser(left.app, GUEST)
    for number, browser in ((left.guest_number, stranger), (left.resident_number, own)):
        if browser is stranger:
            _guessed(stranger)
            limiter.reset()
            stranger.submit(stranger.get("/track"), action="/track", code=code, words=words)
        _handled(left.app, number, city, moderator, browser)
    left.secret_number = _confidential(city, moderator)
    runner.drain_outbox()
    runner.run_periodics()
    runner.drain_outbox()
    _looked_at(left, moderator, db.session.get_one(User, city.official.user_id))
    db.session.commit()


def _browser(
    app: Flask, person: Person, user: User | None = None, of_class: type[FlaskClient] = CheckingClient
) -> Any:
    browser = of_class(app, app.response_class)
    browser.environ_base |= {
        page_cache.FRESH: True,
        "HTTP_X_FORWARDED_FOR": person.address,
        "HTTP_USER_AGENT": person.agent,
    }
    if user is not None:
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = user.get_id(), True
    return browser


def _filed(browser: CheckingClient, city: City, person: Person) -> tuple[str, str]:
    """Filed with all that could be told; the name is typed before it is hidden. Gives code and words."""
    asked = browser.submit(browser.get("/reports/new"), title="Jalan rusak", body=STORY, kind="complaint")
    page = choose_place(browser, onward(browser, browser.get(asked.location), category="jalan"), city)
    page = onward(browser, page, photos=[(_photo(person), person.file_name)])
    while not page.request.path.endswith("/person"):
        page = onward(browser, page)
    if "name" in page.text and 'name="email"' in page.text:
        named = onward(browser, page, name=person.name, email=person.email)
        page = browser.get(named.request.path.replace("/check", "/person"))
        assert person.email in page.text
    last = onward(browser, page, is_anonymous="y")
    assert person.name not in last.text.split("<main")[1]
    receipt = onward(browser, last)
    runner.drain_outbox()
    shown = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", receipt.text)
    words = re.search(r">([a-z]+( [a-z]+){3})<", receipt.text)
    return (shown[0], words[1]) if shown and words else ("", "")


def _photo(person: Person) -> BytesIO:
    out, exif = BytesIO(), Image.Exif()
    exif[0x0110] = person.camera
    exif[0x013B] = person.name
    exif.get_ifd(0x8825).update({1: "N", 2: (3.0, 33.0, 12.0), 29: person.email})
    Image.new("RGB", (80, 60), "red").save(out, "JPEG", exif=exif)
    assert person.camera.encode() in out.getvalue()
    out.seek(0)
    return out


def _last_number() -> str:
    return str(db.session.scalars(db.select(Report.number).order_by(Report.id.desc())).first())


def _guessed(browser: CheckingClient) -> None:
    """Wrong words until the portal asks to wait."""
    for _ in range(11):
        page = browser.submit(
            browser.get("/track"), action="/track", code="AAAA-BBBB-CCCC", words="satu dua tiga empat"
        )
    assert page.status_code == 429


def _handled(app: Flask, number: str, city: City, moderator: User, browser: CheckingClient) -> None:
    """Verified, asked, answered, resolved, judged, followed by its letters."""
    report = db.session.scalars(db.select(Report).filter_by(number=number)).one()
    official, at = db.session.get_one(User, city.official.user_id), clock.now()
    services.verify(report, routing=routing.route("jalan", city.area.code, at), by=moderator, at=at)
    assert report.assignment is not None
    db.session.commit()
    private = f"/reports/{number}/private"
    for kind, body in (
        (ResponseKind.QUESTION, "Di depan rumah nomor berapa?"),
        (ResponseKind.ANSWER, "Sudah ditambal."),
    ):
        assignments.respond(report.assignment, kind=kind, body=body, by=official, at=clock.now())
        db.session.commit()
        if kind is ResponseKind.QUESTION:
            browser.submit(browser.get(private), action="/messages", message="Di depan mushala.")
    judged = browser.submit(browser.get(private), action="/verdict", verdict="solved", stars="5")
    assert judged.status_code == 303
    db.session.commit()
    runner.drain_outbox()


def _confidential(city: City, moderator: User) -> str:
    """A third report, whose text is hidden from the public, is answered in words that say what is in it."""
    title, body, place, answer, _lat = SECRET
    report = make_report(
        city.roads,
        at=clock.now(),
        title=title,
        body=body,
        place=place,
        lat=3.5123,
        lon=98.71,
        area_code=city.area.code,
        is_confidential=True,
    )
    services.verify(
        report, routing=routing.route("jalan", city.area.code, clock.now()), by=moderator, at=clock.now()
    )
    assert report.assignment is not None
    by = db.session.get_one(User, city.official.user_id)
    assignments.respond(report.assignment, kind=ResponseKind.ANSWER, body=answer, by=by, at=clock.now())
    db.session.commit()
    return report.number


def _looked_at(left: Life, moderator: User, official: User) -> None:
    """What everybody, the agency and a moderator are shown of both: every page and file that needs no more
    than the number, every list, feed, export and figure."""
    numbers = (left.guest_number, left.resident_number, left.secret_number)
    for person, shown in ((None, PUBLIC), (official, ("/desk",)), (moderator, ("/triage", "/desk/<number>"))):
        browser = _browser(left.app, READER, person, PlainClient)
        for rule in left.app.url_map.iter_rules():
            if "GET" not in rule.methods or not rule.arguments <= {"number"} or not _is_in(rule.rule, shown):
                continue
            for number in numbers if rule.arguments else ("",):
                path = rule.rule.replace("<number>", number)
                left.pages.append((f"{path} as {person and person.name}", browser.get(path).data))


def _is_in(path: str, shown: tuple[str, ...]) -> bool:
    return path == "/" or (path.startswith(shown) and not path.startswith("/reports/new"))


def _told(letters: list[tuple[str, bytes]], address: str, *, to_them: bool) -> list[bytes]:
    return [letter for to, letter in letters if (to == address) is to_them]


def test_nothing_is_left_of_who_filed_without_an_account(life: Life) -> None:
    heap = [*traces.database(), *traces.files(*life.folders), *life.pages, ("log", life.log.encode())]
    heap += [("letter", letter) for _to, letter in life.letters]

    assert traces.in_heap(heap, [GUEST]) == set()


def test_an_account_stands_in_one_sealed_row_and_nowhere_else(life: Life) -> None:
    cells = [one for one in traces.database() if one[0].split(".")[0] not in OWN]
    heap = [*cells, *life.pages, ("log", life.log.encode())]
    heap += [("letter", letter) for letter in _told(life.letters, RESIDENT.email, to_them=False)]

    assert traces.in_heap(heap, [RESIDENT]) == set()
    assert {table for table, _row in traces.rows_with(RESIDENT_ID)} == OWN
    (sealed,) = db.session.scalars(db.select(SealedIdentity))
    found = recipients.reporter_of(life.resident_number)
    assert found is not None
    assert found.user_id == RESIDENT_ID
    assert sealed.report_id == _report(life.resident_number).id


def test_no_trace_lies_in_files_but_the_accounts_own_row(life: Life) -> None:
    """Name and address stand in the database file, because they stand in the account."""
    about = replace(RESIDENT, name=RESIDENT.camera, email=RESIDENT.file_name, phone=RESIDENT.agent)

    assert traces.in_heap(traces.files(*life.folders), [about]) == set()


def test_no_row_of_the_account_has_the_moment_of_filing(life: Life) -> None:
    assert life.filed_at is not None
    for _table, row in traces.rows_with(RESIDENT_ID):
        moments = [
            cell for cell in row.values() if isinstance(cell, str | datetime) and "20" in str(cell)[:2]
        ]
        assert all(str(moment) < f"{life.filed_at:%Y-%m-%d %H:%M:%S.%f}" for moment in moments)


def test_what_is_confidential_stands_on_no_public_page(life: Life) -> None:
    """Pages with their titles and cards, lists, map, search, feeds, exports, figures, and what is similar."""
    public = [(path, held.decode(errors="replace")) for path, held in life.pages if path.endswith(" as None")]
    visitor = _browser(life.app, READER, None, PlainClient)
    found = [
        visitor.get(path, query_string={"q": word}) for word in SECRET for path in ("/search", "/reports")
    ]

    assert len(public) > 30
    assert {(path, word) for path, held in public for word in SECRET if word in held} == set()
    assert not any(life.secret_number in answer.text for answer in found)


def test_the_list_says_that_a_confidential_report_exists(life: Life) -> None:
    pages = dict(life.pages)

    listed = pages["/reports as None"].decode()
    own = pages[f"/reports/{life.secret_number} as None"].decode()

    line = listed[listed.index(life.secret_number) - 900 :][:1800]
    for page in (line, own):
        assert "Jalan rusak" in page
        assert "Harjosari I" in page


def test_letters_reach_the_sealed_reader_and_say_nothing_to_others(life: Life) -> None:
    own = _told(life.letters, RESIDENT.email, to_them=True)

    assert len(own) >= 4  # received, verified, asked, answered
    assert all(b"Reply-To" not in letter for letter in own)
    assert not any(life.guest_number.encode() in letter and b"private" in letter for letter in own)


def test_the_account_finds_its_report_again(life: Life) -> None:
    user = db.session.get_one(User, RESIDENT_ID)

    page = _browser(life.app, RESIDENT, user).get("/account/reports")

    assert life.resident_number in page.text
    assert life.guest_number not in page.text


@pytest.mark.parametrize("place", ["reports.place", "events.subject", "jobs.last_error", "muted_addresses"])
def test_a_leak_in_any_table_is_found(life: Life, place: str) -> None:
    leaks = {
        "reports.place": "UPDATE reports SET place = 'di rumah ' || :mark",
        "events.subject": "INSERT INTO events (at, kind, subject, details) "
        "VALUES ('2026-11-16 02:00:00', 'a', :mark, '{}')",
        "jobs.last_error": "UPDATE jobs SET last_error = :mark",
        "muted_addresses": 'INSERT INTO muted_addresses (address_digest, "group", muted_at) '
        "VALUES (:digest, 'forum', '2026-11-16 02:00:00')",
    }
    mark = {"mark": GUEST.email} | {"digest": traces.address_digest(GUEST.email)}
    try:
        statement = text(leaks[place])
        db.session.execute(statement.bindparams(**{n: v for n, v in mark.items() if f":{n}" in leaks[place]}))

        found = traces.in_heap(traces.database(), [GUEST])
    finally:
        db.session.rollback()

    assert {one.where.split(".")[0] for one in found} == {place.split(".")[0]}


def test_an_account_number_in_any_row_is_found(life: Life) -> None:
    try:
        db.session.execute(text("UPDATE reporters SET user_id = :id"), {"id": RESIDENT_ID})
        assert "reporters" in {table for table, _row in traces.rows_with(RESIDENT_ID)}
    finally:
        db.session.rollback()


@pytest.mark.parametrize("trace", GUEST.texts)
def test_a_leak_in_a_file_or_a_line_is_found(tmp_path: Path, trace: str) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.bin").write_bytes(b"\x00\xff" + trace.encode() + b"\x00")

    assert Found(GUEST.name, "file a.bin") in traces.in_heap(traces.files(tmp_path), [GUEST])
    assert traces.in_heap([("log", f'{{"path": "{trace.lower()}"}}'.encode())], [GUEST])


def test_a_moderator_opens_it_with_a_reason_that_is_written_down(life: Life) -> None:
    report, moderator = _report(life.resident_number), make_user(Role.MODERATOR)
    try:
        opened = openings.open_identity(
            report, reason="Pelapor terancam, perlu dilindungi.", by=moderator, at=clock.now()
        )
        (line,) = openings.log(moderator)
        traced = traces.in_heap(
            [one for one in traces.database() if one[0].split(".")[0] not in OWN], [RESIDENT]
        )
    finally:
        db.session.rollback()

    assert (opened.name, opened.email) == (RESIDENT.name, RESIDENT.email)
    assert (line.number, line.by_name) == (life.resident_number, moderator.name)
    assert traced == set()  # the opening itself leaves no name behind


def _report(number: str) -> Report:
    return db.session.scalars(db.select(Report).filter_by(number=number)).one()
