"""Opening an account."""

from datetime import timedelta

from portal import clock
from portal.accounts import queries, services
from portal.accounts.rules import Role
from tests.accounts.letterbox import letters_to, link_in
from tests.builders import make_user
from tests.support.client import CheckingClient

PASSWORD = "empat kucing di atap"


def sign_up(client: CheckingClient, **changes: str) -> object:
    fields = {"name": "Rina Siregar", "email": "Rina@Contoh.id", "password": PASSWORD}
    return client.submit(client.get("/sign-up"), **{**fields, **changes})


def test_resident_signs_up_confirms_the_address_and_is_signed_in(client):
    assert sign_up(client).headers["Location"] == "/sign-up/sent"

    [letter] = letters_to("rina@contoh.id")
    page = client.get(link_in(letter))
    done = client.submit(page, password=PASSWORD)

    assert done.status_code == 303
    assert "Selamat datang" in client.get("/account").text
    assert queries.user_by_email("rina@contoh.id").roles == {Role.RESIDENT}


def test_opening_the_link_alone_confirms_nothing(client):
    sign_up(client)

    client.get(link_in(letters_to("rina@contoh.id")[0]))

    assert queries.user_by_email("rina@contoh.id").confirmed_at is None


def test_link_without_the_password_confirms_nothing(client):
    sign_up(client)
    page = client.get(link_in(letters_to("rina@contoh.id")[0]))

    answer = client.submit(page, password="bukan kata sandinya")

    assert answer.status_code == 422
    assert queries.user_by_email("rina@contoh.id").confirmed_at is None


def test_answer_does_not_tell_whether_an_address_is_known(client):
    make_user(email="budi@contoh.id")

    known, unknown = sign_up(client, email="budi@contoh.id"), sign_up(client, email="tuti@contoh.id")

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert letters_to("budi@contoh.id")[0].kind == "account_known"


def test_sign_up_with_a_known_address_changes_nothing_of_the_account(client):
    user = make_user(email="budi@contoh.id", name="Budi")

    sign_up(client, email="budi@contoh.id", name="Orang lain")

    assert (user.name, user.password_hash) == ("Budi", None)


def test_who_signs_up_first_cannot_take_the_address_of_another(client):
    sign_up(client, name="Penipu", password="kata sandi penipu")
    sign_up(client)

    page = client.get(link_in(letters_to("rina@contoh.id")[0]))

    assert client.submit(page, password="kata sandi penipu").status_code == 422
    assert client.submit(page, password=PASSWORD).status_code == 303


def test_form_sent_twice_opens_one_account_and_sends_one_letter(client):
    sign_up(client)
    sign_up(client)

    assert len(letters_to("rina@contoh.id")) == 1


def test_typed_values_stay_beside_the_errors(client):
    answer = sign_up(client, email="rina", password="pendek")

    assert answer.status_code == 422
    assert 'value="Rina Siregar"' in answer.text
    assert "Tulis alamat surel yang lengkap" in answer.text
    assert "pendek" not in answer.text.replace("terlalu pendek", "")


def test_easy_passwords_are_refused(client):
    for password in ("password123", "aaaaaaaaaaaa", "rina@contoh.id", "Indonesia1945"):
        assert "mudah ditebak" in sign_up(client, password=password).text


def test_link_is_over_after_three_days(app, client):
    sign_up(client)
    token = link_in(letters_to("rina@contoh.id")[0]).rpartition("/")[2]

    assert services.user_to_confirm(token, at=clock.now() + timedelta(days=2, hours=23))
    assert services.user_to_confirm(token, at=clock.now() + timedelta(days=3, hours=1)) is None


def test_forged_link_leads_to_a_page_that_helps(client):
    answer = client.get("/confirmation/palsu")

    assert answer.status_code == 410
    assert "Minta tautan baru" in answer.text


def test_letter_is_in_the_language_of_the_page(client):
    page = client.get("/en/sign-up")

    client.submit(page, name="Ann", email="ann@example.org", password=PASSWORD)

    assert letters_to("ann@example.org")[0].language == "en"
    assert link_in(letters_to("ann@example.org")[0]).startswith("/en/confirmation/")


def test_accounts_that_nobody_confirmed_are_forgotten_after_a_week(app):
    now = clock.now()
    make_user(email="lama@contoh.id", confirmed_at=None, created_at=now - timedelta(days=8))
    make_user(email="baru@contoh.id", confirmed_at=None, created_at=now - timedelta(days=6))
    make_user(email="tetap@contoh.id", created_at=now - timedelta(days=800))

    services.forget_unconfirmed(at=now)

    assert queries.user_by_email("lama@contoh.id") is None
    assert queries.user_by_email("baru@contoh.id")
    assert queries.user_by_email("tetap@contoh.id")
