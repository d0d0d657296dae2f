"""Headers that every answer carries."""

import re

import pytest

PAGES = ("/", "/sign-in", "/privacy", "/reports", "/no-such-page", "/healthz", "/static/css/portal.css")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_what_the_portal_does_not_use(client, path):
    with client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))

        assert directives["default-src"] == "'none'"
        assert directives["script-src"] == directives["style-src"] == "'self'"
        assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "microphone=()" in answer.headers["Permissions-Policy"]


def test_browsers_stay_with_tls_once_they_came_with_it(client):
    assert "Strict-Transport-Security" in client.get("/privacy", base_url="https://localhost").headers
    assert "Strict-Transport-Security" not in client.get("/privacy").headers


def test_map_tiles_come_only_from_the_host_that_is_set(portal_with):
    portal = portal_with(tile_url="https://tiles.example/{z}/{x}/{y}.png")
    answer = portal.test_client().get("/static/css/portal.css")
    answer.close()

    assert "img-src 'self' data: https://tiles.example;" in answer.headers["Content-Security-Policy"]


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_session_cookie_needs_tls_where_the_portal_has_it(portal_with):
    portal = portal_with(base_url="https://balai.example")
    cookie = portal.test_client().get("/sign-in").headers["Set-Cookie"]

    assert re.search(r"; Secure\b", cookie)


def test_personal_pages_are_kept_by_nobody(client, login, administrator):
    assert login(administrator).get("/account").headers["Cache-Control"] == "no-store"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"
