"""Fetch mail from an IMAP mailbox."""

import imaplib
import ssl
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import structlog

AT_ONCE = 50  # messages of one visit; the next one is a minute away
TIMEOUT_SECONDS = 20
LOCAL = ("localhost", "127.0.0.1", "::1")

log = structlog.get_logger()


class MailboxError(Exception):
    """The mailbox cannot be read now. The text names no person."""


def fetch(address: str, *, keep: Callable[[bytes], object]) -> int:
    """Give each unread message to `keep`, then mark it as read; how many there were. Raises MailboxError.

    A message whose `keep` fails stays unread and is met again by the next visit; it holds up no other.
    """
    url = urlsplit(address)
    try:
        with _connection(url) as server:
            server.login(unquote(url.username or ""), unquote(url.password or ""))
            _check(server.select(_folder(url)))
            found = _check(server.search(None, "UNSEEN"))[0] or b""
            ids = found.split()[:AT_ONCE]
            for message_id in ids:
                _take(server, message_id.decode("ascii"), keep)
            return len(ids)
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(f"the mailbox cannot be read: {type(error).__name__}") from error


def _take(server: imaplib.IMAP4, message_id: str, keep: Callable[[bytes], object]) -> None:
    answer = _check(server.fetch(message_id, "(BODY.PEEK[])"))  # peeking marks nothing as read
    raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
    if raw is not None:
        try:
            keep(raw)
        except Exception:
            log.exception("mail not kept")
            return
    _check(server.store(message_id, "+FLAGS", r"(\Seen)"))


def _folder(url: SplitResult) -> str:
    name = unquote(url.path.strip("/")) or "INBOX"
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _check(answer: tuple[str, list[Any]]) -> list[Any]:
    state, found = answer
    if state != "OK":
        raise MailboxError("the mailbox refused a command")
    return found


def _connection(url: SplitResult) -> imaplib.IMAP4:
    """Encrypted, with a certificate that is checked; only a server on this machine goes without."""
    host, tls = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, url.port or 993, ssl_context=tls, timeout=TIMEOUT_SECONDS)
    server = imaplib.IMAP4(host, url.port or 143, timeout=TIMEOUT_SECONDS)
    if host not in LOCAL:
        server.starttls(tls)
    return server
