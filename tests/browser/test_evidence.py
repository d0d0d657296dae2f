"""Evidence, help, approval and the right category in a real browser: with JavaScript and without."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from portal.db import db, transaction
from portal.organisation.models import Official
from portal.reports.following.access import KEY
from portal.reports.models import Report
from tests.assignments.photos import photo
from tests.browser.conftest import DESK, City
from tests.browser.test_leave import open_report

VARIANTS = pytest.mark.parametrize(
    ("javascript", "root"), [(True, ""), (False, "/en")], ids=["javascript-id", "plain-en"]
)
SEND = "#answer-form button[type=submit]:not([formaction])"


def reporters_cookie(city: City, number: str) -> dict[str, str]:
    """The session of a browser that showed the report's code."""
    client = city.app.test_client()
    with client.session_transaction() as session:
        session[KEY] = [number]
    cookie = client.get_cookie("session")
    assert cookie is not None
    return {"name": "session", "value": cookie.value, "url": city.address}


@contextmanager
def approval_wanted(city: City) -> Iterator[None]:
    """While it lasts, the agency of the demo's official wants answers to be approved."""
    for wanted in (True, False):
        with city.app.app_context(), transaction():
            official = db.session.query(Official).filter_by(name="Rahmat Siregar").one()
            official.agency.needs_approval = wanted
        if wanted:
            yield


@VARIANTS
def test_photo_is_uploaded_described_sent_and_disputed(visit, city, javascript, root):
    number, _official = open_report(city)
    view = {"javascript": javascript, "size": DESK}
    file = {"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": photo().getvalue()}

    desk = visit(f"{root}/desk/{number}?act=update", as_=city.account("petugas"), **view)
    desk.locator("textarea[name=body]").fill("Lubangnya sudah kami tambal.")
    desk.locator("#evidence-box > summary").click()
    desk.locator("#photos").set_input_files([file])
    desk.locator("button[formaction$='/evidence']").click()
    alt = desk.locator("input[name^=alt-]")
    alt.wait_for()
    kept = desk.locator("textarea[name=body]").input_value()
    alt.fill("Lubang yang sudah ditambal")
    desk.locator(SEND).click()
    desk.locator(".flash, .notice").first.wait_for()
    reporter = visit(root or "/", **view)
    reporter.context.add_cookies([reporters_cookie(city, number)])
    reporter.goto(f"{root}/reports/{number}/private")
    reporter.locator("a[href$='/dispute']").last.click()
    reporter.locator("textarea[name=reason]").fill("Ini foto jalan sebelah.")
    reporter.locator("form[action$='/dispute'] button[type=submit]").click()
    reporter.wait_for_url("**/private")
    public = visit(f"{root}/reports/{number}", **view)

    assert kept == "Lubangnya sudah kami tambal."
    shown = public.locator(".evidence li", has=public.get_by_alt_text("Lubang yang sudah ditambal")).last
    assert shown.locator(".tag").count() == 1
    assert "jalan sebelah" not in public.locator("main").inner_text()


@VARIANTS
def test_supervisor_helps_and_the_words_are_copied(visit, city, javascript, root):
    number, _official = open_report(city)
    view = {"javascript": javascript, "size": DESK}
    with city.app.app_context():
        leader = db.session.query(Official).filter_by(name="Rahmat Siregar").one().supervisor_id

    desk = visit(f"{root}/desk/{number}/help", as_=city.account("petugas"), **view)
    desk.locator("select[name=official]").select_option(str(leader))
    desk.locator("textarea[name=question]").fill("Apakah sudah masuk anggaran?")
    desk.locator("form[action$='/help-requests'] button[type=submit]").click()
    desk.wait_for_url(f"**/desk/{number}")
    boss = visit(f"{root}/desk/help-requests", as_=city.account("atasan"), **view)
    boss.locator(f"a[href*='{number}/help/']").first.click()
    boss.locator("textarea[name=body]").fill("Sudah, kontraknya berjalan.")
    boss.locator("button[value=give]").click()
    boss.wait_for_url("**/desk")
    desk.goto(f"{root}/desk/{number}")
    desk.locator("form[action$='/copy'] button").last.click()
    desk.locator("#answer-form").wait_for()

    assert "Sudah, kontraknya berjalan." in desk.locator("textarea[name=body]").input_value()


@VARIANTS
def test_category_is_put_right(visit, city, javascript, root):
    number, _official = open_report(city)
    view = {"javascript": javascript, "size": DESK}
    desk = visit(f"{root}/desk/{number}/category", as_=city.account("petugas"), **view)
    wanted = "pohon" if desk.locator("select[name=category]").input_value() != "pohon" else "sampah"

    desk.locator("select[name=category]").select_option(wanted)
    desk.locator("textarea[name=reason]").fill("Ini soal dahan yang patah.")
    desk.locator("form[action$='/category'] button[type=submit]").click()
    desk.wait_for_url(f"**/desk/{number}")

    with city.app.app_context():
        assert db.session.query(Report.category_code).filter_by(number=number).scalar() == wanted


@VARIANTS
def test_answer_is_published_by_the_supervisors_approval(visit, city, javascript, root):
    number, official = open_report(city)
    view = {"javascript": javascript, "size": DESK}
    words = "Sudah selesai dikerjakan regu kami."

    with approval_wanted(city):
        desk = visit(f"{root}/desk/{number}?act=answer", as_=city.account("petugas"), **view)
        desk.locator("textarea[name=body]").fill(words)
        desk.locator(SEND).click()
        desk.locator("#pending").wait_for()
        before = visit(f"{root}/reports/{number}", **view).locator("main").inner_text()
        boss = visit(f"{root}/team/approvals", as_=city.account("atasan"), **view)
        boss.locator(f"a[href*='{number}/approval']").click()
        boss.locator("button[value=approve]").click()
        boss.wait_for_url(f"**/desk/{number}")
    public = visit(f"{root}/reports/{number}", **view).locator("main").inner_text()

    assert words not in before
    assert words in public
    assert official in public
