"""Moderators put reports right in a real browser. With JavaScript in Indonesian, without it in English."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal import clock
from portal.db import db, transaction
from portal.reports import services
from portal.reports.models import Report
from portal.reports.rules import ReportKind
from tests.browser.conftest import DESK

pytestmark = pytest.mark.parametrize("javascript", [True, False], ids=["id-javascript", "en-no-javascript"])


@pytest.fixture
def moderator(visit, city, javascript):
    """`moderator(path)` opens a page in the variant's language."""
    prefix = "" if javascript else "/en"
    account = city.account("moderator")
    return lambda path: visit(prefix + path, as_=account, javascript=javascript, size=DESK)


@pytest.fixture
def file(city):
    """`file(category, title, body)` sends a report in, and gives its number."""

    def send(category, title, body, hours=1):
        filing = services.Filing(
            kind=ReportKind.COMPLAINT,
            title=title,
            body=body,
            category_code=category,
            area_code="12.71.09.1004",
            lat=3.5402,
            lon=98.7069,
        )
        with city.app.test_request_context(), transaction():
            return services.file_report(filing, by=None, at=clock.now() - timedelta(hours=hours)).number

    return send


def send(page, action):
    """Press the button of the form that goes to this address."""
    page.locator(f'form[action$="{action}"] button').last.click()


def test_a_report_is_published_in_other_words_without_a_name(visit, moderator, file, javascript):
    number = file("parkir", "Juru parkir di pasar", "Juru parkir bernama Pak Budi Santoso memaksa.")
    page = moderator(f"/triage/{number}")
    expect(page.locator("mark")).to_have_text("Budi Santoso")

    page.locator("[name=title]").fill("Juru parkir memaksa di pasar")
    if javascript:  # select the name, and cover it
        page.locator("[name=body]").evaluate("area => area.setSelectionRange(25, 37)")
        page.locator("[name=body] + button").click()
    else:
        page.locator("[name=body]").fill("Juru parkir memaksa.")
    send(page, "/verification")
    page.wait_for_url("**/triage")

    public = visit(f"/reports/{number}").locator("main")
    expect(public).to_contain_text("Juru parkir memaksa di pasar")
    expect(public).not_to_contain_text("Santoso")


def test_two_reports_of_one_lamp_become_one(visit, moderator, file, javascript):
    words = ("Lampu gang mawar padam" if javascript else "Lampu simpang kenanga padam", "Gelap sejak Sabtu.")
    first, second = file("pju", *words, hours=9), file("pju", *words, hours=2)
    page = moderator(f"/triage/{second}/duplicates")

    page.locator(f'a[href$="/merge/{first}"]').click()
    expect(page.locator("main")).to_contain_text(first)
    send(page, f"/merge/{first}")

    page.wait_for_url(re.compile(f"{first}/public-text$"))
    expect(visit(f"/reports/{second}").locator(f'main a[href$="/reports/{first}"]')).to_be_visible()


def test_one_letter_about_two_matters_becomes_two_reports(city, moderator, file, javascript):
    number = file("pju", "Lampu mati dan pohon miring", "Lampu taman mati. Pohonnya miring ke kabel.")
    page = moderator(f"/triage/{number}/split")

    page.locator("[name=title]").fill("Pohon miring ke kabel")
    page.locator("[name=body]").fill("Pohon di taman miring ke kabel.")
    page.locator("[name=category]").select_option("pohon")
    send(page, "/split")

    page.wait_for_url(re.compile("/public-text$|/triage/MDN-[0-9-]+$"))
    with city.app.app_context():
        whole = db.session.query(Report).filter_by(number=number).one()
        part = db.session.query(Report).filter_by(split_from_id=whole.id).one()
        assert (part.category_code, part.received_at) == ("pohon", whole.received_at)


def test_a_complaint_becomes_a_request_for_information(visit, moderator, file, javascript):
    number = file("pju", "Kapan jadwal periksa lampu?", "Kapan jadwal pemeriksaan lampu di Harjosari?")
    page = moderator(f"/triage/{number}/kind")

    page.locator("[name=kind]").select_option("information_request")
    page.locator("[name=reason]").fill("Yang diminta jadwal.")
    send(page, "/kind")

    page.wait_for_url(re.compile("/public-text$"))
    expect(visit(f"/reports/{number}").locator("main")).to_contain_text("Permintaan informasi")
