"""What is asked, in a real browser: a danger, a request for information, and a category's own questions."""

import pytest

from tests.browser.windows import violations

VARIANTS = pytest.mark.parametrize(
    ("javascript", "language"), [(True, ""), (False, "/en")], ids=["indonesian", "english-without-javascript"]
)


@VARIANTS
def test_danger_is_answered_before_anything_else_is_asked(visit, javascript, language):
    page = visit(f"{language}/reports/new", javascript=javascript)

    page.locator("#title").press_sequentially("Rumah tetangga terbakar")
    page.locator("#body").press_sequentially("Tolong, api membesar")
    if not javascript:
        page.locator("main form button").first.click()
        assert page.url.endswith("/category")

    page.locator("#advice a[href='tel:112']").wait_for()
    if javascript:
        assert violations(page) == []


@VARIANTS
def test_each_kind_speaks_in_its_own_words(visit, javascript, language):
    page = visit(f"{language}/reports/new", javascript=javascript)
    label = page.locator("label[for=body]")
    before = label.inner_text()

    page.locator("[name=kind][value=information_request]").check()

    assert label.inner_text() != before
    assert page.get_by_role("textbox", name=label.inner_text()).is_visible()


@VARIANTS
def test_the_categorys_questions_are_answered_and_kept(visit, javascript, language):
    page = visit(f"{language}/reports/new", javascript=javascript)
    page.locator("#title").fill("Lampu jalan padam")
    page.locator("#body").fill("Lampu di depan mushala padam.")
    page.locator("main form button").first.click()
    page.locator("[name=category][value=pju]").first.check()
    page.locator("main form button").first.click()
    page.wait_for_url("**/questions")
    if javascript:
        assert violations(page) == []

    page.locator("main form button").first.click()
    page.locator(".field--wrong").wait_for()
    page.locator("[value='Mati total']").check()
    page.locator("main form button").first.click()

    page.wait_for_url("**/place")
