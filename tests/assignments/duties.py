"""A duty with an owner that remembers what it was told."""

from datetime import UTC, datetime
from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import owners, services
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.deadlines import importers
from portal.organisation.models import Agency, Official
from portal.routing.services import Routing
from tests.builders import make_official, make_outside_body, make_user

ORIGIN = "trial"
ZONE = "Asia/Jakarta"


class Memory:
    """An owner that keeps what it heard, in order."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.reminders: list[str] = []

    def owner(self) -> owners.Owner:
        return owners.Owner(
            label="Uji",
            endpoint="pages.home",
            brief=lambda assignment: owners.Brief(kind="Uji", text="", author=""),
            responded=lambda assignment, response: self.heard.append(response.kind.value),
            resolved=lambda assignment, response: self.heard.append("resolved"),
            refused=lambda assignment, response: self.heard.append("refused"),
            moved=lambda assignment, at: self.heard.append("moved"),
            overturned=lambda assignment, response, at: self.heard.append("overturned"),
            reminded=lambda assignment, key, at: self.reminders.append(key),
            fell_silent=lambda assignment, at: self.heard.append("silent"),
        )


def remember() -> Memory:
    """Register a fresh owner of trial duties."""
    memory = Memory()
    owners.register(ORIGIN, memory.owner())
    return memory


def seed_calendars() -> None:
    importers.seed(zone=ZONE, at=datetime(2026, 1, 2, tzinfo=UTC))


def officer(agency: Agency | None = None, *roles: Role, **changes: Any) -> tuple[User, Official]:
    """An official with an account."""
    user = make_user(*(roles or (Role.OFFICIAL,)))
    return user, make_official(agency, user_id=user.id, **changes)


def make_duty(holder: Official | None = None, **changes: Any) -> Assignment:
    """An open duty of the holder, disposed on Monday 16 November 2026 at 09.00."""
    holder = holder or officer()[1]
    values = {
        "origin": ORIGIN,
        "number": f"TRY-{holder.id}-{changes.pop('serial', 1)}",
        "title": "Lampu jalan mati di Jalan Garu III",
        "place": "Depan mushala",
        "matter": "complaint",
        "category_code": None,
        "area_code": None,
        "routing": Routing(holder.agency_id, holder.id, reason={"basis": "moderator"}),
        "is_confidential": False,
        "excluded_agency_id": None,
        "by": None,
        "at": at("2026-11-16 09:00"),
    }
    return services.dispose(**{**values, **changes})


def say(assignment: Assignment, kind: str, by: User, when: str, **changes: Any) -> Response:
    """The holder responds with a text that fits."""
    values = {"body": "Sudah kami periksa di lapangan.", "at": at(when), **changes}
    return services.respond(assignment, kind=ResponseKind(kind), by=by, **values)


def refuse(assignment: Assignment, by: User, when: str, **changes: Any) -> Response:
    """The holder refuses it as a matter of an outside body."""
    values = {"basis": RefusalBasis.NOT_COMPETENT, **changes}
    if values["basis"] is RefusalBasis.NOT_COMPETENT and "outside_body" not in values:
        values["outside_body"] = make_outside_body()
    return say(assignment, "refusal", by, when, **values)


def at(text: str) -> datetime:
    """A moment on Medan's wall clock."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)
