"""The ways between the rooms: what stands in the menu for whom, and which room one is in."""

from collections.abc import Callable

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from tests.builders import make_project, make_user
from tests.support.client import CheckingClient

PUBLIC = ("Buat laporan", "Laporan", "Forum", "Rencana bersama", "Kinerja kota")
OWN = ("Laporan saya", "Gagasan saya", "Utas yang diikuti")
ROOMS = {
    Role.RESIDENT: OWN,
    Role.OFFICIAL: ("Meja kerja", "Loket"),
    Role.SUPERVISOR: ("Meja kerja", "Tim", "Loket"),
    Role.INSPECTORATE: ("Pengawasan", "Identitas yang dibuka"),
    Role.MODERATOR: ("Meja verifikasi", "Loket", "Moderasi", "Edisi", "Survei", "Kelola forum"),
    Role.ADMINISTRATOR: ("Survei", "Kelola forum", "Administrasi"),
}
FOOT = ("Lacak laporan", "Edisi statistik", "Survei", "Tata tertib", "Catatan moderasi", "Catatan publik")


def labels(page: str, start: str, end: str) -> list[str]:
    """The links between two marks of a page, in their order."""
    part = page.split(start, 1)[1].split(end, 1)[0]
    return [piece.split("</a>")[0].split(">")[-1] for piece in part.split("<a ")[1:]]


def test_visitors_find_every_public_room_and_the_way_in(client: CheckingClient) -> None:
    page = client.get("/").text

    assert tuple(labels(page, 'aria-label="Utama"', "</nav>")) == PUBLIC
    assert 'href="/sign-in"' in page
    assert "Menunggu Anda" not in page


@pytest.mark.parametrize(("role", "rooms"), ROOMS.items())
def test_each_role_finds_its_own_rooms(
    login: Callable[[User], CheckingClient], role: Role, rooms: tuple[str, ...]
) -> None:
    page = login(make_user(role)).get("/").text

    assert tuple(labels(page, 'aria-label="Untuk Anda"', "</nav>")) == ("Menunggu Anda", *rooms)


def test_the_foot_leads_to_what_holds_the_city_to_its_word(client: CheckingClient) -> None:
    found = labels(client.get("/").text, 'class="foot__links"', "</ul>")

    assert set(FOOT) <= set(found)


@pytest.mark.parametrize(
    ("path", "room"),
    [("/reports/new", "Buat laporan"), ("/reports", "Laporan"), ("/forum", "Forum"), ("/en/forum", "Forum")],
)
def test_the_menu_says_which_room_one_is_in(client: CheckingClient, path: str, room: str) -> None:
    page = client.get(path).text

    [current] = [piece for piece in page.split("<a ")[1:] if "aria-current" in piece.split(">")[0]]
    assert f">{room}</a>" in current.replace("Report a problem", room)


def test_rooms_of_a_project_lie_in_the_room_of_projects(client: CheckingClient) -> None:
    project = make_project()

    page = client.get(f"/projects/{project.slug}/ideas").text

    assert 'href="/projects" aria-current="page"' in page
