"""Uploads that are stuck stop nobody else."""

import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from waitress.server import create_server

from portal.cli.run import THREADS, served_with

pytestmark = pytest.mark.engine_free

STUCK = THREADS + 8
HEAD = (
    b"POST /reports/new/x/photos HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 400000\r\n\r\n"
)


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    options = served_with(app.config["MAX_CONTENT_LENGTH"])
    server = create_server(app, host="127.0.0.1", port=0, **options)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    thread.join(timeout=5)


def test_more_stuck_uploads_than_threads_leave_others_served(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(STUCK):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            line.sendall(HEAD + bytes(100_000))  # and then nothing any more

        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            assert answer.status == 200


def test_an_upload_that_says_that_it_is_too_large_is_refused_unread(port: int) -> None:
    head = HEAD.replace(b"400000", b"999999999")
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(head)

        assert b" 413 " in line.recv(4096)
