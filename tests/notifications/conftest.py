"""Letters of the tests' own, and a mail server that keeps what it gets."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

HELLO = "{{ _('Kabar') }}: {{ title }}\n\nIsi: {{ title }}\n\n\n\n{{ url }}\n"


@pytest.fixture(autouse=True)
def hello_letter(portal_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter called `hello` that says its `title`."""
    own = DictLoader({"letters/hello.txt": HELLO})
    environment = portal_app.jinja_env
    monkeypatch.setattr(environment, "loader", ChoiceLoader([own, environment.loader]))


class Inbox:
    """An SMTP server's handler: refuses `unknown@…`, puts `busy@…` off, keeps everything else."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[list[str]] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("unknown@"):
            return "550 no such mailbox"
        if address.startswith("busy@"):
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture
def inbox(portal_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    """What reached the mail server that the portal is set to."""
    handler = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]  # the controller itself cannot be asked for any free port
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings = replace(portal_app.extensions["settings"], smtp_url=f"smtp://127.0.0.1:{port}")
    monkeypatch.setitem(portal_app.extensions, "settings", settings)
    yield handler
    server.stop()
