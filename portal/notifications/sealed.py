"""Letters to those whose address stands in no letter: who reads one is found in memory, when it goes out.

A sealed reader is named `scheme:name`; the reporter of an anonymous report by its number alone.
"""

from collections.abc import Callable
from typing import NamedTuple, cast

from flask import Flask, current_app

from portal.notifications.models import Notification
from portal.notifications.rules import Recipient

Resolver = Callable[[str], Recipient | None]
EXTENSION = "sealed-recipients"
REPORTER = "report"  # the scheme of names without one


class Readers(NamedTuple):
    """Who is found by `resolver`; `ending_path` is the page that ends their letters, where there is one."""

    resolver: Resolver
    ending_path: Callable[[str], str] | None = None


def register(
    app: Flask,
    resolver: Resolver,
    *,
    scheme: str = REPORTER,
    ending_path: Callable[[str], str] | None = None,
) -> None:
    """Have `resolver` find the reporter of an anonymous report by its number, or a reader of `scheme`."""
    app.extensions.setdefault(EXTENSION, {})[scheme] = Readers(resolver, ending_path)


def ending_path(sealed_for: str) -> str | None:
    """Where this reader ends letters like this one; None where that would say who they are."""
    readers, name = _readers(sealed_for)
    return readers.ending_path(name) if readers.ending_path else None


def _readers(sealed_for: str) -> tuple[Readers, str]:
    scheme, _colon, name = sealed_for.rpartition(":")
    return cast(Readers, current_app.extensions[EXTENSION][scheme or REPORTER]), name


def addressed(notification: Notification) -> Notification | None:
    """The letter as it goes out. That of a sealed reader is a copy that is never stored, in their language
    and to their address; None when nobody is there to read it."""
    if notification.sealed_for is None:
        return notification
    readers, name = _readers(notification.sealed_for)
    reader = readers.resolver(name)
    if reader is None or not notification.texts:
        return None
    texts = notification.texts
    language = reader.language if reader.language in texts else next(iter(texts))
    subject, body = texts[language]
    return Notification(
        id=notification.id,
        key=notification.key,
        kind=notification.kind,
        user_id=reader.user_id,
        address=reader.address,
        language=language,
        subject=subject,
        body=body,
        path=notification.path,
        sealed_for=notification.sealed_for,
        created_at=notification.created_at,
    )
