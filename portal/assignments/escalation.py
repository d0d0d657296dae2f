"""Who hears of a duty that is slow. Positions are asked, not people: whoever is away has a substitute."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import letters
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.rules.stages import LADDER, Step
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.organisation import queries as organisation
from portal.organisation.models import Official
from portal.organisation.rules import Rank

# Before there is a duty, nobody has a supervisor: a moderator's matter goes to who runs the portal.
TRIAGE = {
    Step.REMIND: Role.MODERATOR,
    Step.WARN: Role.MODERATOR,
    Step.DUE: Role.ADMINISTRATOR,
    Step.OVERDUE: Role.INSPECTORATE,
}


def recipients(assignment: Assignment, step: Step, day: date) -> list[Recipient]:
    """Whom this step of the ladder concerns; when nobody stands there, who stands on the next one.

    The unit that a matter of supervisory weight is about, and its line, are never among them.
    """
    kept_out = _kept_out(assignment.excluded_agency_id)
    for rung in LADDER[LADDER.index(step) :]:
        officials = [
            official
            for official in _present(RUNGS[rung](assignment, day), day)
            if official.id not in kept_out
        ]
        found = [letters.recipient(official) for official in officials]
        if rung is Step.OVERDUE:
            found += _with_role(Role.INSPECTORATE, kept_out)
        if found:
            return list(dict.fromkeys(found))
    return []


def triage_recipients(step: Step, *, excluded_agency_id: int | None) -> list[Recipient]:
    """Whom a matter concerns that waits for a moderator."""
    return _with_role(TRIAGE[step], _kept_out(excluded_agency_id))


def _holder(assignment: Assignment, day: date) -> Iterable[Official | None]:
    return [assignment.official]


def _supervisors(assignment: Assignment, day: date) -> Iterable[Official | None]:
    """The holder's own, else those of the agency."""
    if assignment.official and assignment.official.supervisor:
        return [assignment.official.supervisor]
    return _ranked(assignment.agency_id, Rank.SUPERVISOR, day)


def _heads(assignment: Assignment, day: date) -> Iterable[Official | None]:
    """The agency's, else whoever stands highest above the holder."""
    return _ranked(assignment.agency_id, Rank.HEAD, day) or _top_of(assignment.official)


def _inspectors(assignment: Assignment, day: date) -> Iterable[Official | None]:
    inspectorate = organisation.inspectorate(day)
    return _ranked(inspectorate.id, Rank.HEAD, day) if inspectorate else []


RUNGS: dict[Step, Callable[[Assignment, date], Iterable[Official | None]]] = {
    Step.REMIND: _holder,
    Step.WARN: _supervisors,
    Step.DUE: _heads,
    Step.OVERDUE: _inspectors,
}


def _ranked(agency_id: int, rank: Rank, day: date) -> list[Official]:
    return [official for official in organisation.colleagues(agency_id, day) if official.rank is rank]


def _top_of(official: Official | None) -> list[Official]:
    return [*organisation.line_above(official)][-1:] if official else []


def _present(officials: Iterable[Official | None], day: date) -> Iterator[Official]:
    """Those in office that day, or their substitutes."""
    presence = organisation.away_on(day)
    for official in officials:
        if official and official.id in presence.away:
            substitute_id = presence.substitute(official.id)
            official = db.session.get(Official, substitute_id) if substitute_id else None
        if official and organisation.is_active(official, day):
            yield official


def _with_role(role: Role, kept_out: frozenset[int]) -> list[Recipient]:
    return [
        notifications.to_user(user)
        for user in accounts.users_with(role)
        if _position_of(user) not in kept_out
    ]


def _position_of(user: User) -> int | None:
    official = organisation.official_of(user)
    return official.id if official else None


def _kept_out(agency_id: int | None) -> frozenset[int]:
    return organisation.commanders_of(agency_id) if agency_id is not None else frozenset()
