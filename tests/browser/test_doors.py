"""Other doors, in a real browser: a clerk's queue by keyboard, and a mail that becomes a report."""

import re

import pytest
from playwright.sync_api import Page

from portal.db import db
from portal.jobs import runner
from portal.reports.models import Report, ReportDraft
from portal.reports.rules import Channel
from tests.browser.conftest import DESK, PHONE

VARIANTS = pytest.mark.parametrize(
    ("javascript", "language"), [(True, ""), (False, "/en")], ids=["indonesian", "english-without-javascript"]
)
WORDS = {
    "": {"look": "Sarankan bidang dan cari wilayah", "file": "Catat dan tampilkan tanda terima",
         "code": "Kode lacak", "mail": "Kirim surat", "draft": "belum terkirim"},
    "/en": {"look": "Suggest a category and find the area", "file": "Record and show the receipt",
            "code": "Tracking code", "mail": "Send the mail", "draft": "belum terkirim"},
}  # fmt: skip
STORY = "Lampu jalan di depan mushala padam sudah empat malam dan anak-anak takut lewat."


@VARIANTS
def test_clerk_takes_down_what_somebody_says_and_goes_on_to_the_next(visit, city, javascript, language):
    said = WORDS[language]
    page = visit(f"{language}/desk/counter", as_=city.account("petugas"), javascript=javascript, size=DESK)
    if javascript:
        assert page.evaluate("document.activeElement.id") == "body"
    page.locator("#body").fill(STORY)
    page.locator("#title").fill("Lampu jalan padam")
    page.locator("#q").fill("timbang deli")
    if javascript:
        page.keyboard.press("Tab")
    else:
        page.get_by_role("button", name=said["look"]).click()
    page.locator("#guidance [name=area]").first.wait_for()
    page.locator("#category").focus()
    page.locator("#category").select_option("pju")
    if javascript:
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.activeElement.id") == "category"
    else:
        page.get_by_role("button", name=said["look"]).click()
    _answer(page)
    page.get_by_role("button", name=said["file"]).click()
    assert said["code"] in page.inner_text("main")
    assert city.number_like(channel=Channel.COUNTER) in page.inner_text("main")

    page.goto(f"{language}/desk/counter?paper=slip&channel=phone")
    assert said["code"] not in page.inner_text("main")
    assert page.locator("#paper").get_attribute("value") == "slip"
    assert page.locator("[name=channel][value=phone]").is_checked()


def _answer(page: Page) -> None:
    """The category's own questions, whatever they are today."""
    for box in page.locator("#guidance input[type=text]").all():
        box.fill("3")
    for choice in page.locator("#guidance select:not(#category)").all():
        choice.select_option(index=1)


@VARIANTS
def test_mail_becomes_a_draft_that_its_sender_opens(visit, city, javascript, language):
    said, sender = WORDS[language], f"mandala{'-en' if language else ''}@contoh.example"
    page = visit(f"{language}/demo/letters/compose", javascript=javascript, size=PHONE)
    page.locator("#sender").fill(sender)
    page.locator("#subject").fill("Lampu jalan padam")
    page.locator("#text").fill(STORY)
    page.get_by_role("button", name=said["mail"]).click()
    with city.app.app_context():
        before = db.session.query(Report).count()
        runner.drain_outbox()
        drafts = db.session.query(ReportDraft).count()
    page.reload()
    page.locator("main").get_by_role("link", name=said["draft"]).first.click()
    link = re.search(r"/reports/new/\S+/what", page.inner_text("main"))
    assert link
    page.goto(language + link[0])

    assert page.locator("#body").input_value() == STORY
    with city.app.app_context():
        assert (db.session.query(Report).count(), drafts) == (before, drafts)
