"""Where it is, and who said it before, in a real browser: a draft becomes one more voice of a like report."""

import re

import pytest

from portal import clock
from portal.db import db, transaction
from portal.places.models import Area
from portal.reports import tracking
from portal.reports.filing import services
from portal.reports.filing.rules import Answers
from portal.reports.models import Report, ReportDraft, Supporter
from tests.browser.windows import violations
from tests.builders import make_user

VARIANTS = pytest.mark.parametrize(
    ("javascript", "language", "onward", "same", "join"),
    [
        (True, "", "Lanjut", "Ini sama, saya juga: ", "Ya, saya juga"),
        (False, "/en", "Continue", "This is the same, me too: ", "Yes, me too"),
    ],
    ids=["indonesian", "english-without-javascript"],
)


@VARIANTS
def test_who_has_the_same_matter_joins_in_place_of_filing(
    visit, city, javascript, language, onward, same, join
):
    report, token = said_again(city)
    with city.app.app_context(), transaction():
        neighbour = make_user(email=f"tetangga-{javascript}@contoh.id").email
        area = db.session.get_one(Area, report.area_code).name
    page = visit(f"{language}/reports/new/{token}/place?q={area}", as_=neighbour, javascript=javascript)

    def checked():
        if javascript:
            assert violations(page) == []

    checked()
    page.locator(f"[name=area][value='{report.area_code}']").check()
    # The button beside it goes back, to the category's own questions.
    page.get_by_role("button", name=onward).click()
    page.wait_for_url("**/similar")
    checked()
    page.get_by_role("link", name=f"{same}{report.title}").first.click()
    page.wait_for_url(f"**/same/{report.number}")
    checked()
    page.get_by_role("button", name=join).click()
    page.wait_for_url(re.compile(f"/reports/{report.number}$"))

    with city.app.app_context():
        left = db.select(ReportDraft).filter_by(token_digest=tracking.token_digest(token))
        counted = db.select(Supporter.is_affected).filter_by(report_id=report.id)
        assert db.session.scalars(left).all() == []
        assert db.session.scalars(counted.order_by(Supporter.id.desc())).first() is True


def said_again(city, category="pju"):
    """A report of the city, and the token of a draft that says the same."""
    number = city.number_like(state="open", is_confidential=False, category_code=category)
    with city.app.app_context(), transaction():
        report = db.session.query(Report).filter_by(number=number).one()
        told = Answers(title=report.title, body=report.body, category=category)
        token = services.begin(told, at=clock.now())
        db.session.expunge(report)
    return report, token
