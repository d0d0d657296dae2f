"""Visitors without a session share pages; nobody sees another's, and nobody sees an old one for long."""

import pytest
from flask import Flask, Response

from portal import page_cache
from portal.db import db
from tests.builders import make_user

pytestmark = pytest.mark.engine_free


@pytest.fixture
def city():
    """A small app with a public page that counts how often it is made."""
    app = Flask("cached")
    app.secret_key = "test"
    made = {"count": 0, "version": 1}

    @app.get("/")
    @page_cache.public
    def home():
        made["count"] += 1
        return f"<p>{made['count']}</p>"

    page_cache.init_app(app, version=lambda: made["version"])
    cache = app.wsgi_app
    return app.test_client(), made, cache


def test_second_visitor_gets_the_page_that_was_made_for_the_first(city):
    client, made, _ = city

    first, second = client.get("/"), client.get("/")

    assert first.data == second.data
    assert made["count"] == 1


def test_visitor_who_has_the_page_is_told_so(city):
    client, _, _ = city
    etag = client.get("/").headers["ETag"]

    again = client.get("/", headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert again.data == b""


def test_page_is_made_anew_after_something_happened(city):
    client, made, cache = city
    client.get("/")

    made["version"] = 2
    cache._looked_at = float("-inf")  # a second passes
    client.get("/")

    assert made["count"] == 2


def test_visitor_with_a_cookie_is_never_served_from_the_cache(city):
    client, made, _ = city
    client.get("/")
    client.set_cookie("session", "somebody")

    page = client.get("/")

    assert made["count"] == 2
    assert page.headers.get("Cache-Control") != page_cache.PUBLIC


def test_addresses_with_other_filters_are_other_pages(city):
    client, made, _ = city

    client.get("/?state=open")
    client.get("/?state=closed")

    assert made["count"] == 2


def test_signed_in_person_gets_the_shared_page_with_a_menu_of_their_own(app, login):
    user = make_user(name="Rosmawati")
    db.session.commit()
    client = login(user)
    del client.environ_base[page_cache.FRESH]  # as a browser asks

    page = client.get("/en/reports?q=payung").get_data(as_text=True)

    assert "Rosmawati" in page
    assert 'action="/en/sign-out"' in page
    assert page.count('id="menu"') == 1
    assert "Rosmawati" not in client.application.test_client().get("/en/reports?q=payung").get_data(
        as_text=True
    )


def test_a_shared_feed_stays_a_feed_for_somebody_who_is_signed_in(city):
    client, _, _ = city

    @client.application.get("/feed")
    @page_cache.public
    def feed():
        return Response("<feed/>", mimetype="application/atom+xml")

    with client.session_transaction() as session:
        session["_user_id"] = "1"

    assert client.get("/feed").mimetype == "application/atom+xml"
