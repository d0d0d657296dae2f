"""Malformed submissions among valid ones: none is a fault of ours, none costs a valid one. `SOAK=1` sends a
thousand."""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments.models import Response
from portal.db import db
from portal.reports.models import Report, ReportContent
from portal.security import limiter
from tests.builders import make_report, make_user
from tests.reports.conftest import City
from tests.support.client import Form, PlainClient

SUBMISSIONS = 1_000 if os.environ.get("SOAK") else 250
FILED_EVERY = 40  # a valid report, question by question, after so many malformed submissions
SAID_EVERY = 25  # and a valid word from the desk

STRANGE = (
    b"",
    b" \t\r\n ",
    b"\0",
    b"a\0b\x07\x1b[31m",
    b"\xff\xfe\x80",
    b"\xc3\x28 \xed\xa0\x80 \xf0\x28\x8c\xbc",
    "\u202e\u200b\ufeff\u2028".encode(),
    ("😀" * 500).encode(),
    b"x" * 100_000,
    b"-1",
    b"99999999999999999999",
    b"1e400",
    b"NaN",
    b"2026-02-30",
    b"[]",
    b"null",
    b"' OR 1=1 --",
    b"<script>alert(1)</script>",
    b"{{ 7*7 }}%s%(x)s{0}",
    b"../../etc/passwd",
    b"\r\nBcc: a@b.id",
    "①²٣".encode(),
)
BODIES = (
    ("application/json", b'{"title": {"$gt": ""}, "body": [1, null]}'),
    ("application/json", b'["a", {"b": '),
    ("text/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nno end'),
    ("multipart/form-data", b"no boundary"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfet\0i\0t\0l\0e\0=\0a\0"),
    ("application/x-www-form-urlencoded", b"&=&&&%00=%00&title=%ff%zz&" + b"a=1&" * 2000),
    ("application/octet-stream", bytes(range(256))),
    ("", b"title=a&body=b"),
)
SECRET = {"password", "code"}  # never shown again, not even to who typed it


@dataclass(frozen=True)
class Target:
    """A form of the portal: who sends it where, and what a careful person would type."""

    who: str
    path: str
    fields: dict[str, str]
    method: str = "POST"
    weight: int = 6


FILING = {
    "what": {"kind": "complaint", "title": "Lampu padam {n}", "body": "Gelap sejak hari {n}."},
    "category": {"category": "pju"},
    "emergency": {"emergency_read": "y"},
    "unit": {"unit": "0"},
    "place": {
        "q": "harjo",
        "area": "99.71.01.1001",
        "place": "Depan mushala {n}",
        "lat": "3.5",
        "lon": "98.7",
    },
    "photos": {"photos": ""},
    "person": {"name": "Rosmawati {n}", "email": "ros{n}@contoh.id", "is_anonymous": "y"},
    "check": {"seen": ""},
}
FILTERS = {
    "q": "lampu",
    "area": "99.71.01",
    "category": "pju",
    "kind": "complaint",
    "state": "open",
    "from": "0",
}
DUTY = {
    "responses": {"kind": "answer", "body": "Sudah kami perbaiki {n}.", "lock": "0"},
    "refusal": {"basis": "unclear", "body": "Maaf, tidak jelas {n}.", "lock": "0"},
    "transfer": {"agency": "1", "official": "1", "body": "Bukan urusan kami {n}.", "lock": "0"},
    "return": {"body": "Salah alamat {n}.", "lock": "0"},
    "extensions": {"stage": "resolve", "days": "2", "reason": "Menunggu suku cadang {n}.", "lock": "0"},
    "reassignment": {"official": "1", "lock": "0"},
    "acknowledgement": {},
}
TRIAGE = {
    "verification": {"agency": "1", "other": "", "title": "Jalan rusak {n}", "body": "Lubang besar {n}."},
    "correction": {"kind": "complaint", "category": "jalan", "area": "99.71.01.1001"},
    "question": {"question": "Di mana persisnya {n}?"},
    "refusal": {"basis": "unclear", "explanation": "Bukan urusan kota {n}."},
}


class Siege:
    """The people of the city, each in a browser with a valid token, and what they can send."""

    def __init__(self, city: City, login: Callable[[User], PlainClient], visitor: PlainClient) -> None:
        self.chance = random.Random(2026)
        official = db.session.get_one(User, city.official.user_id)
        self.duty = make_report(city.lights, email="warga@contoh.id")
        self.waiting = make_report(city.roads)
        self.browsers = {
            "visitor": visitor,
            "official": login(official),
            "moderator": login(make_user(Role.MODERATOR)),
            "resident": login(make_user()),
        }
        official.role_rows[0].role = Role.OFFICIAL
        db.session.commit()
        self.tokens = {
            who: Form.on(browser.get("/reports/new"), None).values["csrf_token"]
            for who, browser in self.browsers.items()
        }
        self.draft = self.begin("Draf yang dikepung")
        self.targets = list(self._targets())
        self.serial = 0

    def begin(self, title: str) -> str:
        """A draft whose first question is answered; gives its address."""
        answer = self.send("visitor", "/reports/new", {"kind": "complaint", "title": title, "body": title})
        return str(answer.location).removesuffix("/category")

    def send(self, who: str, path: str, fields: dict[str, str]) -> TestResponse:
        data = {**fields, "csrf_token": self.tokens[who]}
        return self.browsers[who].post(path, data=data)

    def file(self, title: str) -> TestResponse:
        """A whole report, while forged submissions arrive at the same draft."""
        draft = self.begin(title)
        for step in ("category", "place", "photos", "person", "check"):
            forged = {**_numbered(FILING["what"], 0), "csrf_token": "palsu"}
            assert self.browsers["visitor"].post(f"{draft}/what", data=forged).status_code == 400
            answer = self.send(
                "visitor", f"{draft}/{step}", _numbered(FILING[step], 0) | {"is_anonymous": ""}
            )
            assert answer.status_code == 303, (step, answer.get_data(as_text=True)[:2000])
        return answer

    def spoil(self) -> tuple[Target, dict[str, Any], set[str]]:
        """A malformed submission: where it goes, what is sent, and the texts in it that are valid."""
        self.serial += 1
        target = self.chance.choices(self.targets, [target.weight for target in self.targets])[0]
        valid = _numbered(target.fields, self.serial)
        bad = self.chance.sample(sorted(valid), self.chance.randint(0, len(valid)) or len(valid))
        typed: dict[str, Any] = {name: text.encode() for name, text in valid.items()}
        typed |= {name: self.chance.choice(STRANGE) for name in bad}
        if target.method == "GET":
            return target, {"query_string": urlencode(typed)}, set()
        token = self.tokens[target.who].encode()
        if self.chance.random() < 0.4:
            return target, self.chance.choice(MANNERS)(self.chance, typed, bad, token), set()
        kept = {valid[name] for name in valid.keys() - set(bad) - SECRET if "{n}" in target.fields[name]}
        return target, _form({**typed, "csrf_token": token}), kept

    def _targets(self) -> Iterator[Target]:
        yield Target("visitor", "/reports/new", FILING["what"], weight=20)
        for step, fields in FILING.items():
            yield Target("visitor", f"{self.draft}/{step}", fields, weight=12)
        track = {"number": self.duty.number, "code": "ABCD-EFGH-JK"}
        yield Target("visitor", "/track", track, weight=20)
        yield Target("visitor", "/track/lost-numbers", {"email": "warga{n}@contoh.id"})
        person = {"name": "Warga {n}", "email": "warga{n}@contoh.id"}
        yield Target("visitor", "/sign-up", {**person, "password": "sandi panjang sekali"}, weight=3)
        yield Target("visitor", "/sign-in", {"email": "warga{n}@contoh.id", "password": "sandi"}, weight=3)
        yield Target("visitor", "/reports/lookup", {"number": self.duty.number}, "GET", 12)
        yield Target("visitor", "/reports/similar", {"title": "lampu"}, "GET")
        yield Target("visitor", "/reports", {**FILTERS, "before": "1-1", "overdue": "1"}, "GET", 20)
        yield Target("official", "/desk", {**FILTERS, "stage": "respond", "after": "1-1"}, "GET", 12)
        yield Target("moderator", "/triage", {"after": "1-1"}, "GET")
        for act, fields in DUTY.items():
            yield Target("official", f"/desk/{self.duty.number}/{act}", fields)
        for act, fields in TRIAGE.items():
            yield Target("moderator", f"/triage/{self.waiting.number}/{act}", fields)
        yield Target("resident", f"/reports/{self.duty.number}/messages", {"message": "Masih gelap {n}."})


@pytest.fixture
def unlooked_at(app: Flask, monkeypatch: Any) -> None:
    """How these pages are made is looked at elsewhere."""
    monkeypatch.setattr(app, "test_client_class", PlainClient)


@pytest.fixture
def siege(unlooked_at: None, city: City, login: Any, client: PlainClient, monkeypatch: Any) -> Siege:
    monkeypatch.setattr(limiter, "enabled", False)
    return Siege(city, login, client)


def test_malformed_submissions_are_no_fault_of_ours_and_cost_nobody_a_valid_one(siege: Siege) -> None:
    spoken = make_report(db.session.get_one(Report, siege.duty.id).category).number
    db.session.commit()
    faults, lost, titles, words = [], [], [], []

    for serial in range(SUBMISSIONS):
        target, request, kept = siege.spoil()
        answer = siege.browsers[target.who].open(target.path, method=target.method, **request)
        if answer.status_code >= 500:
            faults.append((target.path, answer.status_code, str(request)[:300]))
        if answer.status_code == 422:
            shown = unescape(answer.get_data(as_text=True))
            lost += [(target.path, text, str(request)[:300]) for text in kept if text not in shown]
        if serial % FILED_EVERY == 0:
            titles.append(f"Laporan sah {serial}")
            assert "/receipt" in siege.file(titles[-1]).location
        if serial % SAID_EVERY == 0:
            words.append(f"Kabar sah {serial}")
            said = siege.send("official", f"/desk/{spoken}/responses", {"kind": "note", "body": words[-1]})
            assert said.status_code == 303

    assert not faults, "\n".join(map(str, faults[:40]))
    assert not lost, "\n".join(map(str, lost[:40]))
    assert set(titles) <= set(db.session.scalars(db.select(ReportContent.title)))
    assert set(words) <= set(db.session.scalars(db.select(Response.body)))


def _numbered(fields: dict[str, str], serial: int) -> dict[str, str]:
    return {name: text.replace("{n}", str(serial)) for name, text in fields.items()}


def _form(typed: Any) -> dict[str, Any]:
    return {"data": urlencode(typed), "content_type": "application/x-www-form-urlencoded"}


def _another_body(chance: random.Random, typed: Any, bad: list[str], token: bytes) -> dict[str, Any]:
    """Something else than a form, with the token in a header so that it is read at all."""
    kind, body = chance.choice(BODIES)
    return {"data": body, "content_type": kind, "headers": {"X-CSRFToken": token.decode()}}


def _forged(chance: random.Random, typed: Any, bad: list[str], token: bytes) -> dict[str, Any]:
    forged = chance.choice((*STRANGE[:4], token[:-3] + b"abc", token[::-1]))
    return _form({**typed, "csrf_token": forged})


def _files(chance: random.Random, typed: Any, bad: list[str], token: bytes) -> dict[str, Any]:
    """Files where texts are expected."""
    texts = {name: value.decode("utf-8", "replace") for name, value in typed.items()}
    files = {name: (BytesIO(typed[name]), "a.jpg") for name in bad}
    data = {**texts, **files, "csrf_token": token.decode()}
    return {"data": data, "content_type": "multipart/form-data"}


def _doubled(chance: random.Random, typed: Any, bad: list[str], token: bytes) -> dict[str, Any]:
    return _form([*typed.items(), *((name, b"lagi") for name in bad), ("csrf_token", token)])


MANNERS = (_another_body, _forged, _files, _doubled)
