"""Which role gets in where."""

import os

import pytest
from flask import url_for
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.routing import IntegerConverter, Rule

from portal.db import db
from tests.site import examples
from tests.site.routes import EVERYONE, SIGNED_IN, matrix, routes
from tests.site.undoing import client_of, undone

SOAK = bool(os.environ.get("SOAK"))
ELSEWHERE = ("/sign-in", "/track?number=")  # asked to sign in, or for the tracking code of the report

PROVEN_BY_ADDRESS = {
    "followers.end",
    "notifications.mute",
    "notifications.unmute",
}  # mail programs have no form of ours
PROVEN_BY_KEY = {"open311.create_request"}  # programs have no form of ours
PUBLIC_POSTS = PROVEN_BY_ADDRESS | {
    "accounts.open_session",
    "accounts.sign_out",
    "accounts.create",
    "accounts.confirm",
    "accounts.ask_for_new_password",
    "accounts.set_password",
    "invitations.accept",
    "filing.begin_typed",
    "filing.close_receipt",
    "filing.create",
    "filing.keep_typed",
    "filing.remove",
    "filing.remove_covered",
    "filing.save_covering",
    "filing.send_part",
    "filing.save_category",
    "filing.save_emergency",
    "filing.save_outside",
    "filing.save_person",
    "filing.save_photos",
    "filing.save_place",
    "filing.pass_similar",
    "filing.save_questions",
    "filing.first_aid",
    "filing.save_unit",
    "filing.save_what",
    "filing.send",
    "offline.send",
    "followers.confirm",
    "followers.create",
    "following.open_by_code",
    "following.open_by_link",
    "following.send_lost_numbers",
    "surveys.answer_invitation",
    "surveys.create_answer",
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


@pytest.fixture
def unlooked_at(app, monkeypatch):
    """Pages are not made: other tests look at them. Who gets in is decided before."""
    monkeypatch.setattr(app.jinja_env, "get_or_select_template", lambda name: Template(""))


@pytest.mark.engine_free
@pytest.mark.usefixtures("without_tokens", "unlooked_at")
def test_who_gets_in(app):
    city, rules = examples.city(), routes(app)
    sessions = {name: user.get_id() if user else None for name, user in city.people.items()}
    db.session.commit()
    wrong = {}

    for turn, (route, allowed) in enumerate(matrix().items()):
        url, is_example = _address(app, rules[route], city)
        asked, got_in = _asked(allowed, turn), set()
        for name in asked:
            with undone(app):
                if _got_in(client_of(app, sessions[name]), route[0], url, is_example):
                    got_in.add(name)
        if got_in != allowed & asked:
            wrong[route] = {"extra": sorted(got_in - allowed), "missing": sorted(allowed & asked - got_in)}

    assert wrong == {}


def _asked(allowed: frozenset[str], turn: int) -> frozenset[str]:
    """Who knocks: everybody where roles matter; where they do not, the visitor and one or two roles in turn,
    with SOAK=1 everybody there, too."""
    if SOAK or allowed not in (EVERYONE, SIGNED_IN):
        return EVERYONE
    roles = sorted(SIGNED_IN - {"resident"})
    return frozenset(
        {"visitor", roles[turn % len(roles)]} | (set() if "visitor" in allowed else {"resident"})
    )


def _address(app, rule: Rule, city: examples.City) -> tuple[str, bool]:
    """The route's address, and whether all its parts name something that is there."""
    known = {name: value for name, value in city.example(rule.endpoint).items() if name in rule.arguments}
    with app.test_request_context():
        return url_for(rule.endpoint, **{**_invented(rule), **known}), known.keys() == rule.arguments


def _invented(rule: Rule) -> dict[str, object]:
    numbers = {name for name, one in rule._converters.items() if isinstance(one, IntegerConverter)}
    return {name: 0 if name in numbers else "x" for name in rule.arguments}


def _got_in(client: FlaskClient, method: str, url: str, is_example: bool) -> bool:
    with client.open(url, method=method) as response:
        assert response.status_code < 500 or url == "/readyz", response.text
        if response.status_code in (302, 303):
            return not response.headers["Location"].startswith(ELSEWHERE)
        return response.status_code != 403 and not (is_example and response.status_code == 404)


@pytest.mark.engine_free
def test_forms_without_a_token_are_refused_everywhere(app, login):
    city = examples.city()
    moderator = login(city.people["moderator"])
    for (method, endpoint), rule in routes(app).items():
        if method != "GET" and endpoint not in PROVEN_BY_ADDRESS | PROVEN_BY_KEY:
            url, _ = _address(app, rule, city)

            answer = moderator.open(url, method=method)

            assert answer.status_code == 400, endpoint
            assert "kedaluwarsa" in answer.text, endpoint


def test_table_knows_only_real_roles():
    assert all(who <= EVERYONE for who in matrix().values())
