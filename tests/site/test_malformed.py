"""Malformed requests to one route after another: no fault of ours follows from any of them. `SOAK=1` sends
a thousand."""

import os
import random
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter
from wtforms.fields.core import UnboundField

from portal.db import db
from portal.forms import Form
from tests.site import examples
from tests.site.routes import matrix, routes
from tests.site.undoing import client_of, undone

REQUESTS = 1_000 if os.environ.get("SOAK") else 300
NASTY = (
    "",
    " ",
    "\0",
    "a\0b",
    "\x07\x1b[31m",
    "\u202e\u200b\ufeff",
    "😀" * 300,
    "x" * 20_000,
    "-1",
    "0",
    "99999999999999999999",
    "1e400",
    "NaN",
    "0000-00-00",
    "9999-12-31",
    "2026-02-30",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "%s%(x)s{0}",
    "../../etc/passwd",
    "\r\nBcc: a@b.id",
    "a@b.id, c@d.id",
    "[]",
    "null",
)
PLAUSIBLE = (
    "1",
    "y",
    "on",
    "complaint",
    "warga@contoh.id",
    "2026-11-16",
    "five_day",
    "Jalan rusak di depan pasar",
)
BODIES = (
    ("application/json", b'["a", {"b": [1]}]'),
    ("application/json", b"{"),
    ("text/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nno end'),
    ("multipart/form-data", b"no boundary"),
    ("application/x-www-form-urlencoded", b"title=%ff%fe%80&body=%c3%28&=&&&%00=%00"),
    ("application/octet-stream", bytes(range(256))),
)


@pytest.fixture
def without_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the battle: behind the token, so that forms are read at all."""
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)


@pytest.mark.usefixtures("without_tokens")
def test_no_malformed_request_is_a_fault_of_ours(app: Flask) -> None:
    city, chance = examples.city(), random.Random(2026)
    sessions = {name: user.get_id() if user else None for name, user in city.people.items()}
    db.session.commit()
    table = sorted(matrix().items())
    order = cycle(chance.sample(table, len(table)))
    faults = []

    for (method, endpoint), who in islice(order, REQUESTS):
        request = _request(app, city, chance, method, endpoint)
        client = client_of(app, sessions[chance.choice(sorted(who))] if who else None)
        with undone(app):
            status = _status(client, request)
        if status >= 500 and not endpoint.startswith("health."):
            faults.append((method, endpoint, status, request))

    assert faults == []


def _request(
    app: Flask, city: examples.City, chance: random.Random, method: str, endpoint: str
) -> dict[str, Any]:
    """Garbage for one route: in the parts of its address, its query, or its body."""
    rule = routes(app)[method, endpoint]
    parts = {name: chance.choice((*NASTY[2:-2], "1")) for name in rule.arguments}
    whole = sorted(name for name, one in rule._converters.items() if isinstance(one, IntegerConverter))
    parts |= {name: chance.randrange(10**20) for name in whole}
    parts |= {
        name: chance.choice(sorted(one.items))
        for name, one in rule._converters.items()
        if isinstance(one, AnyConverter)
    }
    if chance.random() < 0.7:
        parts |= {name: value for name, value in city.example(endpoint).items() if name in rule.arguments}
    with app.test_request_context():
        path = url_for(endpoint, **parts)
    typed = {name: chance.choice(NASTY + PLAUSIBLE) for name in sorted(_field_names())}
    if method == "GET":
        return {"method": method, "path": path, "query_string": dict(chance.sample(sorted(typed.items()), 8))}
    if chance.random() < 0.25:
        kind, body = chance.choice(BODIES)
        return {"method": method, "path": path, "content_type": kind, "data": body}
    return {"method": method, "path": path, "data": typed}


def _status(client: FlaskClient, request: dict[str, Any]) -> int:
    with client.open(**request) as response:
        return response.status_code


@cache
def _field_names() -> set[str]:
    """Names of every field of every form, and of the filters."""
    return {name for form in _forms(Form) for name in dir(form) if _is_field(form, name)} | FILTERS


FILTERS = {
    "q",
    "agency",
    "area",
    "category",
    "after",
    "after_id",
    "before",
    "year",
    "from",
    "to",
    "cutoff",
    "page",
}


def _is_field(form: type[Form], name: str) -> bool:
    return isinstance(getattr(form, name, None), UnboundField)


def _forms(base: type[Form]) -> Iterator[type[Form]]:
    for form in base.__subclasses__():
        yield form
        yield from _forms(form)
