"""What people come to the other rooms for, in a real browser, with JavaScript and without."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest

from portal import clock
from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.db import db, transaction
from portal.organisation.models import Official
from portal.places.models import Area
from portal.projects.rules import PhaseKind
from tests.browser import rooms
from tests.browser.conftest import DESK
from tests.builders import make_phase, make_project, make_vote

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [False, True], ids=["no-javascript", "javascript"])
QUESTION = "Kapan jembatan gantung di Harjosari dibuka lagi?"


@pytest.fixture(scope="session")
def numbers(city):
    return rooms.numbers(city)


@pytest.fixture
def person(visit, city, javascript):
    """`person(name, path)` opens a page as a demo account."""
    return lambda name, path: visit(path, as_=city.account(name), javascript=javascript, size=DESK)


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def follow(page, name):
    page.locator("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state("networkidle")


def text_of(page):
    return page.locator("main").inner_text()


def open_thread(resident):
    """A resident opens a thread; its number."""
    resident.locator("select[name=category]").select_option(index=1)
    resident.get_by_label("Judul").fill(QUESTION)
    resident.get_by_label("Tulisan Anda").fill("Anak sekolah memutar **dua kilometer** sejak banjir.")
    press(resident, "Terbitkan utas")
    return re.search(r"F-\d+", resident.url).group()


def holder_of(city, number):
    with city.app.app_context():
        duty = db.session.query(Assignment).filter_by(number=number).one()
        return db.session.get_one(User, db.session.get_one(Official, duty.official_id).user_id).email


@WITH_AND_WITHOUT
def test_thread_becomes_a_question_that_the_city_answers(person, visit, city, javascript):
    resident = person("warga", "/forum/new")
    number = open_thread(resident)
    supporter = person("atasan", f"/forum/{number}/support")
    press(supporter, "Saya mendukung")

    moderator = person("moderator", f"/forum/{number}/question")
    moderator.get_by_label("Alasan").fill("Menyangkut jalan ke sekolah.")
    press(moderator, "Ajukan pertanyaan")
    official = person(holder_of(city, number), f"/desk/{number}?act=answer")
    official.get_by_label("Isi tanggapan").fill("Jembatan dibuka lagi Senin depan setelah uji beban.")
    press(official, "Kirim jawaban dan selesaikan")

    public = visit(f"/forum/{number}", javascript=javascript)
    assert "Jembatan dibuka lagi Senin depan setelah uji beban." in text_of(public)
    assert "Menyangkut jalan ke sekolah." in text_of(public)


@WITH_AND_WITHOUT
def test_post_is_read_before_it_is_said(person, javascript):
    page = person("warga", "/forum/new")
    page.get_by_label("Judul").fill("Pratinjau")
    page.get_by_label("Tulisan Anda").fill("Ini **tebal**.")
    press(page, "Pratinjau")

    page.locator("main strong", has_text="tebal").wait_for()
    assert page.get_by_label("Tulisan Anda").input_value() == "Ini **tebal**."


@WITH_AND_WITHOUT
def test_idea_is_given_and_an_older_one_gets_its_status(person, visit, numbers, javascript):
    resident = person("warga", "/projects/jalan-garu/ideas/new")
    resident.get_by_label("Gagasan Anda dalam satu kalimat").fill("Pohon peneduh di kedua sisi")
    resident.get_by_label("Mengapa, dan bagaimana?").fill("Supaya trotoar tidak panas.")
    press(resident, "Kirim gagasan")
    assert "Pohon peneduh di kedua sisi" in text_of(resident)

    official = person("petugas", "/desk")
    number = official.locator('a[href^="/desk/I-"]').first.get_attribute("href").split("/")[2].split("?")[0]
    official.goto(f"/desk/{number}?act=answer")
    official.locator('input[type=radio][name="outcome"]').first.check()
    official.locator("#answer-box textarea").fill("Masuk rancangan pertama, di sisi utara jalan.")
    press(official, "Kirim keputusan")

    assert "Masuk rancangan pertama, di sisi utara jalan." in text_of(
        visit(f"/ideas/{number}", javascript=javascript)
    )


@WITH_AND_WITHOUT
def test_resident_lays_dots_and_may_do_so_once(person, city, javascript):
    with city.app.test_request_context(), transaction():
        now = clock.now()
        project = make_project(PhaseKind.INFORM, official=db.session.query(Official).first(), at=now)
        make_phase(project, PhaseKind.PRIORITISE, at=now)
        area = db.session.query(Area).filter_by(name="Harjosari I").one()
        make_vote(project, area=area, at=now - timedelta(days=1), opens_at=now - timedelta(hours=1))
        slug, code = project.slug, area.code

    page = person("warga", f"/projects/{slug}/vote/ballot")
    page.locator("select[name=area]").select_option(code)
    page.locator('input[type=radio][value="3"]').first.check(force=True)
    press(page, "Periksa dahulu")
    press(page, "Kirim suara saya")
    page.goto(f"/projects/{slug}/vote/ballot")

    assert "Suara Anda sudah masuk" in text_of(page) or "Anda sudah memilih" in text_of(page)
    assert page.get_by_role("button", name="Periksa dahulu").count() == 0


@WITH_AND_WITHOUT
def test_survey_is_filled_in_without_an_account(visit, numbers, javascript):
    page = visit(f"/surveys/{numbers['survey']}/answer", javascript=javascript)
    radios = page.locator("main input[type=radio]")
    names = dict.fromkeys(radios.nth(serial).get_attribute("name") for serial in range(radios.count()))
    for name in names:
        page.locator(f'input[name="{name}"]').last.check(force=True)
    press(page, "Kirim jawaban")

    page.wait_for_url("**/thanks*")


@WITH_AND_WITHOUT
def test_flag_is_decided_and_stands_in_the_public_log(person, visit, javascript):
    resident = person("warga", "/forum/new")
    number = open_thread(resident)
    neighbour = person("atasan", f"/flags/new/thread:{number}")
    neighbour.locator('input[name="reason"]').first.check()
    press(neighbour, "Kirim tanda")

    moderator = person("moderator", "/moderation")
    moderator.locator(f'a[href*="/moderation/items/"]:has-text("{number}")').first.click()
    moderator.wait_for_url("**/moderation/items/*")
    moderator.get_by_label("Sembunyikan").first.check()
    moderator.locator('input[name="reason"]').first.check()
    press(moderator, "Putuskan")

    public = visit(f"/forum/{number}", javascript=javascript)
    assert QUESTION not in text_of(public)
    public.goto("/moderation/log")
    assert number in text_of(public)


@WITH_AND_WITHOUT
def test_thread_goes_on_as_a_report(person, visit, javascript):
    number = open_thread(person("warga", "/forum/new"))
    moderator = person("moderator", f"/moderation/conversions/thread:{number}")
    moderator.locator("select[name=category]").select_option(index=1)
    press(moderator, "Jadikan laporan")

    assert re.search(r"MDN-\d\d-\d{6}", text_of(visit(f"/forum/{number}", javascript=javascript)))


def test_english_visitor_finds_every_room_in_english(visit):
    page = visit("/en/", javascript=False, size=DESK)
    for path in ("forum", "projects", "surveys", "statistics/editions", "moderation/log", "house-rules"):
        page.goto(f"/en/{path}")

        assert page.locator("html").get_attribute("lang") == "en"


@WITH_AND_WITHOUT
def test_monthly_report_is_drafted_and_published_by_its_official(person, visit, city, javascript):
    number = rooms.owe_report(city, month=8 + javascript)
    page = person("petugas", f"/desk/{number}?act=answer")
    follow(page, "Tulis dan terbitkan")
    page.get_by_label("Ringkasan").fill("Pengukuran trotoar selesai.")
    page.get_by_label("Yang dikerjakan bulan ini").fill("- Trotoar **diukur** di kedua sisi.")
    press(page, "Terbitkan")

    report = visit(f"/projects/reports/{number}", javascript=javascript)
    assert "Pengukuran trotoar selesai." in text_of(report)


def test_edition_is_confirmed_by_a_second_and_checked_by_anybody(visit, city, numbers, tmp_path):
    first = visit(f"/statistics/editions/{numbers['edition']}/correction", as_=city.account("moderator"))
    first.get_by_label("Apa yang salah, dan mengapa?").fill("Satu dinas terhitung dua kali.")
    press(first, "Hitung rancangan koreksi")
    draft = re.search(r"/statistics/editions/drafts/\d+", first.url).group()
    assert first.get_by_role("button", name="Konfirmasi dan terbitkan").count() == 0

    second = visit(draft, as_=rooms.second_moderator(city))
    press(second, "Konfirmasi dan terbitkan")
    edition = re.search(r"/statistics/editions/\d+$", second.url).group()
    bundle = second.request.get(f"{edition}/bundle.zip").body()
    zipfile.ZipFile(io.BytesIO(bundle)).extractall(tmp_path)
    [script] = tmp_path.rglob("verify.py")

    checked = subprocess.run([sys.executable, "-I", "-S", script], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
