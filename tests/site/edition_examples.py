"""An edition, a draft of its correction and a seal, for the tests that walk all routes."""

from datetime import date, timedelta
from typing import Any

from portal.accounts.rules import Role
from portal.ledger import services as ledger
from portal.statistics.editions import services
from tests.builders import MONDAY, make_agency, make_category, make_user
from tests.statistics.rows import make_case


def parts() -> dict[str, dict[str, Any]]:
    agency, category = make_agency(), make_category()
    for _ in range(10):
        make_case(agency, category, MONDAY - timedelta(days=40), answered=2, closed=5)
    first, second = make_user(Role.MODERATOR), make_user(Role.MODERATOR)
    days = date(2026, 10, 1), date(2026, 10, 31)
    edition = services.confirm(services.prepare(*days, by=first, at=MONDAY), by=second, at=MONDAY)
    draft = services.prepare(*days, by=first, at=MONDAY, corrects=edition, reason="Salah hitung.")
    ledger.seal_everything(until=MONDAY, at=MONDAY)
    return {
        "editions": {"number": edition.number, "draft_id": draft.id, "name": "cases.csv"},
        "ledger": {"number": 1},
    }
