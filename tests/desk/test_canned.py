"""Canned answers: written by those who lead, filled by the duty, never in the way of what was typed."""

from collections.abc import Callable

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.canned import services
from portal.canned.models import CannedAnswer
from portal.db import db
from portal.desk import filling
from portal.reports import services as reports
from tests.assignments.duties import officer
from tests.builders import make_user
from tests.desk.conftest import NOW, City
from tests.desk.pressing import keep
from tests.support.client import CheckingClient

TEXT = "Yth. {nama}, laporan {nomor} sudah dikerjakan {dinas}. Salam, {petugas}."


@pytest.fixture
def canned(city: City) -> CannedAnswer:
    return services.write("Lampu jalan", TEXT, agency_id=city.official.agency_id, by=city.boss, at=NOW)


def test_a_canned_answer_is_filled_with_the_duty_and_keeps_what_was_typed(
    city: City, desk: CheckingClient, canned: CannedAnswer
) -> None:
    report = city.report()
    keep(desk, desk.get(f"/desk/{report.number}?act=update"), body="Kami sudah ke lokasi.")
    choice = desk.get(f"/desk/{report.number}/canned-answers?act=update")

    back = desk.submit(choice, "/draft/beginning")
    box = desk.get(back.location)
    desk.submit(box, "/responses")

    body = report.assignment.responses[0].body
    assert body.startswith("Kami sudah ke lokasi.\n\nYth. Bapak/Ibu, laporan " + report.number)
    assert city.official.agency.name in body
    assert city.user.name in body
    assert report.assignment.responses[0].canned_version_id == canned.newest.id


def test_the_answer_box_leads_to_canned_answers_and_keeps_the_words_on_the_way(
    city: City, desk: CheckingClient, canned: CannedAnswer
) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=ask")

    choice = keep(desk, page, body="Tiang nomor berapa?", then="canned")

    assert choice.location.endswith("/canned-answers?act=ask")
    assert "Lampu jalan" in desk.get(choice.location).get_data(as_text=True)
    assert "Tiang nomor berapa?" in desk.get(f"/desk/{report.number}").get_data(as_text=True)


def test_canned_answers_of_others_and_retired_ones_are_not_offered(
    city: City, desk: CheckingClient, canned: CannedAnswer
) -> None:
    report = city.report()
    _user, stranger = officer()
    services.write("Milik dinas lain", "Isi.", agency_id=stranger.agency_id, by=city.boss, at=NOW)
    services.write("Milik kota", "Isi.", agency_id=None, by=city.boss, at=NOW)
    services.retire(canned, by=city.boss, at=NOW)

    offered = desk.get(f"/desk/{report.number}/canned-answers").get_data(as_text=True)

    assert "Milik kota" in offered
    assert "Milik dinas lain" not in offered
    assert "Lampu jalan sudah" not in offered
    assert "Pakai: Lampu jalan" not in offered


def test_an_unknown_placeholder_is_named_beside_the_field(
    city: City, login: Callable[[User], CheckingClient]
) -> None:
    boss = login(city.boss)
    page = boss.get("/team/canned-answers/new")

    answer = boss.submit(page, title="Lampu", body="Yth. {nama}, di {alamat}.")

    assert answer.status_code == 422
    assert "{alamat}" in answer.get_data(as_text=True)
    assert "Isian ini tidak dikenal" in answer.get_data(as_text=True)
    assert db.session.query(CannedAnswer).count() == 0


def test_each_change_is_a_version_that_says_who_and_what(
    city: City, canned: CannedAnswer, login: Callable[[User], CheckingClient]
) -> None:
    boss = login(city.boss)
    address = f"/team/canned-answers/{canned.id}"

    boss.submit(boss.get(address), address, body="Yth. {nama}, lampu {nomor} menyala.")
    boss.submit(boss.get(address), "/retirement")
    page = boss.get(address).get_data(as_text=True)

    assert [one.number for one in canned.versions] == [1, 2, 3]
    assert canned.versions[0].body == TEXT
    assert "<ins>lampu</ins>" in page
    assert "<del>laporan</del>" in page
    assert city.boss.name in page
    assert "Sejak saat ini tidak ditawarkan lagi." in page
    assert canned.retired_at == NOW


def test_leaders_write_for_their_own_agency_and_administrators_for_all(
    city: City, canned: CannedAnswer, login: Callable[[User], CheckingClient]
) -> None:
    other, official = officer(None, Role.SUPERVISOR)
    administrator = login(make_user(Role.ADMINISTRATOR))
    address = f"/team/canned-answers/{canned.id}"

    assert login(other).get(address).status_code == 403
    assert login(city.user).get("/team/canned-answers").status_code == 403
    forged = login(other)
    page = forged.get("/team/canned-answers/new")
    assert (
        forged.submit(page, title="Lampu", body="Isi.", agency=str(city.official.agency_id)).status_code
        == 422
    )
    page = administrator.get("/team/canned-answers/new")
    assert administrator.submit(page, title="Lampu", body="Isi.", agency="").status_code == 303
    assert administrator.get(address).status_code == 200
    assert official.agency.name in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("is_hidden", "shown"), [(False, "Lampu mati, hubungi [nomor telepon]"), (True, "laporan Anda")]
)
def test_a_canned_answer_names_the_matter_as_the_public_reads_it(
    city: City, is_hidden: bool, shown: str
) -> None:
    report = city.report(title="Lampu mati, hubungi 0812-3456-7890")
    if is_hidden:
        reports.hide(report, at=NOW)

    title = filling.values(report.assignment, city.user, NOW)["judul"]

    assert "0812" not in title
    assert title == (shown if is_hidden else report.title)
