"""A refusal in a real browser: it leads somewhere, and another moderator can undo it. With JavaScript in
Indonesian, without it in English."""

import pytest
from playwright.sync_api import expect

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.organisation.models import Official
from tests.browser.conftest import DESK

VARIANTS = pytest.mark.parametrize("javascript", [True, False], ids=["id-javascript", "en-no-javascript"])


@pytest.fixture
def at_work(visit, city, javascript):
    """`at_work(name, path)` opens a page as a demo account, in the variant's language."""
    prefix = "" if javascript else "/en"
    return lambda name, path: visit(prefix + path, as_=city.account(name), javascript=javascript, size=DESK)


@pytest.fixture
def number(city, javascript):
    """A duty of the demo's official, far from those that other journeys take; another for each variant."""
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
            .order_by(Assignment.id.desc())
        )
        return mine.all()[0 if javascript else 1].number


@VARIANTS
def test_a_refusal_names_whom_to_ask_and_a_moderator_brings_it_back(at_work, number):
    desk = at_work("petugas", f"/desk/{number}?act=refuse")
    desk.locator("[name=basis][value=not_competent]").check()
    desk.locator("[name=outside_body]").select_option(label="PT PLN (Persero) UP3 Medan")
    desk.locator("#answer-form textarea").fill("Tiang ini milik PLN.")
    desk.locator("#answer-form .form__submit button").click()
    desk.wait_for_load_state("networkidle")

    public = at_work("warga", f"/reports/{number}")
    expect(public.locator("a[href='tel:123']").first).to_be_visible()

    triage = at_work("moderator", "/triage/refusals")
    triage.locator(".queue__row", has_text=number).locator("a").first.click()
    triage.locator("textarea[name=reason]").fill("Tiang ini milik kota.")
    triage.locator("main form .form__submit button").click()
    triage.wait_for_load_state("networkidle")

    again = at_work("petugas", f"/desk/{number}")
    expect(again.locator("#answer-form")).to_be_visible()


@VARIANTS
def test_filing_about_electricity_meets_who_answers_for_it(visit, javascript):
    page = visit(("" if javascript else "/en") + "/reports/new", javascript=javascript)
    onward = page.locator("main form .form__submit button:not([name=leave])")  # the other one goes back
    page.locator("[name=title]").fill("Listrik padam sejak pagi")
    page.locator("[name=body]").fill("Satu gang padam, meteran menyala merah.")
    page.locator("[name=kind][value=complaint]").check()
    onward.click()
    page.locator("[name=category][value=listrik]").first.check(force=True)
    onward.click()

    expect(page.locator("a[href='tel:123']")).to_be_visible()
    onward.click()
    page.wait_for_url("**/place")
