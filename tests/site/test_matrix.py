"""Which role gets in where."""

import pytest
from flask import url_for
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.site import examples
from tests.site.routes import EVERYONE, Route, matrix, routes

PUBLIC_POSTS = {
    "accounts.open_session",
    "accounts.sign_out",
    "accounts.create",
    "accounts.confirm",
    "accounts.ask_for_new_password",
    "accounts.set_password",
    "invitations.accept",
}


def test_every_route_has_a_row_and_every_row_a_route(app):
    listed, there = set(matrix()), set(routes(app))

    assert sorted(there - listed) == [], "add these routes to tests/site/matrix.toml"
    assert sorted(listed - there) == [], "these rows of tests/site/matrix.toml name no route"


def test_nothing_changes_without_signing_in_but_what_is_listed_here():
    public = {
        endpoint for (method, endpoint), who in matrix().items() if method != "GET" and "visitor" in who
    }

    assert public == PUBLIC_POSTS


@pytest.fixture
def without_tokens(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)


@pytest.mark.usefixtures("without_tokens")
@pytest.mark.parametrize("route", sorted(matrix()), ids=" ".join)
def test_who_gets_in(app, login, route: Route):
    rule, people = routes(app)[route], examples.people()
    url, is_example = _address(app, rule)

    got_in = set()
    for name, user in people.items():
        client = login(user) if user else app.test_client()
        with client.open(url, method=route[0]) as response:
            if _got_in(response, is_example):
                got_in.add(name)

    assert got_in == matrix()[route]


def _address(app, rule: Rule) -> tuple[str, bool]:
    """The route's address and whether its parts name something that is there."""
    values = examples.parts(rule.endpoint)
    with app.test_request_context():
        if values is None and rule.arguments:
            return url_for(rule.endpoint, **_invented(rule)), False
        return url_for(rule.endpoint, **values or {}), True


def _invented(rule: Rule) -> dict[str, object]:
    return {
        name: 0 if type(converter).__name__ == "IntegerConverter" else "x"
        for name, converter in rule._converters.items()
    }


def _got_in(response: TestResponse, is_example: bool) -> bool:
    assert response.status_code < 500, response.text
    if response.status_code in (302, 303):
        return not response.headers["Location"].split("?")[0].endswith("/sign-in")
    return response.status_code != 403 and not (is_example and response.status_code == 404)


def test_forms_without_a_token_are_refused_everywhere(app, login):
    moderator = login(examples.people()["moderator"])
    for (method, endpoint), rule in routes(app).items():
        if method != "GET":
            url, _ = _address(app, rule)

            answer = moderator.open(url, method=method)

            assert answer.status_code == 400, endpoint
            assert "kedaluwarsa" in answer.text, endpoint


def test_table_knows_only_real_roles():
    assert all(who <= EVERYONE for who in matrix().values())
