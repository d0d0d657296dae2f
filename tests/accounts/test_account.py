"""Looking after one's own account."""

from datetime import timedelta

import pytest

from portal import clock
from portal.accounts import passwords, services
from tests.accounts.letterbox import letters_to, link_in
from tests.builders import make_user

PASSWORD, NEW = "empat kucing di atap", "lima ayam di halaman"
HASH = passwords.hashed(PASSWORD)


@pytest.fixture
def user(app):
    return make_user(email="rina@contoh.id", password_hash=HASH)


def ask_for_new_password(client, email="rina@contoh.id"):
    return client.submit(client.get("/forgotten-password"), email=email)


def test_forgotten_password_is_replaced_through_the_letter(client, user):
    ask_for_new_password(client)
    page = client.get(link_in(letters_to("rina@contoh.id")[0]))

    assert client.submit(page, password=NEW).status_code == 303

    assert services.sign_in(email="rina@contoh.id", password=NEW, at=clock.now()) is user


def test_link_for_a_new_password_works_once(client, user):
    ask_for_new_password(client)
    link = link_in(letters_to("rina@contoh.id")[0])
    client.submit(client.get(link), password=NEW)

    assert client.get(link).status_code == 410


def test_link_for_a_new_password_is_over_after_an_hour(client, user):
    ask_for_new_password(client)
    token = link_in(letters_to("rina@contoh.id")[0]).rpartition("/")[2]

    assert services.user_for_new_password(token, at=clock.now() + timedelta(minutes=59))
    assert services.user_for_new_password(token, at=clock.now() + timedelta(minutes=61)) is None


def test_link_of_one_purpose_does_not_serve_another(client, user):
    ask_for_new_password(client)
    token = link_in(letters_to("rina@contoh.id")[0]).rpartition("/")[2]

    assert client.get(f"/confirmation/{token}").status_code == 410


def test_forgotten_password_does_not_tell_whether_an_address_is_known(client, user):
    known, unknown = ask_for_new_password(client), ask_for_new_password(client, "tuti@contoh.id")

    assert known.headers["Location"] == unknown.headers["Location"]
    assert letters_to("tuti@contoh.id") == []


def test_new_password_ends_other_sessions_and_keeps_this_one(login, user):
    here, elsewhere = login(user), login(user)

    here.submit(here.get("/account"), "/account/password", current=PASSWORD, new=NEW)

    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


def test_new_password_needs_the_present_one(login, user):
    client = login(user)

    answer = client.submit(client.get("/account"), "/account/password", current="bukan ini", new=NEW)

    assert answer.status_code == 422
    assert "Kata sandi sekarang tidak cocok." in answer.text


def test_other_devices_can_be_signed_out(login, user):
    here, elsewhere = login(user), login(user)

    here.submit(here.get("/account"), "/account/sessions")

    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


def test_name_and_language_of_letters_can_be_changed(login, user):
    client = login(user)

    client.submit(client.get("/account"), "/account", name="Rina S.", language="en")

    assert (user.name, user.language) == ("Rina S.", "en")


def test_privacy_notice_names_law_city_and_contact(client):
    page = client.get("/privacy")

    for words in ("Nomor 27 Tahun 2022", "Pemerintah Kota Medan", "balai-warga@localhost"):
        assert words in page.text
