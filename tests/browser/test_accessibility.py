"""No page breaks a WCAG 2.2 AA rule that axe-core knows, or is wider than the phone."""

import pytest

from tests.browser.conftest import DESK, PHONE, violations

SMALLEST = {"width": 320, "height": 640}  # 400 % zoom of a 1280 px screen (WCAG 1.4.10)
EVERYBODY = [
    "/",
    "/reports",
    "/reports?overdue=1",
    "/reports?q=tidakadasamasekali",
    "/reports/map",
    "/reports/{open}",
    "/reports/{closed}",
    "/reports/{open}/deadline",
    "/reports/{closed}/deadline",
    "/reports/{confidential}",
    "/reports/{open}/support",
    "/reports/new",
    "/track",
    "/track/lost-numbers",
    "/statistics",
    "/statistics/definitions",
    "/sign-in",
    "/sign-up",
    "/forgotten-password",
    "/privacy",
    "/styleguide",
    "/demo/letters",
    "/there-is-no-such-page",
]
PERSONAL = [
    ("warga", "/account"),
    ("warga", "/account/reports"),
    ("warga", "/notifications"),
    ("petugas", "/desk"),
    ("petugas", "/desk/{mine}"),
    ("petugas", "/desk/{mine}?act=ask"),
    ("petugas", "/desk/{mine}?act=refuse"),
    ("petugas", "/desk/{mine}?act=transfer"),
    ("atasan", "/team"),
    ("moderator", "/triage"),
    ("moderator", "/triage/{submitted}"),
    ("moderator", "/triage/{submitted}/correction"),
    ("admin", "/administration/"),
    ("admin", "/administration/officials"),
    ("admin", "/administration/officials/1"),
    ("admin", "/administration/agencies"),
    ("admin", "/administration/agencies/1"),
    ("admin", "/administration/categories"),
    ("admin", "/administration/categories/new"),
    ("admin", "/administration/routing"),
    ("admin", "/administration/routing/1"),
    ("admin", "/administration/calendars"),
    ("admin", "/administration/calendars/five_day"),
    ("admin", "/administration/calendars/five_day/new-version"),
    ("admin", "/administration/policies"),
    ("admin", "/administration/policies/new"),
    ("admin", "/administration/areas"),
    ("admin", "/administration/changes"),
    ("admin", "/administration/jobs"),
]
ALL = [(None, path) for path in EVERYBODY] + PERSONAL


@pytest.fixture(scope="session")
def numbers(city):
    """A report for each blank in the addresses above."""
    mine = city.app.test_client()
    mine.set_cookie("session", city.cookie_of(city.account("petugas"))["value"])
    listed = mine.get("/desk").get_data(as_text=True)
    return {
        "open": city.number_like(state="open", is_confidential=False),
        "closed": city.number_like(state="closed", is_confidential=False, ending="solved"),
        "confidential": city.number_like(is_confidential=True),
        "submitted": city.number_like(state="submitted"),
        "mine": listed.split('href="/desk/', 1)[1].split('"')[0].split("?")[0],
    }


@pytest.mark.parametrize(("who", "path"), ALL)
def test_page_keeps_the_accessibility_rules_at_every_width(visit, city, numbers, who, path):
    page = visit(path.format(**numbers), as_=who and city.account(who), size=PHONE)
    on_a_phone = violations(page)
    page.set_viewport_size(DESK)
    on_a_desk = violations(page)
    page.set_viewport_size(SMALLEST)

    assert on_a_phone == []
    assert on_a_desk == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALLEST["width"]


@pytest.mark.parametrize(("who", "path"), ALL)
def test_english_page_keeps_the_accessibility_rules(visit, city, numbers, who, path):
    page = visit(f"/en{path.format(**numbers)}", as_=who and city.account(who))

    assert violations(page) == []


@pytest.mark.parametrize("path", ["/", "/reports", "/reports/{open}", "/statistics", "/sign-in"])
def test_dark_page_keeps_the_accessibility_rules(visit, numbers, path):
    page = visit(path.format(**numbers), color_scheme="dark")

    assert violations(page) == []
