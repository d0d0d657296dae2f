"""An official's day: see what is due, answer it, ask, pass it on; all without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.reports import services
from portal.reports.rules import ReportState
from portal.routing import services as routing
from tests.assignments.duties import at, officer
from tests.builders import make_outside_body
from tests.desk import crowd
from tests.desk.conftest import NOW, City
from tests.support.client import CheckingClient


def test_the_desk_shows_what_is_due_in_its_group(city: City, desk: CheckingClient) -> None:
    report = city.report()

    page = desk.get("/desk").get_data(as_text=True)

    assert "Lampu jalan mati di Jalan Garu III" in page
    assert report.number in page
    assert "1 tugas terbuka" in page
    assert "Nanti" in page


def test_an_empty_desk_says_so(city: City, desk: CheckingClient) -> None:
    assert "Meja Anda kosong" in desk.get("/desk").get_data(as_text=True)


def test_what_is_late_stands_first(city: City, desk: CheckingClient) -> None:
    city.report(title="Parit tumpat di Sitirejo")
    with time_machine.travel(at("2026-11-20 09:00"), tick=False):
        city.report(title="Pohon tumbang di Amplas", at=at("2026-11-20 09:00"))
    with time_machine.travel(at("2026-11-24 09:00"), tick=False):
        page = desk.get("/desk").get_data(as_text=True)

    assert page.index("Terlambat") < page.index("Parit tumpat") < page.index("Pohon tumbang")


def test_filters_stand_in_the_address(city: City, desk: CheckingClient) -> None:
    city.report(title="Parit tumpat di Sitirejo")
    city.report(title="Pohon tumbang di Amplas")

    found = desk.get("/desk?q=pohon").get_data(as_text=True)
    nothing = desk.get("/desk?state=overdue").get_data(as_text=True)
    broken = desk.get("/desk?state=bogus&stage=1&after=~~&official=x")

    assert "Pohon tumbang" in found
    assert "Parit tumpat" not in found
    assert "Tidak ada tugas yang cocok" in nothing
    assert "Pohon tumbang" in broken.get_data(as_text=True)


def test_the_answer_takes_one_form(city: City, desk: CheckingClient) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}")

    answer = desk.submit(page, "/responses", body="Lampu sudah diganti pagi ini.")

    assert answer.status_code == 303
    assert report.state is ReportState.ANSWERED
    assert "Jawaban terkirim" in desk.get(answer.location).get_data(as_text=True)


def test_the_receipt_takes_one_click_and_stops_no_clock(city: City, desk: CheckingClient) -> None:
    report = city.report()

    desk.submit(desk.get(f"/desk/{report.number}"), "/acknowledgement")
    page = desk.get(f"/desk/{report.number}").get_data(as_text=True)

    assert "Tanda terima" in page
    assert report.assignment.responded_at is None
    assert "Kirim tanda terima" not in page


@pytest.mark.parametrize(
    ("act", "done"),
    [("update", "Kabar terkirim"), ("ask", "Pertanyaan terkirim"), ("note", "Catatan tersimpan")],
)
def test_each_kind_of_response_has_its_own_address(
    city: City, desk: CheckingClient, act: str, done: str
) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act={act}")

    answer = desk.submit(page, "/responses", body="Tiang nomor berapa yang mati?")

    assert done in desk.get(answer.location).get_data(as_text=True)


def test_an_empty_answer_comes_back_with_its_fault(city: City, desk: CheckingClient) -> None:
    report = city.report()

    answer = desk.submit(desk.get(f"/desk/{report.number}"), "/responses", body=" ")

    assert answer.status_code == 422
    assert "Tulis isi tanggapan." in answer.get_data(as_text=True)
    assert report.state is ReportState.OPEN


def test_two_who_answer_at_once_keep_their_words(
    city: City, desk: CheckingClient, login: Callable[[User], CheckingClient]
) -> None:
    report = city.report()
    mine = desk.get(f"/desk/{report.number}")
    boss = login(city.boss)
    boss.submit(boss.get(f"/desk/{report.number}?act=update"), "/responses", body="Tim berangkat besok.")

    late = desk.submit(mine, "/responses", body="Lampu sudah diganti.")
    text = late.get_data(as_text=True)

    assert late.status_code == 422
    assert "berubah sejak Anda membukanya" in text
    assert "Lampu sudah diganti." in text
    assert "Tim berangkat besok." in text
    assert desk.submit(late, "/responses").status_code == 303


def test_a_refusal_names_its_basis(city: City, desk: CheckingClient) -> None:
    report, body = city.report(), make_outside_body()
    page = desk.get(f"/desk/{report.number}?act=refuse")

    unfounded = desk.submit(page, "/refusal", body="Bukan urusan kami.")
    nobody = desk.submit(page, "/refusal", body="Bukan urusan kami.", basis="not_competent")
    desk.submit(page, "/refusal", body="Ini urusan PLN.", basis="not_competent", outside_body=str(body.id))

    assert unfounded.status_code == nobody.status_code == 422
    assert "Bukan urusan kami." in nobody.get_data(as_text=True)
    assert report.assignment.state is AssignmentState.ANSWERED


def test_a_matter_of_another_agency_of_the_city_is_transferred_with_what_was_typed(
    city: City, desk: CheckingClient
) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=refuse")

    led_on = desk.submit(page, "/refusal", body="Ini urusan PU.", basis="not_competent", outside_body="city")

    assert "act=transfer" in led_on.location
    assert "Ini urusan PU." in desk.get(led_on.location.partition("#")[0]).get_data(as_text=True)
    assert report.assignment.state is AssignmentState.OPEN


def test_a_duplicate_links_to_the_other_matter(city: City, desk: CheckingClient) -> None:
    report, other = city.report(), city.report()
    page = desk.get(f"/desk/{report.number}?act=refuse")

    itself = desk.submit(page, "/refusal", body="Sama.", basis="duplicate", duplicate_of=report.number)
    desk.submit(page, "/refusal", body="Sama.", basis="duplicate", duplicate_of=other.number.lower())

    assert itself.status_code == 422
    assert f'href="/reports/{other.number}"' in desk.get(f"/reports/{report.number}").get_data(as_text=True)


def test_a_transfer_names_its_receiver(
    city: City, desk: CheckingClient, login: Callable[[User], CheckingClient]
) -> None:
    receiver, official = officer()
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=transfer&agency={official.agency_id}")

    answer = desk.submit(page, "/transfer", official=str(official.id), body="Tiang ini milik dinas lain.")

    assert answer.location.endswith("/desk")
    assert official.name not in desk.get("/desk").get_data(as_text=True)
    assert report.number in login(receiver).get("/desk").get_data(as_text=True)
    assert report.official_id == official.id


def test_a_receiver_may_decline_once(
    city: City, desk: CheckingClient, triage: CheckingClient, login: Callable[[User], CheckingClient]
) -> None:
    receiver, official = officer()
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=transfer&agency={official.agency_id}")
    desk.submit(page, "/transfer", body="Tiang ini milik dinas lain.")
    other = login(receiver)

    back = other.submit(other.get(f"/desk/{report.number}?act=return"), "/return", body="Bukan milik kami.")
    waiting = triage.get("/triage").get_data(as_text=True)
    duty = triage.get(f"/triage/{report.number}/duty")
    done = triage.submit(duty, "/disposition", agency=str(city.official.agency_id))

    assert back.status_code == 303
    assert "Kembali dari dinas" in waiting
    assert done.status_code == 303, done.get_data(as_text=True)
    assert report.assignment.official == city.official


def test_more_time_is_asked_at_the_desk_and_decided_by_the_team(
    city: City, desk: CheckingClient, login: Callable[[User], CheckingClient]
) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=extend")
    desk.submit(page, "/extensions", stage="resolve", days="3", reason="Menunggu suku cadang.")
    boss = login(city.boss)
    team = boss.get("/team")

    decided = boss.submit(team, "/decision", decision="grant")

    assert "Menunggu suku cadang." in team.get_data(as_text=True)
    assert "Perpanjangan disetujui." in boss.get(decided.location).get_data(as_text=True)
    assert report.assignment.extensions[0].is_granted


def test_the_team_shows_who_carries_what_and_hands_it_over(
    city: City, login: Callable[[User], CheckingClient]
) -> None:
    report = city.report()
    _user, colleague = officer(
        city.official.agency, supervisor_id=city.official.supervisor_id, name="Siti Hasibuan"
    )
    boss = login(city.boss)

    team = boss.get("/team").get_data(as_text=True)
    page = boss.get(f"/desk/{report.number}?act=reassign")
    boss.submit(page, "/reassignment", official=str(colleague.id))

    assert "Rahmat Siregar" in team
    assert "Siti Hasibuan" in team
    assert report.official_id == colleague.id


@pytest.mark.parametrize("path", ["/desk", "/desk/{number}", "/team"])
def test_a_page_costs_the_same_for_ten_and_for_two_thousand(
    city: City,
    login: Callable[[User], CheckingClient],
    count_sql: Callable[[], Any],
    path: str,
) -> None:
    boss = login(city.boss)
    client = boss if path == "/team" else login(city.user)
    report = city.report()
    number = report.number
    for _ in range(9):
        city.report()
    db.session.expunge_all()
    with count_sql() as few:
        client.get(path.format(number=number))
    crowd.of_duties(report.assignment, 1_990)
    db.session.expunge_all()
    with count_sql() as many:
        client.get(path.format(number=number))

    assert len(many) == len(few)
    assert len(many) <= 8, "\n\n".join(many)


def test_a_response_is_corrected_by_who_wrote_it(
    city: City, desk: CheckingClient, login: Callable[[User], CheckingClient]
) -> None:
    report = city.report()
    desk.submit(desk.get(f"/desk/{report.number}?act=update"), "/responses", body="Tim brangkat besok.")
    address = f"/desk/{report.number}/responses/{report.assignment.responses[0].id}"

    refused = login(city.boss).get(address)
    done = desk.submit(desk.get(address), body="Tim berangkat besok.")
    page = desk.get(done.location).get_data(as_text=True)

    assert refused.status_code == 403
    assert "Tim berangkat besok." in page
    assert "Disunting." in page


def test_the_inspectorate_sees_every_agency(city: City, login: Callable[[User], CheckingClient]) -> None:
    inspector, _official = officer(None, Role.INSPECTORATE)
    report = city.report()

    page = login(inspector).get("/team").get_data(as_text=True)

    assert "Pengawasan" in page
    assert city.official.agency.name in page
    assert report.number in page


def test_the_story_names_whom_a_report_was_passed_on_to(
    city: City, desk: CheckingClient, client: CheckingClient
) -> None:
    _user, official = officer()
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=transfer&agency={official.agency_id}")

    desk.submit(page, "/transfer", body="Tiang ini milik dinas lain.")

    assert f"{official.agency.name}." in client.get(f"/reports/{report.number}").get_data(as_text=True)


def test_an_anonymous_reporter_stays_unknown_to_those_who_answer(
    city: City, login: Callable[[User], CheckingClient]
) -> None:
    report = city.report(is_anonymous=True)
    found = routing.route_to(city.official.agency_id, None, NOW)
    services.verify(report, routing=found, by=city.moderator, at=NOW)

    page = login(city.boss).get(f"/desk/{report.number}").get_data(as_text=True)

    assert "Ibu Rosmawati" not in page
    assert "rosmawati@contoh.id" not in page
    assert "Pelapor meminta namanya disembunyikan" in page


def test_a_confidential_report_is_read_by_its_agency_only(
    city: City, login: Callable[[User], CheckingClient]
) -> None:
    report = city.report(is_confidential=True)
    found = routing.route_to(city.official.agency_id, None, NOW)
    services.verify(report, routing=found, by=city.moderator, at=NOW)
    stranger, _official = officer()

    assert "Lampu jalan mati" in login(city.user).get(f"/desk/{report.number}").get_data(as_text=True)
    assert login(stranger).get(f"/desk/{report.number}").status_code == 404
