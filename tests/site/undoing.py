"""Ask the portal as somebody, and forget afterwards what that changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from portal.db import db
from tests.support.client import PlainClient


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """What happens inside is forgotten, commits included."""
    savepoint = db._app_engines[app][None].begin_nested()
    yield
    db.session.remove()
    savepoint.rollback()


def client_of(app: Flask, session_id: str | None) -> PlainClient:
    """A browser whose session is this one; None: a visitor's."""
    client = PlainClient(app, app.response_class)
    if session_id is not None:
        with client.session_transaction() as session:
            session["_user_id"] = session_id
    return client
