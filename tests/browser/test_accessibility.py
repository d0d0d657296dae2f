"""No page breaks a WCAG 2.2 AA rule that axe-core knows, or is wider than the phone."""

import pytest

from tests.browser import rooms
from tests.browser.windows import DESK, PHONE, violations

SMALLEST = {"width": 320, "height": 640}  # 400 % zoom of a 1280 px screen (WCAG 1.4.10)
MISSING = "/there-is-no-such-page"
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"
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
    "/reports/new",
    "/track",
    "/track/lost-numbers",
    "/search?q=lampu",
    "/search?q=tidakadasamasekali",
    "/forum",
    "/forum?q=lampu",
    "/forum/categories/{category}",
    "/forum/{thread}",
    "/forum/{answered}",
    "/forum/{question}",
    "/forum/posts/{post}/history",
    "/duties/{question}/deadline",
    "/projects",
    "/projects/taman-amplas",
    "/projects/jalan-garu",
    "/projects/taman-amplas/changes",
    "/projects/taman-amplas/ideas",
    "/projects/jalan-garu/ideas",
    "/ideas/{idea}",
    "/ideas/{idea}/versions",
    "/projects/halaman-pustaka/plan",
    "/projects/taman-amplas/plan/1",
    "/projects/taman-amplas/plan/2/comparison",
    "/pins/{pin}",
    "/projects/taman-amplas/vote",
    "/projects/taman-amplas/meetings",
    "/meetings/{meeting}",
    "/projects/taman-amplas/building",
    "/projects/taman-amplas/building/reports",
    "/projects/reports/{monthly}",
    "/projects/taman-amplas/documents",
    "/outside-bodies",
    "/outside-bodies/{body}",
    "/house-rules",
    "/moderation/log",
    "/surveys",
    "/surveys/{survey}",
    "/surveys/{survey}/answer",
    "/surveys/{result}",
    "/surveys/{evaluation}",
    "/statistics",
    "/statistics/definitions",
    "/statistics/editions",
    "/statistics/editions/{edition}",
    "/ledger",
    "/sign-in",
    "/sign-up",
    "/forgotten-password",
    "/privacy",
    "/styleguide",
    "/demo/letters",
    MISSING,
]
PERSONAL = [
    ("warga", "/account"),
    ("warga", "/account/reports"),
    ("warga", "/account/drafts"),
    ("warga", "/notifications"),
    ("warga", "/account/notifications"),
    ("warga", "/reports/{open}/support"),
    ("warga", "/today"),
    ("warga", "/account/ideas"),
    ("warga", "/forum/followed"),
    ("warga", "/forum/new"),
    ("warga", "/forum/{thread}/reply"),
    ("warga", "/forum/{thread}/reply?quote={post}"),
    ("warga", "/forum/{thread}/follow"),
    ("warga", "/forum/posts/{post}/options"),
    ("warga", "/flags/new/post:{post}"),
    ("warga", "/projects/taman-amplas/following"),
    ("warga", "/projects/jalan-garu/ideas/new"),
    ("warga", "/ideas/{idea}/support"),
    ("warga", "/comments/on/idea:{idea}"),
    ("warga", "/projects/halaman-pustaka/plan/pins/new?square=C4"),
    ("warga", "/pins/{pin}/support"),
    ("warga", "/meetings/{meeting}/registration"),
    ("petugas", "/today"),
    ("petugas", "/desk"),
    ("petugas", "/desk/counter"),
    ("petugas", "/desk/{mine}"),
    ("petugas", "/desk/{mine}?act=ask"),
    ("petugas", "/desk/{mine}?act=refuse"),
    ("petugas", "/desk/{mine}?act=transfer"),
    ("petugas", "/desk/{owed_idea}"),
    ("petugas", "/desk/{owed_idea}?act=answer"),
    ("{owed_report_holder}", "/desk/{owed_report}"),
    ("{owed_report_holder}", "/projects/reports/{owed_report}/edit"),
    ("{question_holder}", "/desk/{question}"),
    ("atasan", "/today"),
    ("petugas", "/desk/leave"),
    ("petugas", "/desk/figures"),
    ("petugas", "/desk/export"),
    ("petugas", "/desk/help-requests"),
    ("petugas", "/desk/{evidence}"),
    ("atasan", "/team/approvals"),
    ("atasan", "/team/canned-answers"),
    ("admin", "/team/canned-answers/{canned}"),
    ("atasan", "/team"),
    ("atasan", "/team/duties"),
    ("moderator", "/triage"),
    ("moderator", "/triage/{submitted}"),
    ("moderator", "/triage/{submitted}/correction"),
    ("moderator", "/triage/{submitted}/merge/{open}"),
    ("moderator", "/triage/{submitted}/split"),
    ("moderator", "/triage/{submitted}/public-text"),
    ("moderator", "/triage/refusals"),
    ("moderator", "/triage/identities"),
    ("moderator", "/triage/{sealed}/identity"),
    ("moderator", "/today"),
    ("moderator", "/forum/{thread}/question"),
    ("moderator", "/forum/unrouted"),
    ("moderator", "/forum/arrangement"),
    ("moderator", "/forum/arrangement/new"),
    ("moderator", "/moderation"),
    ("moderator", "/moderation/items/{item}"),
    ("moderator", "/moderation/items/{decided_item}"),
    ("{second_moderator}", "/moderation/appeals/{appeal}"),
    ("moderator", "/moderation/conversions/thread:{thread}"),
    ("moderator", "/statistics/editions/drafts"),
    ("moderator", "/statistics/editions/drafts/{draft}"),
    ("moderator", "/statistics/editions/{edition}/correction"),
    ("admin", "/surveys/manage"),
    ("admin", "/surveys/{survey}/manage"),
    ("admin", "/surveys/services"),
    ("admin", "/surveys/services/1/surveys/new"),
    ("moderator", "/surveys/{survey}/remarks"),
    ("admin", "/projects/new"),
    ("admin", "/projects/taman-amplas/manage"),
    ("admin", "/projects/taman-amplas/edit"),
    ("admin", "/projects/taman-amplas/building/manage"),
    ("admin", "/projects/taman-amplas/building/milestones/new"),
    ("admin", "/projects/taman-amplas/building/obstacles/new"),
    ("admin", "/projects/taman-amplas/building/photos/new"),
    ("admin", "/projects/halaman-pustaka/vote/edit"),
    ("admin", "/projects/taman-amplas/vote/decision"),
    ("admin", "/projects/taman-amplas/meetings/new"),
    ("admin", "/meetings/{meeting}/registrations"),
    ("admin", "/projects/taman-amplas/documents/new"),
    ("admin", "/projects/halaman-pustaka/plan/draft"),
    ("admin", "/administration/"),
    ("admin", "/administration/officials"),
    ("admin", "/administration/officials/1"),
    ("admin", "/administration/agencies"),
    ("admin", "/administration/agencies/1"),
    ("admin", "/administration/categories"),
    ("admin", "/administration/categories/new"),
    ("admin", "/administration/categories/pju/questions"),
    ("admin", "/administration/categories/pju/questions/new"),
    ("admin", "/administration/routing"),
    ("admin", "/administration/routing/1"),
    ("admin", "/administration/suggestions"),
    ("admin", "/administration/open311/1"),
    ("admin", "/administration/calendars"),
    ("admin", "/administration/calendars/five_day"),
    ("admin", "/administration/calendars/five_day/new-version"),
    ("admin", "/administration/policies"),
    ("admin", "/administration/policies/new"),
    ("admin", "/administration/areas"),
    ("admin", "/administration/changes"),
    ("admin", "/administration/jobs"),
    ("admin", "/administration/mail"),
    ("admin", "/administration/imports/2"),
]
ALL = [(None, path) for path in EVERYBODY] + PERSONAL


