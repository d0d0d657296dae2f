"""Notes on a plan by mouse, by touch, by keyboard, and without JavaScript by a square of the grid."""

from io import BytesIO

import pytest

from portal import clock
from portal.accounts.models import User
from portal.db import db, transaction
from portal.organisation.models import Official
from portal.projects.models import Project
from portal.projects.plans import queries, rules, services
from portal.projects.plans.queries import Wanted
from portal.projects.rules import PhaseKind
from tests.browser.conftest import DESK, PHONE, violations
from tests.builders import DRAWING, make_project

NOTE = "Tambah bangku di sini."


@pytest.fixture(scope="module")
def plan(city):
    """The address of a plan on which notes are asked for now, with one note of somebody else's."""
    with city.app.test_request_context(), transaction():
        now = clock.now()
        project = make_project(
            PhaseKind.ANNOTATE, official=db.session.query(Official).first(), at=now, title="Taman uji"
        )
        version = services.draft(project, services.Sheet(), drawing=BytesIO(DRAWING), by=None, at=now)
        services.publish(version, at=now)
        author = db.session.query(User).filter(User.email.like("petugas@%")).one()
        note = services.Note(kind=rules.PinKind.WORRY, body="Terlalu dekat ke rumah.", x=900, y=100)
        services.place(version, note, by=author, at=now)
        return f"/projects/{project.slug}/plan"


def newest(city, plan):
    """The square and the text of the note that came last."""
    with city.app.app_context():
        version = queries.current(db.session.query(Project).filter_by(slug=plan.split("/")[2]).one())
        place = max(queries.listed(version, Wanted()).places, key=lambda one: one.position)
        return place.x, place.y, place.pin.body


def finish(page):
    page.get_by_role("radio", name="Usul").check()
    page.get_by_label("Catatan Anda").fill(NOTE)
    page.get_by_role("button", name="Taruh catatan").click()
    page.get_by_text("Catatan Anda sudah ada di denah.").wait_for()


def at(page, across, down):
    """A point of the drawing, as a share of its size, in the page's pixels."""
    box = page.locator("[data-pad]").bounding_box()
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


@pytest.mark.parametrize(("hand", "across"), [("mouse", 0.25), ("touch", 0.6)])
def test_note_is_pinned_where_somebody_points(visit, city, plan, hand, across):
    page = visit(plan, as_=city.account("warga"), size=DESK, has_touch=hand == "touch")
    page.locator("[data-pad]").scroll_into_view_if_needed()
    x, y = at(page, across, 0.5)
    page.touchscreen.tap(x, y) if hand == "touch" else page.mouse.click(x, y)
    page.get_by_label("Catatan Anda").wait_for()
    finish(page)

    assert newest(city, plan) == (pytest.approx(across * 1000, abs=3), pytest.approx(500, abs=3), NOTE)


def test_mark_is_dragged_to_correct_it(visit, city, plan):
    page = visit(f"{plan}/pins/new?square=C4", as_=city.account("warga"), size=DESK)
    aim = page.locator("[data-aim]").bounding_box()
    page.mouse.move(aim["x"] + aim["width"] / 2, aim["y"] + aim["height"] / 2)
    page.mouse.down()
    page.mouse.move(*at(page, 0.7, 0.3), steps=4)
    page.mouse.up()
    assert page.get_by_label("Kotak pada denah").input_value() == "I3"
    finish(page)

    assert newest(city, plan) == (pytest.approx(700, abs=8), pytest.approx(300, abs=8), NOTE)


def test_note_is_pinned_by_keyboard_alone_and_announced(visit, city, plan):
    page = visit(plan, as_=city.account("warga"), size=DESK)
    page.locator("[data-pad]").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowUp")
    assert page.locator("[data-say]").inner_text() == "Kotak E4, 40 % dari kiri, 50 % dari atas."

    page.keyboard.press("Enter")
    page.get_by_label("Catatan Anda").wait_for()
    page.keyboard.press("Space")
    page.get_by_label("Catatan Anda").fill(NOTE)
    page.get_by_label("Catatan Anda").press("Tab")
    page.get_by_role("button", name="Taruh catatan").press("Enter")
    page.get_by_text("Catatan Anda sudah ada di denah.").wait_for()

    assert newest(city, plan) == (400, 498, NOTE)


def test_without_javascript_a_square_is_chosen(visit, city, plan):
    page = visit(plan, as_=city.account("warga"), javascript=False)
    page.get_by_role("link", name="Taruh catatan").click()
    page.locator('.plan__grid a[href*="square=C4"]').click()
    assert page.get_by_label("Kotak pada denah").input_value() == "C4"
    finish(page)

    x, y, _body = newest(city, plan)
    assert rules.square_name(rules.square_at(x, y)) == "C4"


def test_talk_opens_beside_the_drawing_and_escape_leads_back(visit, plan):
    page = visit(plan, size=DESK)
    mark = page.get_by_role("link", name="Catatan 1, khawatir")
    mark.focus()
    mark.press("Enter")
    page.locator("#plan-aside").get_by_text("Terlalu dekat ke rumah.").wait_for()
    assert page.url.endswith(plan)

    page.keyboard.press("Escape")
    assert mark.evaluate("mark => mark === document.activeElement")


def test_filter_keeps_the_focus_where_it_was(visit, plan):
    page = visit(plan, size=DESK)
    page.get_by_label("Jenis").select_option("worry")
    page.wait_for_url("**kind=worry*")

    assert page.get_by_label("Jenis").evaluate("field => field === document.activeElement")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("part", ["", "/pins/new?square=C4"])
def test_pages_of_a_plan_are_accessible(visit, city, plan, part, size):
    page = visit(plan + part, as_=city.account("warga"), size=size)

    assert violations(page) == []
