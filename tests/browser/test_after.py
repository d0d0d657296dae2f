"""After filing, in a real browser: the receipt on paper, an answer rated, a report followed by mail. With
JavaScript in Indonesian, without it in English."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from portal.db import db
from portal.reports import services
from portal.reports.filing import services as filing
from portal.reports.followers import services as followers
from portal.reports.models import Report, ReportFollowerByMail
from portal.reports.rules import ReportKind, ReportState

VARIANTS = pytest.mark.parametrize("javascript", [True, False], ids=["id-javascript", "en-no-javascript"])


@pytest.fixture
def go(visit, javascript):
    """`go(path)` opens a page in the variant's language."""
    prefix = "" if javascript else "/en"
    return lambda path, **options: visit(prefix + path, javascript=javascript, **options)


@VARIANTS
def test_what_waits_is_rated_in_part(go, city):
    page = go("/account/reports", as_=city.account("warga"))
    page.locator("a[href*='/private#rating']").first.click()
    page.locator("[name=verdict][value=partly]").check(force=True)
    page.locator("[name=stars][value='4']").check(force=True)
    page.locator("form[action$='/verdict'] button[type=submit]").click()

    expect(page.locator(".notice--success")).to_be_visible()
    expect(page.locator("#rating .facts")).to_contain_text("4")


@VARIANTS
def test_a_neighbour_follows_by_mail_and_stops(go, city, javascript):
    number = city.number_like(state=ReportState.OPEN, is_confidential=False)
    address = f"tetangga-{javascript}@contoh.id".lower()
    page = go(f"/reports/{number}")
    page.locator("a[href$='/followers/by-mail']").click()
    page.locator("[name=email]").fill(address)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".notice--success")).to_be_visible()

    with city.app.app_context():
        key = db.session.query(ReportFollowerByMail.key).filter_by(address=address).scalar()
        path = followers.confirming_path(key)
    letter = go(path)
    letter.locator("main form button[type=submit]").click()
    letter.locator(f"a[href$='{path}/end']").click()
    letter.locator("main form button[type=submit]").click()

    expect(letter.locator("main form")).to_have_count(0)
    with city.app.app_context():
        assert db.session.query(ReportFollowerByMail).filter_by(address=address).count() == 0


def test_the_receipt_prints_on_one_sheet(visit, city):
    token = "receipt-on-paper"
    with city.app.app_context():
        category = db.session.query(Report.category_code).filter_by(is_confidential=False).limit(1).scalar()
        services.file_report(
            services.Filing(
                kind=ReportKind.COMPLAINT,
                title="Lampu jalan mati",
                body="Tiga malam gelap.",
                category_code=category,
                form_token=token,
                tracking_code=filing.tracking_code(token),
                passphrase=filing.passphrase(token),
            ),
            by=None,
            at=datetime.now(UTC),
        )
        db.session.commit()
    page = visit(f"/reports/new/{token}/receipt")
    expect(page.locator(".receipt")).to_be_visible()

    for paper in ({"format": "A4"}, {"format": "A5"}, {"width": "80mm", "height": "297mm"}):
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(**paper))
        assert len(sheets) == 1, paper
