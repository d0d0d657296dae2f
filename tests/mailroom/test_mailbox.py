"""Mail is fetched from a mailbox, and one bad message holds up no other."""

from typing import Any

import pytest

from portal.mailroom import mailbox


class Server:
    """An IMAP server with three unread messages."""

    def __init__(self) -> None:
        self.messages = {"1": b"satu", "2": b"rusak", "3": b"tiga"}
        self.seen: list[str] = []

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def login(self, *_account: str) -> None:
        pass

    def select(self, _folder: str) -> tuple[str, list[Any]]:
        return "OK", []

    def search(self, *_wanted: object) -> tuple[str, list[Any]]:
        unread = [one for one in self.messages if one not in self.seen]
        return "OK", [" ".join(unread).encode()]

    def fetch(self, message_id: str, _parts: str) -> tuple[str, list[Any]]:
        return "OK", [(b"", self.messages[message_id]), b")"]

    def store(self, message_id: str, *_flags: str) -> tuple[str, list[Any]]:
        self.seen.append(message_id)
        return "OK", []


@pytest.mark.engine_free
def test_message_that_cannot_be_kept_stays_unread_and_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server, kept = Server(), []

    def keep(raw: bytes) -> None:
        if raw == b"rusak":
            raise RuntimeError
        kept.append(raw)

    monkeypatch.setattr(mailbox, "_connection", lambda url: server)

    mailbox.fetch("imaps://kotak@surat.contoh.id", keep=keep)

    assert kept == [b"satu", b"tiga"]
    assert server.seen == ["1", "3"]