DARK = [
    "/",
    "/reports",
    "/reports/{open}",
    "/statistics",
    "/sign-in",
    "/forum",
    "/forum/{answered}",
    "/projects/taman-amplas",
    "/ideas/{idea}",
    "/projects/taman-amplas/plan/2",
    "/projects/taman-amplas/vote",
    "/projects/taman-amplas/building",
    "/surveys/{result}",
    "/statistics/editions/{edition}",
    "/moderation/log",
]


@pytest.fixture(scope="session")
def numbers(city):
    """Something to look at for each blank in the addresses above."""
    return rooms.numbers(city)


@pytest.mark.parametrize(("who", "path"), ALL)
def test_page_keeps_the_accessibility_rules_at_every_width(look, city, numbers, who, path):
    address = path.format(**numbers)
    page = look(address, as_=who and city.account(who.format(**numbers)))
    assert page.evaluate(STATUS) == (404 if path == MISSING else 200)
    found = {"phone": violations(page)}
    page.set_viewport_size(DESK)
    found["desk"] = violations(page)
    page.set_viewport_size(SMALLEST)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(PHONE)
    page.goto(f"/en{address}")
    found["English"] = violations(page)

    assert found == {"phone": [], "desk": [], "English": []}
    assert width <= SMALLEST["width"]


@pytest.mark.parametrize("path", DARK)
def test_dark_page_keeps_the_accessibility_rules(look, numbers, path):
    page = look(path.format(**numbers), colours="dark")

    assert violations(page) == []
