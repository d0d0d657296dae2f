"""Who may do what with a duty, and who may read it at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import handovers, policy, queries
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines.rules.stages import Matter
from portal.routing.services import Routing
from tests.assignments.duties import at, make_duty, officer, remember, say, seed_calendars
from tests.builders import make_agency, make_user

PEOPLE = ("holder", "boss", "head", "colleague", "stranger", "moderator", "inspector", "resident")


@dataclass
class Hall:
    """One person of each kind, and a duty that the holder has."""

    people: dict[str, User] = field(default_factory=dict)
    duty: Any = None


@pytest.fixture
def hall(session: object) -> Hall:
    seed_calendars()
    remember()
    found = Hall()
    found.people["head"], chief = officer(None, Role.HEAD)
    found.people["boss"], leader = officer(chief.agency, Role.SUPERVISOR, supervisor_id=chief.id)
    found.people["holder"], holder = officer(chief.agency, supervisor_id=leader.id)
    found.people["colleague"], _ = officer(chief.agency, supervisor_id=leader.id)
    found.people["stranger"], _ = officer()
    found.people["moderator"] = make_user(Role.MODERATOR)
    found.people["inspector"], _ = officer(make_agency(kind="inspektorat"), Role.INSPECTORATE)
    found.people["resident"] = make_user()
    found.duty = make_duty(holder)
    return found


def allowed(hall: Hall, may: Callable[[User, Any], bool], thing: Any = None) -> set[str]:
    return {name for name in PEOPLE if may(hall.people[name], thing or hall.duty)}


@pytest.mark.parametrize(
    ("may", "who"),
    [
        (policy.may_respond, {"holder", "boss", "head"}),
        (policy.may_note, {"holder", "boss", "head"}),
        (policy.may_transfer, {"holder", "boss", "head"}),
        (policy.may_ask_extension, {"holder", "boss", "head"}),
        (policy.may_reassign, {"boss", "head"}),
        (policy.may_send_back, set()),
        (policy.may_redispose, set()),
    ],
)
def test_an_open_duty_belongs_to_its_holder_and_those_above(
    hall: Hall, may: Callable[[User, Assignment], bool], who: set[str]
) -> None:
    assert allowed(hall, may) == who


@pytest.mark.parametrize(
    ("may", "who"),
    [
        (policy.may_respond, set()),
        (policy.may_transfer, set()),
        (policy.may_reassign, set()),
        (policy.may_redispose, {"moderator"}),
    ],
)
def test_a_returned_duty_belongs_to_the_moderators(
    hall: Hall, may: Callable[[User, Assignment], bool], who: set[str]
) -> None:
    hall.duty.state = AssignmentState.RETURNED

    assert allowed(hall, may) == who


def test_a_receiver_may_decline_until_it_has_said_something(hall: Hall) -> None:
    receiver, official = officer()
    hall.people["stranger"] = receiver
    handovers.transfer(
        hall.duty,
        reason="Bukan kami.",
        to_official=official,
        by=hall.people["holder"],
        at=at("2026-11-17 10:00"),
    )
    assert allowed(hall, policy.may_send_back) == {"stranger"}

    say(hall.duty, "interim", receiver, "2026-11-17 11:00")
    db.session.expire(hall.duty, ["responses"])

    assert allowed(hall, policy.may_send_back) == set()


def test_only_its_author_corrects_a_response(hall: Hall) -> None:
    response = say(hall.duty, "interim", hall.people["holder"], "2026-11-17 10:00")

    assert allowed(hall, policy.may_edit, response) == {"holder"}


def readers(hall: Hall, **changes: Any) -> set[str]:
    """Who may read a duty like the hall's, changed."""
    for name, value in changes.items():
        setattr(hall.duty, name, value)
    db.session.flush()
    return {name for name in PEOPLE if queries.may_still_read(hall.duty, hall.people[name])}


def test_the_agency_its_line_moderators_and_the_inspectorate_read_a_duty(hall: Hall) -> None:
    assert readers(hall) == {"holder", "boss", "head", "colleague", "moderator", "inspector"}


def test_a_confidential_duty_stays_with_the_agency_and_the_moderators(hall: Hall) -> None:
    assert "inspector" not in readers(hall, is_confidential=True)
    assert "inspector" in readers(hall, is_confidential=True, matter=Matter.SUPERVISORY_COMPLAINT)


def test_the_unit_that_a_matter_is_about_and_its_line_never_read_it(hall: Hall) -> None:
    concerned = hall.duty.agency_id
    _user, inspector = officer(make_agency(kind="inspektorat"))
    duty = make_duty(
        inspector,
        serial=2,
        matter=Matter.SUPERVISORY_COMPLAINT,
        excluded_agency_id=concerned,
        routing=Routing(inspector.agency_id, inspector.id, reason={"basis": "inspectorate"}),
    )
    also_moderator, _ = officer(hall.duty.agency, Role.MODERATOR)
    hall.people["colleague"] = also_moderator

    found = {name for name in PEOPLE if queries.may_still_read(duty, hall.people[name])}

    assert found == {"moderator", "inspector"}
