"""Filing on a cheap phone: on a slow line, by keyboard and screen reader, without a line or JavaScript."""

import re

import pytest

from portal import clock
from portal.db import db, transaction
from portal.reports.filing import services
from portal.reports.filing.rules import Answers
from portal.reports.models import Report
from tests.browser.lines import SlowLine
from tests.browser.windows import violations

SMALL = {"width": 360, "height": 740}
WHOLE_FILING = 150_000
ROUND_TRIPS = 2
NAMELESS = re.compile(r"^\s*- (?:textbox|searchbox|radio|checkbox|button|combobox|link)(?! \")", re.MULTILINE)
FOCUSED = """name => {
  const now = document.activeElement;
  return (now.labels?.[0] ?? now).textContent.trim().startsWith(name) || now.ariaLabel === name;
}"""
KEPT = """caches.keys().then(names => Promise.all(names.map(name => caches.open(name))))
  .then(all => Promise.all(all.map(cache => cache.keys())))
  .then(all => all.flat().map(request => new URL(request.url).pathname))"""
TITLE = "Lampu jalan padam di Jalan Garu VII"
STORY = "Sudah tiga malam lampu jalan di depan mushala padam."


class Keys:
    """Somebody with a keyboard and no mouse."""

    def __init__(self, page):
        self.page = page

    def reach(self, name):
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED, name):
                return self.page.keyboard
        raise AssertionError(f"the Tab key does not lead to {name!r} on {self.page.url}")

    def onward(self, button="Lanjut"):
        before = self.page.url
        with self.page.expect_navigation(url=lambda url: url != before):
            self.reach(button).press("Enter")


def checked(page):
    """The page is wide enough for a small phone, has names for everything, and breaks no rule."""
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"], page.url
    assert NAMELESS.findall(page.locator("main").aria_snapshot()) == [], page.url
    assert violations(page) == []


def test_filing_by_keyboard_fits_a_slow_line(visit):
    page = visit("about:blank", size=SMALL)
    line, keys = SlowLine(page.context, page), Keys(page)
    page.goto("/reports/new")
    trips = {"what": line.round_trips}

    def step(name):
        trips[name] = line.round_trips
        checked(page)

    checked(page)
    keys.reach("Judul singkat").type(TITLE)
    keys.reach("Ceritanya").type(STORY)
    keys.onward()
    step("category")
    keys.reach("Lampu penerangan jalan umum").press("ArrowUp")  # round to the last: Lainnya
    keys.onward()
    step("place")
    keys.reach("Cari kelurahan").type("Harjosari")
    page.get_by_label("Harjosari I,").wait_for()
    keys.reach("Harjosari I,").press("Space")
    keys.onward()
    if page.url.endswith("/similar"):
        step("similar")
        keys.onward("Bukan")
    step("photos")
    keys.onward()
    step("person")
    keys.onward()
    step("check")
    keys.onward("Kirim")
    page.get_by_role("heading", level=1, name="sudah kami terima").wait_for()

    assert {name: count for name, count in trips.items() if count > ROUND_TRIPS} == {}
    assert line.bytes <= WHOLE_FILING


def test_questions_of_some_categories_have_names_and_fit_a_small_phone(look, city):
    pages = {"emergency": "kebakaran", "outside": "air_bersih", "unit": "disiplin_asn", "questions": "pju"}
    with city.app.app_context(), transaction():
        tokens = {
            page: services.begin(Answers(title=TITLE, body=STORY, category=code), at=clock.now())
            for page, code in pages.items()
        }

    for name, token in tokens.items():
        page = look(f"/reports/new/{token}/{name}")
        page.set_viewport_size(SMALL)
        assert page.url.endswith(name)
        checked(page)


def test_a_report_written_without_a_line_is_sent_once_when_it_returns(visit, city):
    page = visit("/reports/new", size=SMALL)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.context.set_offline(True)
    page.goto("/reports/new")
    checked(page)
    page.get_by_label("Judul singkat").fill("Parit tersumbat di Gang Mawar")
    page.get_by_label("Ceritanya").fill(STORY)
    page.get_by_label("Tentang apa").select_option(label="Lainnya")
    page.get_by_label("Kelurahan").select_option(label="Harjosari I")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Siap dikirim").wait_for()
    page.reload()
    assert page.get_by_label("Judul singkat").input_value() == "Parit tersumbat di Gang Mawar"
    page.get_by_text("Siap dikirim").wait_for()

    page.context.set_offline(False)

    page.wait_for_url("**/receipt*")
    page.wait_for_function("indexedDB.databases().then(all => all.length === 0)")
    assert sorted(page.evaluate(KEPT)) == [
        "/reports/new/offline",
        "/static/css/portal.css",
        "/static/js/filing-offline.js",
        "/static/js/filing-outbox.js",
    ]
    page.goto("/reports/new/offline")
    page.get_by_role("button", name="Hapus dari ponsel ini").click()
    page.get_by_text("Semua isian sudah dihapus").wait_for()
    assert page.evaluate(KEPT) == []
    with city.app.app_context():
        assert (
            db.session.query(Report).filter(Report.content.has(title="Parit tersumbat di Gang Mawar")).count()
            == 1
        )


@pytest.mark.parametrize("javascript", [False, True], ids=["no-javascript", "javascript"])
def test_going_back_loses_nothing(visit, javascript):
    page = visit("/en/reports/new", javascript=javascript, size=SMALL)
    page.get_by_label("Short title").fill("Street light out")
    page.get_by_label("The story").fill(STORY)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("radio").first.check()

    page.get_by_role("button", name="Back").click()

    assert page.get_by_label("Short title").input_value() == "Street light out"
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("radio").first.is_checked()
