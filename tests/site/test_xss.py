"""Nothing that somebody writes becomes more than text: on pages, in letters, feeds, calendars, sheets."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask, url_for
from werkzeug.routing import IntegerConverter

from portal import config
from portal.accounts.rules import Role
from portal.config import Settings
from portal.db import db
from portal.notifications import mail
from portal.notifications.models import Notification
from tests.builders import MONDAY
from tests.site import examples, residue
from tests.site.attacks import CORPUS, MARK
from tests.site.routes import matrix
from tests.site.test_malformed import _field_names
from tests.site.undoing import client_of, undone
from tests.site.writers import Hall, write_everywhere

pytestmark = pytest.mark.engine_free  # what a page makes of a text is the same wherever it was stored

TEMPLATES = config.ROOT / "templates"
FORM = "application/x-www-form-urlencoded"
AFTERWARDS = MONDAY.replace(day=20)  # everything was written, and most of it is still open
ROOTS = (
    *("/", "/reports", "/forum", "/projects", "/surveys", "/statistics", "/statistics/editions"),
    *("/moderation/log", "/search"),
)
OWN_ROOTS = (
    *("/today", "/notifications", "/account/ideas", "/account/reports", "/forum/followed", "/desk", "/team"),
    *("/triage", "/moderation", "/statistics/editions/drafts", "/surveys/manage", "/administration/"),
)
LIKE_EACH_OTHER = 4  # addresses that differ in numbers only; the next ones show nothing new
ELSEWHERE = re.compile(
    r"^/(en/|static/|photos/|sign-|demo/|styleguide|reports/new|reports/UJI-)|^/en$"
)  # UJI: cases without words
VIEWERS = (None, Role.RESIDENT, Role.OFFICIAL, Role.HEAD, Role.MODERATOR, Role.ADMINISTRATOR)
EACH_SEES_OTHERS = re.compile(r"^/(desk|reports|forum|projects|surveys)/[^/]+\?$")
SENDERS = ("moderator", "administrator", "official", "head", "supervisor", "inspectorate", "resident")
WITH_PREVIEWS = ("portal.forum", "portal.projects")
WORDS = {  # names of columns that people write in
    *("title", "title_id", "title_en", "body", "text", "note", "reason", "comment", "comments", "subject"),
    *("name", "name_id", "name_en", "description", "description_id", "description_en", "place", "contact"),
    *("caption", "alt", "summary", "achievements", "obstacles", "plan", "story", "agenda", "minutes"),
    *("cancelled_because", "change_note", "question", "decision", "resolution", "status_response"),
    *("asked_reason", "close_reason", "extra_questions", "position", "budget_source"),
    *("words", "dispute", "reply", "label_id", "label_en", "hint_id", "hint_en", "unit_id", "unit_en"),
    *("choices", "given", "answer_id", "answer_en", "public_answers"),
}
OF_MACHINES = {  # names of jobs and files, words that come with files, subjects and reasons that are codes
    "administration_changes.title",
    "calendars.name",
    "edition_files.name",
    "flags.reason",
    "inbound_mails.reason",
    "jobs.name",
    "moderation_decisions.reason",
    "periodic_runs.name",
    "review_items.subject",
    "statistics_snapshots.name",
}


@pytest.fixture
def hall(session) -> Iterator[Hall]:
    """Everything is written."""
    with time_machine.travel(AFTERWARDS, tick=False):
        hall = write_everywhere()
        db.session.commit()
        yield hall


def test_attacks_stand_in_every_text_field(hall):
    bare = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.String | sa.JSON) and column.name in WORDS and not _is_marked(column)
    }

    assert bare <= OF_MACHINES


def _is_marked(column: sa.Column) -> bool:
    return bool(db.session.scalar(sa.select(sa.exists().where(sa.cast(column, sa.Text).contains(MARK)))))


def test_no_attack_comes_out_of_any_page_file_or_feed(app, hall):
    found, seen, opened = {}, set(), Counter()
    sessions = {viewer: hall.people[viewer].get_id() if viewer else None for viewer in VIEWERS}

    for viewer, session in sessions.items():
        for path, answer in walk(client_of(app, session), opened):
            seen.add(answer.mimetype)
            check = residue.BY_KIND.get(answer.mimetype)
            if check and (traces := check(answer.get_data(as_text=True))):
                found[viewer, path] = traces[:3]

    assert found == {}
    assert seen >= {"text/html", "text/csv", "text/calendar", "application/atom+xml", "application/json"}


def walk(client, opened):
    """Every address that somebody can reach by links, and what it answers; without pages that were `opened`
    for somebody else, unless each sees something else there."""
    roots = (*ROOTS, *OWN_ROOTS, f"/search?q={MARK}")
    queue, known, here = list(roots), set(), Counter()
    while queue:
        path = queue.pop(0)
        shape = _shape(path)
        alike = here[shape] if EACH_SEES_OTHERS.match(shape) else max(here[shape], opened[shape])
        if path in known or ELSEWHERE.match(path) or (alike >= LIKE_EACH_OTHER and path not in roots):
            continue
        known.add(path)
        here[shape] += 1
        with client.get(path) as answer:
            assert answer.status_code < 500, path
            opened[shape] += answer.status_code == 200
            yield path, answer
            if answer.mimetype == "text/html":
                queue += _links(path, answer.get_data(as_text=True))


def _shape(path: str) -> str:
    parts = urlsplit(path)
    names = sorted(name for name, _ in parse_qsl(parts.query))
    return re.sub(r"\d+", "0", parts.path) + "?" + "&".join(names)


def _links(path: str, text: str) -> Iterator[str]:
    for address in re.findall(r'<a\b[^>]*?\shref="([^"]*)"', text):
        target = urlsplit(urljoin(path, unescape(address)))
        if not target.netloc and target.scheme == "" and target.path.startswith("/"):
            yield target.path + (f"?{target.query}" if target.query else "")


def test_previews_are_shown_where_this_looks_for_them():
    shown = {
        path.relative_to(TEMPLATES).parts[0]
        for path in TEMPLATES.rglob("*.html")
        if 'name="preview"' in path.read_text()
    }

    assert {f"portal.{name}" for name in shown} == set(WITH_PREVIEWS)


@pytest.mark.parametrize("button", ["save", "preview"])
def test_no_attack_comes_back_from_a_form(app, monkeypatch, button):
    """What was typed stands in the form again, and in the preview; whoever may send it sees the same."""
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)
    city = examples.city()
    sessions = {role: user and user.get_id() for role, user in city.people.items()}
    db.session.commit()
    names = (_field_names() | {"preview"}) - {"token", "lock"} - ({"preview"} if button == "save" else set())
    typed = urlencode(dict.fromkeys(sorted(names), "\n\n".join(CORPUS)))
    found = {}

    for (method, endpoint), who in sorted(matrix().items()):
        module = app.view_functions[endpoint].__module__
        if method != "POST" or (button == "preview" and not module.startswith(WITH_PREVIEWS)):
            continue
        path = _address(app, endpoint, city)
        role = next((role for role in SENDERS if role in who), "visitor")
        with undone(app):
            answer = client_of(app, sessions[role]).post(path, data=typed, content_type=FORM)
            traces = residue.in_html(answer.get_data(as_text=True))
        if traces:
            found[endpoint, role] = traces[:3]

    assert found == {}


def _address(app: Flask, endpoint: str, city: examples.City) -> str:
    rule = next(rule for rule in app.url_map.iter_rules(endpoint) if "POST" in (rule.methods or ()))
    whole = {name for name, one in rule._converters.items() if isinstance(one, IntegerConverter)}
    parts = {name: 0 if name in whole else "x" for name in rule.arguments}
    parts |= {name: value for name, value in city.example(endpoint).items() if name in rule.arguments}
    with app.test_request_context():
        return url_for(endpoint, **parts)


def test_no_attack_comes_out_of_a_search_or_filter(app, hall):
    """Whatever stands in the address is only ever text, too."""
    found = {}
    query = ("q", "area", "category", "agency", "kind", "state", "sort", "status", "after")
    for path in (*ROOTS, "/en/forum"):
        for attack in CORPUS:
            answer = client_of(app, None).get(path, query_string=dict.fromkeys(query, attack))
            if traces := residue.in_html(answer.get_data(as_text=True)):
                found[path, attack] = traces

    assert found == {}


def test_letters_have_one_line_of_subject_and_are_plain(hall):
    letters = db.session.scalars(sa.select(Notification).where(Notification.address.is_not(None))).all()
    settings: Settings = config.current()

    packed = [mail.pack(letter, settings).message for letter in letters]

    assert any(MARK in letter.subject for letter in letters)
    assert [letter.subject for letter in letters if len(letter.subject.splitlines()) != 1] == []
    assert {message.get_content_type() for message in packed} == {"text/plain"}
    assert [message["Bcc"] for message in packed if message["Bcc"]] == []
