"""Examples for the pages on which a moderator sees who filed an anonymous report."""

from typing import Any

from portal.accounts.models import User
from tests.builders import make_category, make_report


def parts(resident: User | None) -> dict[str, dict[str, Any]]:
    """An anonymous report that waits in triage."""
    report = make_report(make_category(), by=resident, is_anonymous=True)
    return {f"desk.{name}": {"number": report.number} for name in ("ask_identity", "open_identity")}
