"""The questions of filing, in their order, and what has been answered."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any

from portal.categories.rules import CategoryClass

DRAFT_LIFETIME = timedelta(days=7)
RECEIPT_LIFETIME = timedelta(days=1)  # how long the form's address still shows number and code


class Step(StrEnum):
    """A question, and the last word of its page's address."""

    WHAT = "what"
    CATEGORY = "category"
    EMERGENCY = "emergency"  # only where lives may be at stake: the number comes first
    UNIT = "unit"  # only with supervisory weight: whom it is about, so that they do not handle it
    PLACE = "place"
    PHOTOS = "photos"
    PERSON = "person"
    CHECK = "check"


ALL = list(Step)
EXTRA = {CategoryClass.EMERGENCY: Step.EMERGENCY, CategoryClass.SUPERVISORY: Step.UNIT}


@dataclass(kw_only=True)
class Answers:
    """What was answered so far; kept as the draft's JSON."""

    kind: str = "complaint"
    title: str = ""
    body: str = ""
    category: str = ""
    emergency_read: bool = False
    unit: int | None = None  # an agency's id
    unit_told: bool = False  # asked and answered, also with "I do not know"
    area: str = ""
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    photos: list[int] = field(default_factory=list)  # ids of attachments
    is_anonymous: bool = False
    is_confidential: bool = False
    name: str = ""
    email: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Answers":
        """From stored JSON; unknown keys of an older version are left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def steps(category_class: CategoryClass | None) -> list[Step]:
    """The questions of this draft in their order."""
    extra = EXTRA.get(category_class) if category_class else None
    return [step for step in Step if step not in EXTRA.values() or step is extra]


def after(step: Step, category_class: CategoryClass | None) -> Step:
    """The question that follows; CHECK is the last. `step` may be one that this draft no longer asks:
    the category was changed on another page meanwhile."""
    following = ALL[ALL.index(step) + 1 :]
    return next((one for one in steps(category_class) if one in following), Step.CHECK)


def before(step: Step, category_class: CategoryClass | None) -> Step | None:
    """The question before; None before the first."""
    earlier = ALL[: ALL.index(step)]
    return next((one for one in reversed(steps(category_class)) if one in earlier), None)


def position(step: Step, category_class: CategoryClass | None) -> int:
    """Which question it is, counted from one."""
    return 1 + sum(one in ALL[: ALL.index(step)] for one in steps(category_class))


def missing(answers: Answers, category_class: CategoryClass | None) -> Step | None:
    """The first question that must still be answered before sending; None when all are."""
    answered = {
        Step.WHAT: bool(answers.title and answers.body),
        Step.CATEGORY: bool(answers.category),
        Step.EMERGENCY: answers.emergency_read,
        Step.UNIT: answers.unit_told,
        Step.PLACE: bool(answers.area),
    }
    return next((s for s in steps(category_class) if not answered.get(s, True)), None)
