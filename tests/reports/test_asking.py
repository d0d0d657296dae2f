"""Questions of the kind and the category, from the page of filing to everybody who reads the answers."""

import pytest

from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.rules import QuestionKind
from portal.db import db
from portal.deadlines.models import Clock
from portal.reports import answers, services
from portal.reports.models import Report, ReportAnswer
from portal.reports.rules import ReportKind
from tests.builders import MONDAY, make_filing, make_report, make_user
from tests.reports.conftest import City
from tests.reports.test_filing import begin, choose_place, onward, photo
from tests.support.client import CheckingClient, Form


def make_question(code: str, **changes: object) -> CategoryQuestion:
    values = {"kind": QuestionKind.TEXT, "label_id": "Nomor tiangnya?", "label_en": "Which post?"}
    question = CategoryQuestion(category_code=code, **{**values, "position": 1, **changes})
    db.session.add(question)
    db.session.flush()
    return question


@pytest.fixture
def post(city: City) -> CategoryQuestion:
    return make_question("pju", is_required=True)


@pytest.fixture
def height(city: City) -> CategoryQuestion:
    return make_question(
        "jalan",
        kind=QuestionKind.NUMBER,
        label_id="Setinggi apa airnya?",
        label_en="How high?",
        unit_id="cm",
        unit_en="cm",
        minimum=0,
        maximum=300,
    )


def test_what_a_category_asks_is_answered_and_read_by_all(
    client: CheckingClient, city: City, post: CategoryQuestion
) -> None:
    page = onward(client, begin(client), category="pju")
    assert "Nomor tiangnya?" in page.text

    refused = client.submit(page, **{post.code: " "})
    assert refused.status_code == 422
    assert "Jawab pertanyaan ini lebih dahulu." in refused.text

    page = choose_place(client, onward(client, page, **{post.code: "P-0231, hubungi 081234567890"}), city)
    check = onward(client, onward(client, page))
    assert "P-0231" in check.text
    onward(client, check, action="/check")

    report = db.session.scalars(db.select(Report)).one()
    public = client.get(f"/reports/{report.number}").text
    assert "Nomor tiangnya?" in public
    assert "P-0231" in public
    assert "081234567890" not in public


def test_a_category_without_questions_leads_on_at_once(
    client: CheckingClient, city: City, post: CategoryQuestion
) -> None:
    page = onward(client, begin(client), category="jalan")

    assert page.request.path.endswith("/place")


def test_another_category_forgets_the_answers_of_the_first(
    client: CheckingClient, city: City, post: CategoryQuestion, height: CategoryQuestion
) -> None:
    page = onward(client, begin(client), category="pju")
    onward(client, page, **{post.code: "P-0231"})

    back = client.get(page.request.path.replace("/questions", "/category"))
    page = onward(client, back, category="jalan")

    assert "P-0231" not in page.text
    assert "Setinggi apa airnya? (cm)" in page.text


def test_a_demanded_photo_is_missed_before_sending(client: CheckingClient, city: City) -> None:
    make_question("pju", kind=QuestionKind.PHOTO, label_id="Foto tiang lampunya", is_required=True)
    page = choose_place(client, onward(client, begin(client), category="pju"), city)
    check = onward(client, onward(client, page))

    refused = client.submit(check)

    assert refused.status_code == 422
    assert "Bidang ini meminta foto: Foto tiang lampunya." in refused.text
    photos = client.get(check.request.path.replace("/check", "/photos"))
    onward(client, photos, photos=[(photo(), "tiang.jpg")])
    assert client.submit(client.get(check.request.path)).status_code == 303


def test_answers_stay_as_they_were_asked(city: City, post: CategoryQuestion) -> None:
    report = make_report(city.lights, answers={post.code: "P-7"})

    post.label_id, post.retired_at = "Berapa nomor gardunya?", MONDAY
    db.session.flush()

    assert answers.facts(report.content.answers) == [("Nomor tiangnya?", "P-7")]
    assert answers.public_facts(report) == [("Nomor tiangnya?", "P-7")]


def test_a_number_is_shown_with_its_unit_and_kept_bare(city: City, height: CategoryQuestion) -> None:
    report = make_report(city.roads, answers={height.code: "045"})

    kept = db.session.scalars(db.select(ReportAnswer)).one()
    assert (kept.given, kept.answer_id) == ("45", "45 cm")
    assert report.public_answers is None  # a moderator has not seen it yet


