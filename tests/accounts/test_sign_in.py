"""Signing in and out."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from portal import authz, clock
from portal.accounts import passwords, services
from portal.accounts.rules import SIGN_IN_TRIES, Role
from portal.errors import DomainError
from tests.accounts.letterbox import letters_to
from tests.builders import make_user

PASSWORD = "empat kucing di atap"
HASH = passwords.hashed(PASSWORD)


@pytest.fixture
def user(app):
    return make_user(email="rina@contoh.id", password_hash=HASH)


def sign_in(client, email="rina@contoh.id", password=PASSWORD, page="/sign-in"):
    return client.submit(client.get(page), email=email, password=password)


def test_resident_signs_in_and_out(client, user):
    assert sign_in(client, email=" RINA@contoh.id ").status_code == 303
    account = client.get("/account")
    assert "rina@contoh.id" in account.text

    client.submit(account, "/sign-out")

    assert client.get("/account").status_code == 303


def test_sign_in_leads_back_to_the_page_asked_for(client, user):
    asked = client.get("/en/account")

    answer = sign_in(client, page=asked.headers["Location"])

    assert answer.headers["Location"] == "/en/account"


@pytest.mark.parametrize(
    ("role", "room"),
    [
        (Role.RESIDENT, "/today"),
        (Role.OFFICIAL, "/desk"),
        (Role.HEAD, "/team"),
        (Role.MODERATOR, "/today"),
        (Role.ADMINISTRATOR, "/administration/"),
    ],
)
def test_sign_in_leads_to_where_the_work_waits(app, client, role, room):
    make_user(role, email="rina@contoh.id", password_hash=HASH)

    assert sign_in(client).headers["Location"] == room


@pytest.mark.parametrize(
    "target",
    [
        "https://jahat.example",
        "//jahat.example",
        "/\\jahat.example",
        "/\t/jahat.example",
        "javascript:alert(1)",
        "jahat.example",
        "",
    ],
)
def test_sign_in_never_leads_to_another_site(client, user, target):
    page = client.get("/sign-in", query_string={"next": target})

    answer = client.submit(page, email="rina@contoh.id", password=PASSWORD)

    assert answer.headers["Location"] == "/today"
    assert authz.safe_next(target) is None


def test_wrong_password_and_unknown_address_get_the_same_answer(client, user):
    wrong = sign_in(client, password="bukan kata sandinya")
    unknown = sign_in(client, email="tuti@contoh.id")

    assert wrong.status_code == unknown.status_code == 422
    for answer in (wrong, unknown):
        assert "Alamat surel atau kata sandi tidak cocok." in answer.text


@pytest.mark.parametrize("email", ["rina@contoh.id", "tak-dikenal@contoh.id"])
def test_guessing_must_wait_whether_or_not_the_address_is_known(client, user, email):
    for _ in range(SIGN_IN_TRIES):
        sign_in(client, email=email, password="bukan kata sandinya")

    answer = sign_in(client, email=email)

    assert answer.status_code == 422
    assert "Terlalu banyak percobaan dengan alamat ini." in answer.text


def test_pause_ends_by_itself(user):
    now = clock.now()
    for _ in range(SIGN_IN_TRIES):
        with pytest.raises(DomainError):
            services.sign_in(email=user.email, password="salah", at=now)

    assert services.sign_in(email=user.email, password=PASSWORD, at=now + timedelta(minutes=16)) is user


def test_right_password_ends_the_count(user):
    now = clock.now()
    for _ in range(SIGN_IN_TRIES + 5):
        with pytest.raises(DomainError):
            services.sign_in(email=user.email, password="salah", at=now)
        services.sign_in(email=user.email, password=PASSWORD, at=now)


def test_unconfirmed_account_is_sent_a_new_link(client):
    make_user(email="rina@contoh.id", password_hash=HASH, confirmed_at=None)

    answer = sign_in(client)

    assert answer.status_code == 422
    assert letters_to("rina@contoh.id")[0].kind == "account_confirm"


def test_disabled_account_stays_out_and_loses_its_session(client, login, user):
    signed_in = login(user)
    user.disabled_at = clock.now()

    assert sign_in(client).status_code == 422
    assert signed_in.get("/account").status_code == 303


def test_session_of_an_earlier_epoch_is_over(login, user):
    client = login(user)
    services.end_sessions(user)

    assert client.get("/account").status_code == 303


def test_who_is_signed_in_costs_one_statement(login, count_sql):
    client = login(make_user(Role.OFFICIAL, Role.MODERATOR))

    with count_sql() as statements:
        client.get("/account")

    assert len(statements) == 1, statements


def test_visitor_gets_no_cookie_from_a_public_page(client):
    assert "Set-Cookie" not in client.get("/privacy").headers


def test_weaker_hash_is_replaced_at_sign_in(user):
    user.password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

    services.sign_in(email=user.email, password=PASSWORD, at=clock.now())

    assert "m=19456,t=2,p=1" in user.password_hash


def test_demo_lists_one_account_for_each_role_and_others_list_none(app, client, demo_settings):
    make_user(Role.RESIDENT, email="warga@demo.balaiwarga.example", name="Warga Contoh")
    make_user(Role.OFFICIAL, email="petugas@demo.balaiwarga.example", name="Petugas Contoh")
    make_user(Role.OFFICIAL, email="asli@contoh.id", name="Petugas Asli")

    page = client.get("/sign-in")

    assert "Warga Contoh" in page.text
    assert "Petugas Contoh" in page.text
    assert "Petugas Asli" not in page.text
