"""An administrator changes the time that others have: seen first, then saved, with a reason."""

import pytest

from tests.browser.conftest import DESK, PHONE

DECREE = "SK Wali Kota 7/2026"
VARIANTS = pytest.mark.parametrize(
    ("javascript", "prefix", "size"),
    [(True, "", PHONE), (False, "/en", DESK)],
    ids=["javascript-indonesian", "no-javascript-english"],
)
CSV = b"date,kind,name\n2029-01-01,libur_nasional,Tahun Baru\n2029-03-16,libur_nasional,Nyepi\n"


@pytest.fixture
def admin(visit, city, javascript, prefix, size):
    """`admin(path)` opens a page as the demo's administrator."""
    who = city.account("admin")
    return lambda path: visit(prefix + path, as_=who, javascript=javascript, size=size)


def press(page, value):
    page.locator(f"main button[value={value}]").click()
    page.wait_for_load_state("networkidle")


def text_of(page):
    return page.locator("main").inner_text()


@VARIANTS
def test_decree_is_seen_before_it_is_saved(admin, javascript, prefix, size):
    year = "2030" if prefix else "2029"
    page = admin("/administration/calendars/five_day/new-version")
    page.set_input_files(
        "input[type=file]",
        {"name": "skb.csv", "mimeType": "text/csv", "buffer": CSV.replace(b"2029", year.encode())},
    )
    page.locator("[name=decree]").fill(DECREE)
    press(page, "preview")
    assert page.locator("#effect").is_visible()
    assert "Nyepi" in text_of(page)

    press(page, "save")

    assert DECREE in text_of(page)
    page.goto(f"{prefix}/administration/calendars/five_day?year={year}")
    assert "Nyepi" in text_of(page)


@VARIANTS
def test_policy_is_changed_with_a_preview_and_a_reason(admin, javascript, prefix, size):
    limit, reason = ("13", "Putusan Ombudsman 7") if prefix else ("12", "Putusan Ombudsman 6")
    page = admin("/administration/policies/new")
    page.locator("[name=complaint-resolve-limit]").fill(limit)
    page.locator("[name=note]").fill(f"Perwal {limit}/2026")
    page.locator("[name=for_open_matters]").check()
    press(page, "preview")
    assert page.locator("#reason-error").is_visible()  # applied to what is open only with a reason
    page.locator("[name=reason]").fill(reason)
    press(page, "preview")
    assert page.locator("#moves").count() == 1

    press(page, "save")

    assert page.url.endswith("/administration/policies")
    page.locator("main table a").first.click()
    page.wait_for_load_state("networkidle")
    assert reason in text_of(page)
