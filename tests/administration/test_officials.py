"""Officials: take on, change, invite, give roles, unlink."""

from portal.accounts import queries as accounts
from portal.accounts.rules import Role
from portal.administration import people
from portal.db import db
from portal.organisation.rules import Rank
from tests.accounts.letterbox import letters_to, link_in
from tests.administration.conftest import HASH, PASSWORD
from tests.builders import make_agency, make_area, make_official, make_user


def test_administrator_takes_on_an_official(admin):
    agency, area = make_agency(name="Dinas Kebersihan"), make_area(code="12.71.01.1001", parent_code=None)
    district = make_area(code="12.71.01", level="district", name="Medan Kota")
    area.parent_code = district.code

    done = admin.submit(
        admin.get("/administration/officials/new"),
        name="Togar Sinaga",
        position="Pengawas lapangan",
        agency_id=str(agency.id),
        active_from="2026-01-02",
        area_codes=[district.code],
    )
    page = admin.get(done.headers["Location"])

    assert "Togar Sinaga sudah disimpan." in page.text
    assert "Medan Kota" in page.text
    assert "Ibu Admin" in page.text


def test_typed_values_stay_when_the_number_is_wrong(admin):
    agency = make_agency()

    answer = admin.submit(
        admin.get("/administration/officials/new"),
        name="Togar Sinaga",
        position="Pengawas",
        employee_number="123",
        agency_id=str(agency.id),
        active_from="2026-01-02",
    )

    assert answer.status_code == 422
    assert 'value="Togar Sinaga"' in answer.text
    assert "NIP terdiri atas 18 angka." in answer.text


def test_number_belongs_to_one_official(admin):
    make_official(employee_number="197402192002012001")
    other = make_official()

    page = admin.get(f"/administration/officials/{other.id}")
    answer = admin.submit(page, employee_number="197402192002012001")

    assert "NIP ini sudah dipakai petugas lain." in answer.text


def test_nobody_stands_above_their_own_supervisor(admin):
    agency = make_agency()
    above = make_official(agency, rank=Rank.SUPERVISOR)
    below = make_official(agency, supervisor_id=above.id)

    page = admin.get(f"/administration/officials/{above.id}")
    answer = admin.submit(page, supervisor_id=str(below.id))

    assert answer.status_code == 422
    assert above.supervisor_id is None


def test_invited_official_makes_an_account_and_gets_the_role_of_the_rank(admin, client):
    official = make_official(email="Togar@Contoh.id", name="Togar Sinaga", rank=Rank.SUPERVISOR)
    admin.submit(admin.get(f"/administration/officials/{official.id}"), "/invitation")

    link = link_in(letters_to("togar@contoh.id")[0])
    done = client.submit(client.get(link), password=PASSWORD)

    assert done.status_code == 303
    assert "Togar Sinaga" in client.get("/account").text
    user = accounts.user_by_email("togar@contoh.id")
    assert official.user_id == user.id
    assert Role.SUPERVISOR in user.roles
    assert client.get(link).status_code == 410


def test_invited_official_with_an_account_proves_it_with_its_password(admin, client):
    user = make_user(email="togar@contoh.id", password_hash=HASH)
    official = make_official(email="togar@contoh.id")
    admin.submit(admin.get(f"/administration/officials/{official.id}"), "/invitation")
    page = client.get(link_in(letters_to("togar@contoh.id")[0]))

    assert client.submit(page, password="bukan kata sandinya").status_code == 422
    assert official.user_id is None

    assert client.submit(page, password=PASSWORD).status_code == 303
    assert official.user_id == user.id
    assert user.roles == {Role.RESIDENT, Role.OFFICIAL}


def test_invitation_is_over_when_the_address_changed(admin, client):
    official = make_official(email="togar@contoh.id")
    admin.submit(admin.get(f"/administration/officials/{official.id}"), "/invitation")
    official.email = "lain@contoh.id"

    assert client.get(link_in(letters_to("togar@contoh.id")[0])).status_code == 410


def test_roles_are_given_beside_the_one_of_the_rank(admin):
    user = make_user(Role.RESIDENT, Role.OFFICIAL)
    official = make_official(user_id=user.id)

    page = admin.get(f"/administration/officials/{official.id}")
    admin.submit(page, "/roles", roles=["moderator"])

    assert user.roles == {Role.RESIDENT, Role.OFFICIAL, Role.MODERATOR}


def test_new_rank_brings_its_role(admin):
    user = make_user(Role.OFFICIAL)
    official = make_official(user_id=user.id)

    admin.submit(admin.get(f"/administration/officials/{official.id}"), rank="head")

    assert user.roles == {Role.HEAD}


def test_unlinked_account_loses_its_roles_and_its_session(admin, login):
    user = make_user(Role.RESIDENT, Role.OFFICIAL, Role.MODERATOR)
    official, browser = make_official(user_id=user.id), login(user)

    admin.submit(admin.get(f"/administration/officials/{official.id}"), "/unlinking")

    assert official.user_id is None
    assert user.roles == {Role.RESIDENT}
    assert browser.get("/account").status_code == 303


def test_last_administrator_stays(admin, administrator):
    official = make_official(user_id=administrator.id)

    answer = admin.submit(admin.get(f"/administration/officials/{official.id}"), "/unlinking")

    assert answer.status_code == 422
    assert "Ini administrator terakhir." in answer.text


def test_officials_are_found_by_name_position_and_agency(admin):
    agency = make_agency()
    make_official(agency, name="Togar Sinaga", position="Pengawas")
    make_official(name="Sri Wahyuni", position="Juru ukur 100%")

    assert "Sri Wahyuni" not in admin.get("/administration/officials?q=togar").text
    assert "Sri Wahyuni" in admin.get("/administration/officials?q=100%25").text
    assert "Sri Wahyuni" not in admin.get(f"/administration/officials?agency={agency.id}").text


def test_list_costs_as_much_for_many_officials_as_for_few(admin, count_sql):
    def cost():
        db.session.commit()
        with count_sql() as statements:
            admin.get("/administration/officials")
        return len(statements)

    agency = make_agency()
    for _ in range(3):
        make_official(agency)
    few = cost()
    for _ in range(60):
        make_official(agency)

    assert cost() == few <= 8
    assert "after_id=" in admin.get("/administration/officials").text


def test_letter_of_an_invitation_names_position_and_agency(app, administrator):
    official = make_official(make_agency(name="Dinas Sosial"), email="togar@contoh.id", position="Penyuluh")

    people.invite(official, by=administrator, at=administrator.created_at)

    assert "Penyuluh di Dinas Sosial" in letters_to("togar@contoh.id")[0].body
