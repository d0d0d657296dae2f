"""Four writers send reports whose questions are all answered, as fast as they are acknowledged."""

import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from portal import clock
from portal.db import db
from portal.reports.filing import services
from portal.reports.filing.rules import Answers

WRITERS = 4
ANSWERS = Answers(
    title="Lampu jalan mati di depan mushala",
    body="Sudah empat malam lampu jalan di depan mushala mati.",
    category="pju",
    area="12.71.09.1004",
    place="depan mushala",
)


@dataclass(frozen=True)
class Filed:
    """Acknowledged reports a second, and how many were refused."""

    rate: float
    refused: int


def prepare(count: int) -> list[str]:
    """Drafts that only wait for sending; gives their tokens."""
    tokens = [services.begin(ANSWERS, at=clock.now()) for _ in range(count)]
    db.session.commit()
    return tokens


def measure(address: str, tokens: list[str]) -> Filed:
    """Send every draft once."""
    shares = [tokens[writer::WRITERS] for writer in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        senders = list(pool.map(lambda share: Sender(address, share), shares))
        began = time.perf_counter()
        answers = sum(pool.map(Sender.send_all, senders), Counter[int]())
        took = time.perf_counter() - began
    acknowledged = answers[303]
    return Filed(acknowledged / took, answers.total() - acknowledged)


class Sender:
    """One resident's browser: a connection, a session and its form token."""

    def __init__(self, address: str, tokens: list[str]) -> None:
        self.tokens = tokens
        self.connection = HTTPConnection(urlsplit(address).netloc)
        self.connection.request("GET", f"/reports/new/{tokens[0]}/check")
        response = self.connection.getresponse()
        page = response.read().decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, f"no form on the last page of filing: {response.status}"
        self.body = urlencode({"csrf_token": found.group(1)})
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": (response.headers["Set-Cookie"] or "").split(";")[0],
        }

    def send_all(self) -> Counter[int]:
        answers: Counter[int] = Counter()
        for token in self.tokens:
            self.connection.request("POST", f"/reports/new/{token}/check", self.body, self.headers)
            response = self.connection.getresponse()
            response.read()
            answers[response.status] += 1
        return answers
