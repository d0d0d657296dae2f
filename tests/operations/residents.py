"""Residents at the last page of their reports, who press the button until they are told that it arrived."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE_SECONDS = 60


class Visitor:
    """A browser with a session; `port` is where the portal listens, when it lives."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._headers: dict[str, str] = {}
        self._csrf_token = ""

    def open_form(self) -> None:
        """Fetch the cookie and the token that every form carries; waits until the portal is up."""
        status, headers, body = self._insist("GET", "/reports/new")
        assert status == 200, body
        self._headers = {"Cookie": headers["Set-Cookie"].partition(";")[0], **FORM}
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', body)
        assert found, body
        self._csrf_token = found[1]

    def send(self, token: str) -> int:
        """Press the button until there is an answer; returns its status."""
        fields = urlencode({"csrf_token": self._csrf_token})
        return self._insist("POST", f"/reports/new/{token}/check", fields)[0]

    def _insist(self, method: str, path: str, body: str | None = None) -> tuple[int, dict[str, str], str]:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                return self._ask(method, path, body)
            except (OSError, HTTPException):  # the portal is dead for the moment
                time.sleep(0.1)
        raise AssertionError(f"no answer from {path} within {PATIENCE_SECONDS} seconds")

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, dict[str, str], str]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request(method, path, body, self._headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()


def send_all(
    visitor: Visitor, tokens: list[str], *, at_once: int, on_answer: Callable[[], None]
) -> list[int]:
    """All drafts, so many at the same time; returns the statuses of the answers."""

    def send(token: str) -> int:
        status = visitor.send(token)
        on_answer()
        return status

    with ThreadPoolExecutor(at_once) as people:
        return list(people.map(send, tokens))
