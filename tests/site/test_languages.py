"""Every page without parts in its address opens in both languages, and says all of it in English."""

import re
from html import unescape

import pytest
from babel.messages.pofile import read_po
from flask import url_for

from portal.config import ROOT
from tests.site import examples
from tests.site.routes import matrix, routes
from tests.support.client import PlainClient

TAG = re.compile(r"<[^>]*>")
NOT_PAGES = ("static", "mailroom.", "health.", "pages.styleguide")  # the style guide shows examples
SHORTEST = 12  # letters; shorter texts may be a word that both languages share, or part of a name


@pytest.fixture(scope="module")
def indonesian_only() -> set[str]:
    """Sentences of the interface without a placeholder whose English differs."""
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        messages = [message for message in read_po(file) if isinstance(message.id, str)]
    return {
        message.id
        for message in messages
        if len(message.id) >= SHORTEST and message.string not in ("", message.id) and "%(" not in message.id
    }


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.engine_free)])
def test_every_page_opens(app, login, monkeypatch, language, indonesian_only):
    city, left, rows = examples.city(), {}, matrix()
    if language == "en":  # how a page is made is the same in both
        monkeypatch.setattr(app, "test_client_class", PlainClient)
    clients = {name: login(user) if user else app.test_client() for name, user in city.people.items()}
    prefix = "" if language == "id" else "/en"
    for (method, endpoint), rule in routes(app).items():
        if method != "GET" or rule.arguments or endpoint.startswith(NOT_PAGES):
            continue
        with app.test_request_context():
            path = prefix + url_for(endpoint)
        reader = min(rows[method, endpoint], key=list(clients).index)

        with clients[reader].get(path) as answer:
            assert answer.status_code in (200, 303), path
            if answer.mimetype == "text/html" and language == "en":
                left[path] = sorted(_said(answer.text) & indonesian_only)

    assert {path: sentences for path, sentences in left.items() if sentences} == {}


def _said(page: str) -> set[str]:
    """The texts between the tags of a page."""
    return {" ".join(unescape(text).split()) for text in TAG.split(page.split("<body", 1)[-1])}
