"""What the reporter does after filing: find it, answer, judge, take it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments import silence
from portal.assignments.rules import RefusalBasis, ResponseKind, Verdict
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.errors import DomainError
from portal.notifications.models import Notification
from portal.reports import services
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_outside_body,
    make_report,
    make_routing_rule,
    make_user,
)
from tests.reports.conftest import City
from tests.support.client import CheckingClient

CODE = "7K3M-9QXP-T2AB"
Login = Callable[[User], CheckingClient]


@pytest.fixture
def report(city: City) -> Report:
    return make_report(
        city.lights, area_code=city.area.code, tracking_code=CODE, email="siti@contoh.id", name="Siti"
    )


@pytest.fixture
def own(client: CheckingClient, report: Report) -> CheckingClient:
    """A visitor who showed the number and the code."""
    client.submit(client.get("/track"), action="/track", number=report.number, code="7k3m 9qxp t2ab")
    return client


def respond(
    report: Report, city: City, kind: ResponseKind, body: str = "Sudah kami perbaiki.", days: int = 1
) -> None:
    by = db.session.get_one(User, city.official.user_id)
    is_refused = kind is ResponseKind.REFUSAL
    grounds = {"basis": RefusalBasis.NOT_COMPETENT, "outside_body": make_outside_body()} if is_refused else {}
    assert report.assignment is not None
    assignments.respond(
        report.assignment, kind=kind, body=body, by=by, **grounds, at=MONDAY + timedelta(days=days)
    )


def letters_to(address: str) -> list[str]:
    return list(db.session.scalars(db.select(Notification.kind).filter_by(address=address)))


def test_number_and_code_open_the_private_page(own: CheckingClient, report: Report) -> None:
    page = own.get(f"/reports/{report.number}/private")

    assert "Halaman ini hanya untuk Anda" in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_a_wrong_code_opens_nothing(client: CheckingClient, report: Report) -> None:
    answer = client.submit(client.get("/track"), action="/track", number=report.number, code="AAAA")

    assert answer.status_code == 422
    assert "tidak cocok" in answer.text
    assert "/track" in client.get(f"/reports/{report.number}/private").location


def test_the_reporter_answers_and_the_clock_runs_again(
    own: CheckingClient, report: Report, city: City
) -> None:
    respond(report, city, ResponseKind.QUESTION, "Tiang nomor berapa?")
    page = own.get(f"/reports/{report.number}/private")
    card = page.text.split("Petugas menunggu jawaban Anda")[1].split("</form>")[0]
    assert "Tiang nomor berapa?" in card  # the question stands where it is answered
    assert "Jika dijawab hari ini, penyelesaiannya jatuh tempo" in page.text  # not the first answer's date

    own.submit(page, action="/messages", message="Tiang nomor 14, hubungi 081234567812.")

    stages = db.session.scalars(db.select(StageDeadline).filter_by(clock_id=report.assignment.clock_id))
    assert not any(stage.is_paused for stage in stages)
    public = own.get(f"/reports/{report.number}").text
    assert "Tiang nomor 14" in public
    assert "081234567812" not in public


def test_the_public_page_leads_the_reporter_to_what_they_owe(
    client: CheckingClient, report: Report, city: City
) -> None:
    address = f"/reports/{report.number}"
    assert "Buka halaman pelapor" in client.get(address).text

    respond(report, city, ResponseKind.QUESTION, "Tiang nomor berapa?")
    assert "Jawab pertanyaannya" in client.get(address).text

    respond(report, city, ResponseKind.ANSWER, days=2)
    assert "Katakan apakah sudah selesai" in client.get(address).text


def test_an_answer_asks_for_a_verdict_and_solved_ends_it(
    own: CheckingClient, report: Report, city: City
) -> None:
    respond(report, city, ResponseKind.ANSWER)
    page = own.get(f"/reports/{report.number}/private")

    own.submit(page, action="/verdict", verdict="solved", stars="5")

    assert (report.state, report.ending) == (ReportState.CLOSED, Ending.SOLVED)
    assert "Penilaian: 5 dari 5." in own.get(f"/reports/{report.number}").text
    assert "Ombudsman" in own.get(f"/reports/{report.number}").text


def test_the_record_names_the_agency_where_no_official_holds_it(client: CheckingClient, city: City) -> None:
    category = make_category()
    make_routing_rule(category, make_agency(name="Dinas Kesehatan"))
    report = make_report(category, area_code=city.area.code)

    step = client.get(f"/reports/{report.number}").text.split("Diteruskan kepada dinas")[1]

    assert "Dinas Kesehatan" in step.split("</li>")[0]


def test_an_answer_that_meets_two_stages_shows_the_resolution_first(
    client: CheckingClient, report: Report, city: City
) -> None:
    respond(report, city, ResponseKind.ANSWER)

    page = client.get(f"/reports/{report.number}").text

    assert "Penyelesaian" in page.split('class="clock__stage"')[1].split("</p>")[0]


def test_not_solved_reopens_on_the_old_clock_once(report: Report, city: City) -> None:
    respond(report, city, ResponseKind.ANSWER)
    unsolved = {"verdict": Verdict.NOT, "stars": None, "comment": ""}

    services.give_verdict(report, **unsolved, at=MONDAY + timedelta(days=2))
    assert report.state is ReportState.OPEN
    assert report.closed_at is None
    assert report.first_closed_at is not None

    respond(report, city, ResponseKind.ANSWER, days=3)
    services.give_verdict(report, **unsolved, at=MONDAY + timedelta(days=4))
    assert report.disputed_at is not None
    assert report.state is ReportState.ANSWERED


def test_a_closed_report_is_reopened_within_thirty_days(report: Report, city: City) -> None:
    respond(report, city, ResponseKind.ANSWER)
    silence.close(MONDAY + timedelta(days=16))

    with pytest.raises(DomainError):
        services.reopen(report, at=MONDAY + timedelta(days=32))
    services.reopen(report, at=MONDAY + timedelta(days=30))

    assert (report.state, report.ending) == (ReportState.OPEN, None)


def test_agreeing_with_a_refusal_ends_it_as_refused(report: Report, city: City) -> None:
    respond(report, city, ResponseKind.REFUSAL, "Ini wewenang provinsi.")

    services.give_verdict(report, verdict=Verdict.SOLVED, stars=3, comment="", at=MONDAY + timedelta(days=2))

    assert report.ending is Ending.REFUSED


def test_silence_closes_and_never_counts_as_solved(report: Report, city: City) -> None:
    respond(report, city, ResponseKind.ANSWER)

    silence.close(MONDAY + timedelta(days=14))
    assert report.state is ReportState.ANSWERED

    silence.close(MONDAY + timedelta(days=16))
    assert report.ending is Ending.SILENCE


def test_silence_after_a_refusal_leaves_it_refused(report: Report, city: City) -> None:
    respond(report, city, ResponseKind.REFUSAL, "Ini wewenang provinsi.")

    silence.close(MONDAY + timedelta(days=16))

    assert report.ending is Ending.REFUSED


def test_the_reporter_is_reminded_at_five_and_eight_days_once_each(report: Report, city: City) -> None:
    respond(report, city, ResponseKind.ANSWER)

    for days in range(2, 15):
        silence.remind(MONDAY + timedelta(days=days))

    assert letters_to("siti@contoh.id").count("report_verdict_reminder") == 2


def test_every_step_is_told_by_letter(report: Report, city: City) -> None:
    respond(report, city, ResponseKind.INTERIM, "Teknisi berangkat besok.")
    respond(report, city, ResponseKind.ANSWER)

    assert letters_to("siti@contoh.id") == [
        "report_received", "report_verified", "report_interim", "report_answered"
    ]  # fmt: skip


def test_the_reporter_takes_it_back(own: CheckingClient, report: Report) -> None:
    own.submit(own.get(f"/reports/{report.number}/private"), action="/withdrawal")

    assert report.ending is Ending.WITHDRAWN
    stages = db.session.scalars(db.select(StageDeadline).filter_by(clock_id=report.assignment.clock_id))
    assert not any(stage.is_open for stage in stages)


def test_lost_numbers_come_by_letter_with_a_link_for_a_day(client: CheckingClient, report: Report) -> None:
    client.submit(client.get("/track/lost-numbers"), email="SITI@contoh.id")

    letter = db.session.scalars(db.select(Notification).filter_by(kind="lost_numbers")).one()
    assert report.number in letter.body
    path = letter.body.split("/track/")[1].split()[0]
    opened = client.submit(client.get(f"/track/{path}"), action=path)
    assert opened.location.endswith(f"/reports/{report.number}/private")


def test_an_unknown_address_gets_the_same_answer(client: CheckingClient, report: Report) -> None:
    known = client.submit(client.get("/track/lost-numbers"), email="siti@contoh.id")
    unknown = client.submit(client.get("/track/lost-numbers"), email="orang@lain.id")

    assert known.text == unknown.text


def test_a_forged_link_opens_nothing(client: CheckingClient, report: Report) -> None:
    assert client.get(f"/track/{report.number}.forged.link").status_code == 410


def test_a_neighbour_supports_once_and_is_told(login: Login, report: Report, city: City) -> None:
    neighbour = make_user()
    client = login(neighbour)

    client.submit(client.get(f"/reports/{report.number}/support"), action="/support")
    services.support(report, by=neighbour, at=MONDAY)
    respond(report, city, ResponseKind.ANSWER)

    assert report.supporter_count == 1
    assert "followed_report_answered" in letters_to(neighbour.email)


def test_following_is_not_counted(login: Login, report: Report) -> None:
    client = login(make_user())

    client.submit(client.get(f"/reports/{report.number}/support"), action="/followers")
    assert report.supporter_count == 0

    client.submit(client.get(f"/reports/{report.number}/support"), action="/followers/removal")
    assert "Ikuti laporan ini" in client.get(f"/reports/{report.number}/support").text


def test_followers_hear_nothing_of_a_hidden_report(report: Report, city: City) -> None:
    neighbour = make_user()
    services.support(report, by=neighbour, at=MONDAY)
    services.hide(report, at=MONDAY)

    respond(report, city, ResponseKind.ANSWER)

    assert letters_to(neighbour.email) == []
    assert "report_answered" in letters_to("siti@contoh.id")


def test_why_it_was_withdrawn_stands_in_its_course_without_personal_data(
    own: CheckingClient, report: Report
) -> None:
    page = own.get(f"/reports/{report.number}/private")

    own.submit(page, action="/withdrawal", reason="Sudah saya perbaiki sendiri, 0812-3456-7890.")

    public = own.get(f"/reports/{report.number}").text
    assert "Sudah saya perbaiki sendiri" in public
    assert "0812-3456-7890" not in public
