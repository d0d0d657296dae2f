"""The answer box in a real browser: what is typed is never lost. With JavaScript in Indonesian, without it in
English."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.organisation.models import Official
from tests.browser.conftest import DESK

VARIANTS = pytest.mark.parametrize("javascript", [True, False], ids=["id-javascript", "en-no-javascript"])
WORDS = {  # what stands on the page, in the language of the variant
    True: {
        "keep": "Simpan draf",
        "saved": "Draf tersimpan",
        "canned": "Jawaban siap pakai",
        "use": "Pakai: Sudah selesai dikerjakan",
        "send": "Kirim kabar",
        "conflict": "Belum terkirim: tugas ini berubah sejak Anda membukanya",
        "csv": "Unduh CSV",
    },
    False: {
        "keep": "Save draft",
        "saved": "Draft saved",
        "canned": "Canned answers",
        "use": "Use: Sudah selesai dikerjakan",
        "send": "Send update",
        "conflict": "Not sent: this duty changed since you opened it",
        "csv": "Download CSV",
    },
}


@pytest.fixture
def words(javascript):
    return WORDS[javascript]


@pytest.fixture
def person(visit, city, javascript):
    """`person(name, path)` opens a page as a demo account, in the variant's language."""
    prefix = "" if javascript else "/en"
    return lambda name, path: visit(prefix + path, as_=city.account(name), javascript=javascript, size=DESK)


@pytest.fixture
def number(city, javascript):
    """A duty of the demo's official, another one for each variant."""
    with city.app.app_context():
        mine = (
            db.session.query(Assignment.number)
            .join(Official, Official.id == Assignment.official_id)
            .join(User, User.id == Official.user_id)
            .filter(
                Assignment.state == AssignmentState.OPEN,
                Assignment.origin == "report",
                Assignment.is_confidential.is_(False),
                User.email == city.account("petugas"),
            )
            .order_by(Assignment.id)
        )
        return mine.all()[0 if javascript else 1].number


def box(page):
    return page.locator("#answer-form textarea")


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


@VARIANTS
def test_a_draft_outlives_the_page(person, words, number, javascript):
    official = person("petugas", f"/desk/{number}?act=update")
    box(official).fill("")
    box(official).press_sequentially("Regu berangkat besok pagi.")
    if not javascript:
        press(official, words["keep"])
    official.locator("#draft-state").get_by_text(words["saved"]).wait_for()

    official.goto(official.url.partition("#")[0])

    assert box(official).input_value() == "Regu berangkat besok pagi."


@VARIANTS
def test_a_canned_answer_joins_what_was_typed(person, words, number):
    official = person("petugas", f"/desk/{number}?act=update")
    box(official).fill("Kami sudah ke lokasi.")

    press(official, words["canned"])
    press(official, words["use"])

    expect(box(official)).to_have_value(
        re.compile(rf"^Kami sudah ke lokasi\.\n\nYth\. [^{{]+{number}[^{{]+$")
    )


@VARIANTS
def test_who_is_overtaken_reads_it_before_sending_again(person, words, number):
    official = person("petugas", f"/desk/{number}?act=update")
    supervisor = person("atasan", f"/desk/{number}?act=update")
    box(supervisor).fill("Alat berat tiba hari Senin.")
    press(supervisor, words["send"])

    box(official).fill("Bahan sedang dipesan.")
    press(official, words["send"])
    official.get_by_text(words["conflict"]).wait_for()

    assert "Alat berat tiba hari Senin." in official.locator("#answer-box").inner_text()
    assert box(official).input_value() == "Bahan sedang dipesan."
    press(official, words["send"])
    assert "Bahan sedang dipesan." in official.locator("main").inner_text()


@VARIANTS
def test_own_work_is_taken_along_as_a_table(person, words):
    official = person("petugas", "/desk/export")
    official.locator("#start").fill("2025-01-01")

    with official.expect_download() as started:
        official.get_by_role("button", name=words["csv"]).click()

    text = started.value.path().read_text()
    assert len(list(csv.DictReader(io.StringIO(text)))) > 3
