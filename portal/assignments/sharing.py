"""Give many duties to one or several officials at once; what cannot be given is said and stays."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from portal.assignments import contributions, handovers, policy
from portal.assignments.models import Assignment
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation.models import Official


@dataclass(frozen=True)
class Shared:
    """What became of one duty: who has it now, or why it stayed."""

    assignment: Assignment
    to: Official | None
    problem: str = ""


def share_out(
    duties: Iterable[tuple[Assignment, int | None]], receivers: Sequence[Official], *, by: User, at: datetime
) -> list[Shared]:
    """Reassign each duty, with the version of it that the person saw, to the receiver who carries least.

    Each is done or left alone for itself: somebody else's change to one does not keep back the others.
    """
    carried = Counter({one.id: one.open_count for one in receivers})
    results = []
    for assignment, lock in duties:
        result = _give(assignment, lock, receivers, carried, by, at)
        if result.to is not None:
            carried[result.to.id] += 1
        results.append(result)
    return results


def _give(
    assignment: Assignment,
    lock: int | None,
    receivers: Sequence[Official],
    carried: Counter[int],
    by: User,
    at: datetime,
) -> Shared:
    if not policy.may_reassign(by, assignment):
        return Shared(assignment, None, str(_l("Tugas ini tidak lagi dapat Anda serahkan.")))
    if contributions.is_sealed(assignment):
        return Shared(assignment, None, str(_l("Urusan rahasia diserahkan satu per satu, di halamannya.")))
    fit = [
        one for one in receivers if one.agency_id == assignment.agency_id and one.id != assignment.official_id
    ]
    if not fit:
        problem = _l("Penerima yang dipilih sudah memegangnya atau berada di dinas lain.")
        return Shared(assignment, None, str(problem))
    chosen = min(fit, key=lambda one: (carried[one.id], one.id))
    try:
        with db.session.begin_nested():
            handovers.reassign(assignment, to_official=chosen, by=by, at=at, expected_lock=lock)
    except DomainError as error:
        return Shared(assignment, None, str(error))
    return Shared(assignment, chosen)
