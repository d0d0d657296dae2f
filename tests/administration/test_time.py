"""Calendars and policies: the next version, seen before it is saved."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine

from portal import clock
from portal.administration import calendar_drafts, office_hours
from portal.deadlines import queries as deadlines
from portal.deadlines import services as clocks
from portal.deadlines.rules.stages import Matter, Stage
from portal.errors import DomainError
from portal.jobs import runner
from tests.builders import MONDAY, make_agency

pytestmark = pytest.mark.usefixtures("calendars")

NEW = "/administration/calendars/five_day/new-version"
DECREE = {"decree": "SKB Nomor 1 Tahun 2026"}


def test_calendar_shows_holidays_hours_and_versions(admin):
    page = admin.get("/administration/calendars/five_day?year=2026")

    for words in ("Hari libur 2026", "Cuti bersama", "07.30", "Ramadan 2026", "bawaan portal"):
        assert words in page.text


def test_preview_shows_what_would_move_and_saves_nothing(admin):
    clock = clocks.open_clock(Matter.COMPLAINT, stages=[Stage.RESPOND], at=MONDAY)
    assert clock.stages[0].due_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    shown = admin.submit(admin.get(NEW), on="2026-11-19", name="Libur pemilihan", step="preview", **DECREE)

    assert shown.status_code == 200
    assert "1 tenggat akan bergeser" in shown.text
    assert "Selasa 24 November 2026" in shown.text
    assert len(deadlines.calendar_versions("five_day")) == 1


def test_saved_version_holds_the_day_and_the_decree(admin):
    wishes = {"on": "2027-03-01", "name": "Libur pemilihan", "kind": "closure", **DECREE}
    shown = admin.submit(admin.get(NEW), step="preview", **wishes)

    saved = admin.submit(shown, step="save")

    assert saved.headers["Location"] == "/administration/calendars/five_day"
    newest = deadlines.calendar_versions("five_day")[0]
    assert (newest.number, newest.decree) == (2, "SKB Nomor 1 Tahun 2026")
    assert {"on": "2027-03-01", "kind": "closure", "name": "Libur pemilihan"} in newest.document["holidays"]
    assert "Libur pemilihan" in admin.get("/administration/changes?kind=calendar").text


def test_coming_day_can_be_removed(admin):
    gone = "2027-08-17"

    admin.submit(admin.get(NEW), removed=[gone], step="save", **DECREE)

    newest = deadlines.calendar_versions("five_day")[0]
    assert gone not in [row["on"] for row in newest.document["holidays"]]


def test_table_of_a_year_is_kept_from_preview_to_saving(admin):
    table = b"date,kind,name\n2028-01-01,libur_nasional,Tahun Baru\n2028-01-03,cuti_bersama,Cuti\n"
    page = admin.get(NEW)
    shown = admin.submit(page, file=(BytesIO(table), "2028.csv"), step="preview", **DECREE)
    assert "berisi 2 baris" in shown.text

    admin.submit(shown, step="save")

    newest = deadlines.calendar_versions("five_day")[0]
    assert newest.document["covered_to"] == "2028-12-31"
    assert deadlines.calendar("five_day").holidays[date(2028, 1, 3)].name == "Cuti"


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"on": "2027-08-17", "name": "Lagi"}, "Tanggal ini sudah tercatat"),
        ({"on": "2027-03-01"}, "Tulis nama hari libur itu."),
        ({"regimes": "Ramadan 2028; besok; lusa"}, "Baris ini belum benar"),
        ({}, "sama dengan versi yang berlaku"),
    ],
)
def test_wrong_wishes_are_refused_beside_what_was_typed(admin, wishes, words):
    answer = admin.submit(admin.get(NEW), step="save", **wishes, **DECREE)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="SKB Nomor 1 Tahun 2026"' in answer.text


def test_bad_lines_of_a_table_are_named(app):
    document = deadlines.calendar_versions("five_day")[0].document

    with pytest.raises(DomainError, match="3: "):
        calendar_drafts.draft(document, table="date,kind,name\n2028-01-01,cuti_bersama,A\nbesok,libur,B\n")


def test_new_period_of_hours_takes_those_of_its_namesake(app):
    document = deadlines.calendar_versions("five_day")[0].document
    lines = office_hours.period_lines(document) + "\nRamadan 2028; 2028-01-28; 2028-02-26"

    revised = calendar_drafts.draft(document, regimes=lines)

    assert revised["regimes"][-1]["week"] == document["regimes"][-1]["week"]
    assert revised["regimes"][:-1] == document["regimes"]


def test_new_period_may_have_hours_of_its_own(app):
    document = deadlines.calendar_versions("six_day")[0].document
    line = "Puasa 2028; 2028-01-28; 2028-02-26; 08.00-14.00; Jumat 08.00-14.30; Sabtu 08:00–11:00"

    revised = calendar_drafts.draft(document, regimes=line)

    week = revised["regimes"][0]["week"]
    assert (week["mon"], week["fri"], week["sat"]) == (
        ["08:00", "14:00"],
        ["08:00", "14:30"],
        ["08:00", "11:00"],
    )
    assert office_hours.period_lines(revised) == line.replace(":", ".").replace("–", "-")


def test_limits_are_changed_into_a_new_version(admin):
    page = admin.get("/administration/policies/new")

    admin.submit(page, step="save", **{"complaint-resolve-limit": "10", "note": "Perwal 5/2026"})

    assert deadlines.policy(clock.now()).limit(Matter.COMPLAINT, Stage.RESOLVE).amount == 10
    text = admin.get("/administration/policies").text
    assert "Perwal 5/2026" in text
    assert "Pengaduan, Penyelesaian: batas (hari kerja)" in text


def test_limit_below_one_is_refused(admin):
    page = admin.get("/administration/policies/new")

    answer = admin.submit(page, **{"complaint-resolve-limit": "0", "note": "Salah"})

    assert answer.status_code == 422
    assert len(deadlines.policy_versions()) == 1


def test_unchanged_limits_make_no_version(admin):
    answer = admin.submit(admin.get("/administration/policies/new"), note="Tidak ada", step="save")

    assert "sama dengan versi yang berlaku" in answer.text


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        yield


def test_another_calendar_for_an_agency_is_seen_first_and_then_followed(monday, admin):
    agency = make_agency()
    clock = clocks.open_clock(Matter.COMPLAINT, stages=[Stage.RESPOND], at=MONDAY, agency_id=agency.id)
    address = f"/administration/agencies/{agency.id}"

    shown = admin.submit(admin.get(address), address, calendar_key="six_day")
    assert "1 tenggat akan bergeser" in shown.text
    assert agency.calendar_key == "five_day"
    admin.submit(shown, address)
    runner.drain_outbox()

    assert agency.calendar_key == "six_day"
    assert clock.stages[0].due_at == datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
