"""Examples for refusals, the bodies that they point to, and the moderators' second look."""

from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.categories.models import Category
from portal.reports import services as reports
from tests.builders import MONDAY, make_category, make_outside_body, make_report


def parts(category: Category, people: dict[str, User | None]) -> dict[str, dict[str, Any]]:
    """One refused duty, one report refused before verification, both by somebody else than the moderator."""
    by = people[Role.OFFICIAL]
    assert by is not None
    body = make_outside_body()
    grounds = {"basis": RefusalBasis.NOT_COMPETENT, "outside_body": body, "by": by, "at": MONDAY}
    duty = make_report(category, by=people[Role.RESIDENT]).assignment
    assert duty is not None
    refused = assignments.respond(duty, kind=ResponseKind.REFUSAL, body="Ini urusan PLN.", **grounds)
    early = reports.refuse_unverified(make_report(make_category()), reason="Ini urusan PLN.", **grounds)
    waiting = make_report(make_category())
    return {
        **{f"desk.{name}": {"response_id": refused.id} for name in ("refusal", "overturn")},
        **{f"desk.{name}": {"refusal_id": early.id} for name in ("early_refusal", "overturn_early")},
        "desk.new_refusal": {"number": waiting.number},
        "desk.refused": {},
        "outside_bodies": {"code": body.code},
        **{
            f"administration.{name}": {"agency_id": body.id}
            for name in ("outside_body", "update_outside_body")
        },
    }
