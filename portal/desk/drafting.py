"""The draft in the answer box: what is kept of a form, and what comes back into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.assignments import drafts
from portal.assignments.models import Assignment, Draft
from portal.assignments.steps import Step
from portal.desk import acts
from portal.desk.acts import Act
from portal.desk.forms import whole_number

OF_THE_MOMENT = ("csrf_token", "lock")  # never kept: they belong to one showing of the page
TEXTS = ("body", "reason")  # the words of an act, under the name that its form gives them


@dataclass(frozen=True)
class News:
    """What happened to a duty since the person saw it; `is_conflict` when they had just sent something."""

    steps: list[Step]
    is_conflict: bool


def keep(assignment: Assignment, act: Act, typed: Mapping[str, str], *, by: User, at: datetime) -> bool:
    """Keep what was typed into the act's form; False when there was nothing to keep."""
    names = [
        name for name in acts.form_of(act, assignment)(formdata=None)._fields if name not in OF_THE_MOMENT
    ]
    return drafts.keep(
        assignment,
        act=act.name,
        fields={name: typed[name] for name in names if typed.get(name)},
        seen_lock=_seen_lock(typed, assignment),
        by=by,
        at=at,
    )


def values_for(act: Act, assignment: Assignment, user: User) -> dict[str, Any]:
    """What the person's draft puts into the act's form; the words alone when it was begun as another act."""
    draft = drafts.own(assignment, user)
    if draft is None:
        return {}
    if draft.act == act.name:
        return dict(draft.fields)
    return dict.fromkeys(TEXTS, words(draft))


def words(draft: Draft) -> str:
    """The text of a draft, whatever the act."""
    return next((draft.fields[name] for name in TEXTS if draft.fields.get(name)), "")


def stale_since(assignment: Assignment, user: User) -> int | None:
    """How many lines the story had when the person's draft was kept, if the duty changed since."""
    draft = drafts.own(assignment, user)
    if draft is None or draft.seen_lock == assignment.lock:
        return None
    return whole_number(draft.fields.get("seen"))


def _seen_lock(typed: Mapping[str, str], assignment: Assignment) -> int:
    seen = whole_number(typed.get("lock"))
    return assignment.lock if seen is None else seen
