"""The main job from the resident to the answer and back, in a real browser, with JavaScript and without."""

import re

import pytest

from tests.browser.conftest import DESK

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [False, True], ids=["no-javascript", "javascript"])
TITLE = "Lampu jalan padam di Jalan Garu IV"
STORY = "Sudah tiga malam lampu jalan di depan mushala padam. Hubungi saya di 0812 3456 7812."


class Resident:
    """Somebody who files a report without an account, question by question."""

    def __init__(self, page):
        self.page = page

    def file(self, *, is_anonymous):
        self.tell()
        self.choose_category()
        self.answer_its_questions()
        self.say_where()
        self.say_that_it_is_new()
        self.page.get_by_role("button", name="Lanjut").click()  # no photos
        if is_anonymous:
            self.page.get_by_label("Sembunyikan nama saya").check()
        self.page.get_by_role("button", name="Lanjut").click()
        self.page.get_by_role("button", name="Kirim pengaduan").click()
        self.page.get_by_role("heading", level=1, name="sudah kami terima").wait_for()
        text = self.page.locator("main").inner_text()
        self.number = re.search(r"MDN-\d\d-\d{6}", text).group()
        self.code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text).group()
        self.words = self.page.locator(".copyable", has_text="Empat kata").locator("b").inner_text()

    def tell(self):
        self.page.get_by_label("Pengaduan").check()
        self.page.get_by_label("Judul singkat").fill(TITLE)
        self.page.get_by_label("Ceritanya").fill(STORY)
        self.page.get_by_role("button", name="Lanjut").click()

    def choose_category(self):
        self.page.get_by_label("Lampu penerangan jalan umum").first.check()
        self.page.get_by_role("button", name="Lanjut").click()

    def answer_its_questions(self):
        self.page.get_by_label("Mati total").check()
        self.page.get_by_role("button", name="Lanjut").click()

    def say_where(self):
        search = self.page.get_by_label("Cari kelurahan atau kecamatan")
        search.fill("Harjosari")
        if self.page.get_by_label("Harjosari I, Kecamatan Medan Amplas").count() == 0:
            self.page.get_by_role("button", name="Cari", exact=True).click()
        self.page.get_by_label("Harjosari I, Kecamatan Medan Amplas").check()
        self.page.get_by_label("Tempat persisnya").fill("depan mushala")
        self.page.get_by_role("button", name="Lanjut").click()

    def say_that_it_is_new(self):
        self.page.wait_for_url(re.compile("/(similar|photos)$"))
        if self.page.url.endswith("/similar"):  # where others have said the like nearby
            self.page.get_by_role("button", name="Bukan, lanjutkan").click()
            self.page.wait_for_url("**/photos")

    def open_own_page(self):
        self.page.goto("/track")
        form = self.page.locator("form", has=self.page.get_by_role("button", name="Buka laporan saya"))
        form.get_by_label("Kode lacak").fill(self.code)
        form.get_by_label("Empat kata").fill(self.words)
        self.page.get_by_role("button", name="Buka laporan saya").click()
        self.page.wait_for_url("**/private")


@WITH_AND_WITHOUT
def test_report_travels_from_a_resident_to_an_answer_and_its_rating(visit, city, javascript):
    resident = Resident(visit("/reports/new", javascript=javascript))
    resident.file(is_anonymous=True)

    moderator = visit(
        f"/triage/{resident.number}", as_=city.account("moderator"), javascript=javascript, size=DESK
    )
    moderator.get_by_role("button", name="Verifikasi dan teruskan").click()
    moderator.wait_for_url("**/triage*")
    official = visit(
        f"/desk/{resident.number}?act=ask",
        as_=city.holder_of(resident.number),
        javascript=javascript,
        size=DESK,
    )
    official.get_by_label("Pertanyaan kepada warga").fill("Tiang nomor berapa yang padam?")
    official.locator("#answer-box").get_by_role("button", name=re.compile("Kirim pertanyaan")).click()
    official.wait_for_load_state()

    resident.open_own_page()
    resident.page.get_by_label(re.compile("Jawaban|Pesan|Keterangan")).first.fill("Tiang nomor 17.")
    resident.page.get_by_role("button", name="Kirim", exact=True).click()
    resident.page.wait_for_load_state()

    official.goto(f"/desk/{resident.number}?act=answer")
    assert "Tiang nomor 17." in official.locator("main").inner_text()
    official.get_by_label("Isi tanggapan").fill("Lampu di tiang 17 sudah kami ganti pagi ini.")
    official.get_by_role("button", name="Kirim jawaban dan selesaikan").click()
    official.wait_for_load_state()

    resident.open_own_page()
    resident.page.get_by_label("Sudah", exact=False).first.check()
    resident.page.get_by_role("button", name="Kirim penilaian").click()
    resident.page.wait_for_load_state()

    public = visit(f"/reports/{resident.number}", javascript=javascript)
    text = public.locator("main").inner_text()
    assert "Lampu di tiang 17 sudah kami ganti pagi ini." in text
    assert "08•• •••• ••12" in text
    assert "0812 3456 7812" not in text
    assert "Ombudsman" in text


@WITH_AND_WITHOUT
def test_clear_report_reaches_its_official_at_once(visit, city, javascript):
    resident = Resident(visit("/reports/new", javascript=javascript))
    resident.file(is_anonymous=False)

    public = visit(f"/reports/{resident.number}", javascript=javascript)

    assert TITLE in public.get_by_role("heading", level=1).inner_text()
    assert city.holder_of(resident.number) is not None


@WITH_AND_WITHOUT
def test_deadline_explains_itself(visit, city, javascript):
    number = city.number_like(state="open", is_confidential=False)

    page = visit(f"/reports/{number}", javascript=javascript)
    page.get_by_role("link", name=re.compile("Mengapa tanggal ini")).first.click()

    page.wait_for_url("**/deadline*")
    assert "hari kerja" in page.locator("main").inner_text()


@WITH_AND_WITHOUT
def test_list_is_narrowed_down_and_its_address_can_be_shared(visit, javascript):
    page = visit("/reports", javascript=javascript, size=DESK)

    page.get_by_label("Keadaan").select_option(label="Sedang ditangani")
    if not javascript:
        page.get_by_role("button", name="Cari").click()
    page.wait_for_url("**state=open*")

    assert "Ditutup" not in page.locator("#report-list").inner_text()


def test_wrong_answers_are_named_beside_their_fields_and_kept(visit):
    page = visit("/reports/new", javascript=False)

    page.get_by_label("Judul singkat").fill("Hanya judul")
    page.get_by_role("button", name="Lanjut").click()

    assert page.get_by_label("Judul singkat").input_value() == "Hanya judul"
    assert page.get_by_role("link", name=re.compile("Ceritakan apa yang terjadi")).count() == 1


def test_english_visitor_files_in_english(visit):
    page = visit("/en/reports/new", javascript=False)

    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_label("Complaint").check()
    assert page.get_by_role("button", name="Continue").count() == 1


def test_desk_can_be_worked_by_keyboard(visit, city):
    page = visit("/desk", as_=city.account("petugas"), size=DESK)

    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.getAttribute('href')")

    assert first.startswith("/desk/")
    assert second.startswith("/desk/")
    assert first != second