@pytest.mark.parametrize("answer", ["-1", "301", "sepinggang"])
def test_what_does_not_fit_is_not_kept(city: City, height: CategoryQuestion, answer: str) -> None:
    make_report(city.roads, answers={height.code: answer})

    assert db.session.scalars(db.select(ReportAnswer)).all() == []


def test_confidential_and_hidden_reports_show_no_answers(city: City, post: CategoryQuestion) -> None:
    secret = make_report(city.lights, answers={post.code: "P-7"}, is_confidential=True)
    shown = make_report(city.lights, answers={post.code: "P-8"})

    services.hide(shown, at=MONDAY)
    assert secret.public_answers is None
    assert shown.public_answers is None

    services.unhide(shown, at=MONDAY)
    assert answers.public_facts(shown) == [("Nomor tiangnya?", "P-8")]


def test_each_kind_has_its_own_words_and_deadline(client: CheckingClient, city: City) -> None:
    page = client.get("/reports/new").text

    assert "Dijawab tuntas paling lama 14 hari kerja setelah diteruskan." in page
    assert "Dijawab tuntas paling lama 5 hari kerja setelah diteruskan." in page
    refused = client.submit(client.get("/reports/new"), kind="information_request", title="", body="")
    assert "Tulis data, dokumen, atau penjelasan apa yang Anda minta." in refused.text


def request_information(client: CheckingClient, **given: str) -> object:
    page = client.submit(
        client.get("/reports/new"), kind="information_request", title="Jadwal sampah", body="Minta jadwal."
    )
    page = onward(client, client.get(page.location), category="pju")
    return client.submit(page, **given)


def test_a_formal_request_says_what_for_and_who(client: CheckingClient, city: City) -> None:
    formal = {"formality": "Resmi menurut UU 14/2008", "form": "Dibaca di portal ini"}

    refused = request_information(client, **formal)
    assert refused.status_code == 422
    page = onward(client, refused, **formal, purpose="Untuk skripsi")
    check = onward(client, onward(client, choose_place(client, page, city)))
    nameless = client.submit(check)
    assert "Permintaan informasi resmi harus bernama" in nameless.text

    person = client.get(check.request.path.replace("/check", "/person"))
    onward(client, person, name="Siti Rahma")
    onward(client, client.get(check.request.path))

    report = db.session.scalars(db.select(Report)).one()
    assert report.is_formal
    assert report.assignment.matter == "formal_information_request"


def test_an_ordinary_request_needs_no_name(client: CheckingClient, city: City) -> None:
    page = request_information(client, formality="Biasa", form="Dibaca di portal ini")
    page = choose_place(client, client.get(page.location), city)
    onward(client, onward(client, onward(client, page)))

    matters = set(db.session.scalars(db.select(Clock.matter)))
    assert matters == {"information_request"}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Rumah terbakar sekarang", 'href="tel:112"'),
        ("Lampu jalan mati", 'id="advice"'),
    ],
)
def test_a_danger_is_answered_with_a_number_first(
    client: CheckingClient, city: City, title: str, words: str
) -> None:
    page = begin(client, title=title)

    assert words in page.text
    assert ('href="tel:112"' in page.text) == (title != "Lampu jalan mati")
    assert page.request.path.endswith("/category")  # nothing is in the way


def test_the_number_comes_while_it_is_typed(client: CheckingClient, city: City) -> None:
    token = Form.on(client.get("/reports/new"), "/reports/new").values["csrf_token"]

    typed = {"title": "Tolong, orang tenggelam", "csrf_token": token}
    told = client.post("/reports/new/advice", data=typed)

    assert told.status_code == 200
    assert 'href="tel:112"' in told.text


def test_answers_of_a_suggestion_are_its_own(city: City) -> None:
    filing = make_filing(city.lights, kind=ReportKind.SUGGESTION, answers={"gain": "Anak sekolah"})

    report = services.file_report(filing, by=make_user(), at=MONDAY)

    assert answers.public_facts(report) == [("Siapa yang akan terbantu?", "Anak sekolah")]
