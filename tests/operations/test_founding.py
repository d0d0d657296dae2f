"""A new city begins with calendars, a policy and somebody who may set up the rest."""

from flask import Flask

from portal import clock
from portal.accounts import queries as accounts
from portal.accounts.rules import Role
from portal.deadlines import queries as deadlines

ANSWERS = ["--name", "Sari Lubis", "--email", "sari@kota.example", "--password"]


def found(app: Flask, password: str) -> tuple[int, str]:
    outcome = app.test_cli_runner().invoke(args=["city", "found", *ANSWERS, password])
    return outcome.exit_code, outcome.output


def test_new_city_has_deadlines_and_an_administrator(app: Flask) -> None:
    code, told = found(app, "empat-kata-yang-panjang")

    assert (code, told) == (0, "Kota siap; sari@kota.example adalah administrator.\n")
    administrator = accounts.user_by_email("sari@kota.example")
    assert administrator
    assert administrator.is_active
    assert Role.ADMINISTRATOR in administrator.roles
    assert deadlines.policy(clock.now()).silence_days == 10


def test_weak_password_founds_nothing(app: Flask) -> None:
    code, told = found(app, "pendek")

    assert code == 1
    assert told.startswith("Error: ")
    assert accounts.user_by_email("sari@kota.example") is None
