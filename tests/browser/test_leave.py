"""Leave, duties in bulk and feedback in a real browser: with JavaScript in Indonesian, without in English."""

from datetime import timedelta

import pytest

from portal import clock
from portal.assignments.models import Assignment
from portal.db import db
from portal.i18n import local
from portal.organisation.models import Absence, Official
from portal.reports.models import Report
from tests.browser.conftest import DESK, City

VARIANTS = pytest.mark.parametrize(
    ("javascript", "root"), [(True, ""), (False, "/en")], ids=["javascript-id", "plain-en"]
)


def holder(city: City, number: str) -> str:
    """The name of who has the duty now."""
    with city.app.app_context():
        found = db.session.query(Official.name).join(Assignment, Assignment.official_id == Official.id)
        return str(found.filter(Assignment.number == number).scalar())


def open_report(city: City) -> tuple[str, str]:
    """A public report on the desk of the demo's official, and their name."""
    with city.app.app_context():
        query = db.session.query(Report.number, Official.name).join(Official).join(Official.agency)
        found = query.filter(
            Official.name == "Rahmat Siregar", Report.state == "open", Report.is_confidential.is_(False)
        )
        number, name = found.order_by(Report.id.desc()).first()
        return str(number), str(name)


def newest_leave(city: City) -> int:
    with city.app.app_context():
        return int(db.session.query(db.func.max(Absence.id)).scalar())


@VARIANTS
def test_leave_is_asked_for_approved_handed_over_and_ended(visit, city, javascript, root):
    number, official = open_report(city)
    with city.app.test_request_context():
        today = local(clock.now()).date()
    view = {"javascript": javascript, "size": DESK}

    mine = visit(f"{root}/desk/leave", as_=city.account("petugas"), **view)
    mine.locator("input[name=kind][value=sick]").check()
    mine.locator("input[name=from_on]").fill(today.isoformat())
    mine.locator("input[name=to_on]").fill((today + timedelta(days=1)).isoformat())
    mine.locator("select[name=substitute]").select_option(index=1)
    mine.locator("textarea[name=note]").fill("Tiang 17 menunggu suku cadang.")
    mine.locator("form[action$='/desk/leave'] button[type=submit]").click()
    mine.locator(".flash, .notice").first.wait_for()

    absence_id = newest_leave(city)
    boss = visit(f"{root}/team/leave/{absence_id}", as_=city.account("atasan"), **view)
    boss.locator("textarea[name=note]").fill("Lekas sembuh.")
    boss.locator("button[value=approve]").click()
    boss.wait_for_url("**/team/leave")
    substitute = holder(city, number)
    public = visit(f"{root}/reports/{number}", **view).locator("main").inner_text()

    mine.goto(f"{root}/desk/leave")
    ending = f"form[action$='/leave/{absence_id}/cancellation']"
    mine.locator(f"details:has({ending}) summary").click()
    mine.locator(f"{ending} button").click()
    mine.locator(".flash, .notice").first.wait_for()

    assert substitute != official
    assert substitute in public
    assert "Tiang 17 menunggu" not in public
    assert holder(city, number) == official


@VARIANTS
def test_marked_duties_are_given_to_a_colleague(visit, city, javascript, root):
    boss = visit(f"{root}/team/duties", as_=city.account("atasan"), javascript=javascript, size=DESK)
    boxes = boss.locator("input[name=duty]")
    for place in (0, 1):
        boxes.nth(place).check()
    numbers = [boxes.nth(place).get_attribute("value").rpartition(":")[0] for place in (0, 1)]
    held = {holder(city, number) for number in numbers}
    choices = boss.locator("label:has(input[name=receivers])")
    names = [choices.nth(place).inner_text().split(" · ")[0].strip() for place in range(choices.count())]
    wanted = next(place for place, name in enumerate(names) if place and name not in held)

    choices.nth(wanted).locator("input").check()
    boss.locator("form[action*='/team/reassignments'] button[type=submit]").click()
    boss.locator(".flash, .notice").first.wait_for()

    assert {holder(city, number) for number in numbers} == {names[wanted]}


@VARIANTS
def test_feedback_passes_between_two(visit, city, javascript, root):
    number, _ = open_report(city)
    view = {"javascript": javascript, "size": DESK}
    words = f"Sebutkan nomor tiangnya sejak awal ({root or 'id'})."

    boss = visit(f"{root}/desk/{number}/feedback", as_=city.account("atasan"), **view)
    boss.locator("textarea[name=body]").last.fill(words)
    boss.locator("form[action$='/feedback'] button[type=submit]").click()
    boss.get_by_text(words).wait_for()

    mine = visit(f"{root}/desk/{number}", as_=city.account("petugas"), **view)
    if not javascript:
        mine.locator("a[href$='/feedback']").click()
    mine.get_by_text(words).wait_for()
    mine.locator("form[action$='/reply'] textarea").last.fill("Siap, terima kasih.")
    mine.locator("form[action$='/reply'] button[type=submit]").last.click()
    mine.get_by_text("Siap, terima kasih.").last.wait_for()
