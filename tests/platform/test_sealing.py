"""Anonymous reports of a portal that stood before identities were sealed: what named their people goes."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from portal.app import create_app
from portal.db import db
from portal.reports.identity import sealing
from tests.conftest import settings_for

BEFORE, SEALED = "0018", "0019"
AT = datetime(2026, 11, 16, 2, tzinfo=UTC)
NUMBER, PAGE = "MDN-26-000001", "/reports/MDN-26-000001/private"
REPLY = {"key": "m", "raw": b"Dari Sari", "sender": "sari@contoh.id", "handled_at": AT, "notification_id": 1}
ROWS: list[tuple[str, dict[str, Any]]] = [
    ("users", {"id": 7, "email": "sari@contoh.id", "unread_count": 3}),
    ("categories", {"code": "jalan"}),
    ("reports", {"id": 1, "number": NUMBER, "is_anonymous": True, "category_code": "jalan"}),
    ("reports", {"id": 2, "number": "MDN-26-000002", "category_code": "jalan"}),
    ("reports", {"id": 3, "number": "MDN-26-000003", "is_anonymous": True, "category_code": "jalan"}),
    ("reporters", {"report_id": 1, "user_id": 7, "language": "en"}),
    ("reporters", {"report_id": 2, "user_id": 7, "name": "Sari"}),
    ("reporters", {"report_id": 3, "email": "tamu@contoh.id"}),
    ("notifications", {"id": 1, "key": "a", "path": PAGE, "user_id": 7, "address": "s@c.id", "sent_at": AT}),
    ("notifications", {"id": 2, "key": "b", "path": PAGE, "user_id": 7, "address": "s@c.id", "body": "Isi"}),
    ("notifications", {"id": 3, "key": "c", "path": "/reports/MDN-26-000002/private", "user_id": 7}),
    ("inbound_mails", REPLY),
    ("report_merges", {"id": 5, "report_id": 1, "into_id": 2, "by_id": 7, "adds_reporter": False}),
    ("supporters", {"report_id": 2, "user_id": 7, "merge_id": 5, "is_affected": True}),
]


@pytest.fixture
def filled(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """A portal of that day, with an anonymous report of an account and one of an address."""
    app = create_app(settings_for(new_database(), tmp_path))
    with app.app_context():
        upgrade(revision=BEFORE)
        tables = sa.MetaData()
        for name, values in ROWS:
            table = sa.Table(name, tables, autoload_with=db.engine, extend_existing=True)
            db.session.execute(table.insert().values(**_whole(table, values)))
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def _whole(table: sa.Table, values: dict[str, Any]) -> dict[str, Any]:
    """With something in every column that may not be empty."""
    needed = [
        one for one in table.columns if not one.nullable and not one.server_default and one.name != "id"
    ]
    return {**{one.name: _any(one.type) for one in needed}, **values}


def _any(kind: Any) -> Any:
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.DateTime):
        return AT
    if isinstance(kind, sa.JSON):
        return {}
    return "x" if isinstance(kind, sa.String) else 0


def _all(statement: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.session.execute(sa.text(statement))]


@pytest.mark.usefixtures("filled")
def test_what_named_an_anonymous_reporter_goes_behind_the_seal() -> None:
    upgrade(revision=SEALED)

    account, guest = _all("SELECT sealed, lookup FROM sealed_identities ORDER BY report_id")
    assert sealing.unseal(account[0], NUMBER).user_id == 7
    assert account[1] in sealing.lookups(7)
    assert sealing.unseal(guest[0], "MDN-26-000003").email == "tamu@contoh.id"
    assert _all("SELECT report_id, user_id, email, name FROM reporters ORDER BY report_id") == [
        (1, None, None, ""),
        (2, 7, None, "Sari"),  # who is not anonymous stays named
        (3, None, None, ""),
    ]
    letters = _all("SELECT user_id, address, body, sealed_for FROM notifications ORDER BY id")
    assert letters[:2] == [(None, None, "", NUMBER)] * 2
    assert letters[2][0] == 7
    assert "Isi" in str(
        _all("SELECT texts FROM notifications WHERE id = 2")
    )  # not sent yet: it still goes out
    assert _all("SELECT unread_count FROM users") == [(1,)]
    assert _all("SELECT raw, sender, notification_id FROM inbound_mails") == [(None, "", None)]
    assert _all("SELECT count(*) FROM supporters") == [(0,)]
    assert [bool(row[0]) for row in _all("SELECT adds_reporter FROM report_merges")] == [True]
    db.session.commit()

    downgrade(revision=BEFORE)

    assert _all("SELECT user_id, email FROM reporters ORDER BY report_id") == [
        (7, None),
        (7, None),
        (None, "tamu@contoh.id"),
    ]
