"""The questions of filing, in their order, and what has been answered."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any

from portal.categories.rules import CategoryClass

DRAFT_LIFETIME = timedelta(days=7)  # since the last change, behind its private link alone
OWN_DRAFT_LIFETIME = timedelta(days=90)  # of those that belong to an account
RECEIPT_LIFETIME = timedelta(days=1)  # how long the form's address still shows number and code


class Step(StrEnum):
    """A question, and the last word of its page's address."""

    WHAT = "what"
    CATEGORY = "category"
    EMERGENCY = "emergency"  # only where lives may be at stake: the number comes first
    OUTSIDE = "outside"  # only where the category belongs to a body outside the city government
    UNIT = "unit"  # only with supervisory weight: whom it is about, so that they do not handle it
    QUESTIONS = "questions"  # only where the kind or the category asks something of its own
    PLACE = "place"
    PHOTOS = "photos"
    PERSON = "person"
    CHECK = "check"


ALL = list(Step)
EXTRA = {CategoryClass.EMERGENCY: Step.EMERGENCY, CategoryClass.SUPERVISORY: Step.UNIT}
SOMETIMES = frozenset({*EXTRA.values(), Step.OUTSIDE, Step.QUESTIONS})

Extra = Collection[Step]  # the questions that this draft's category adds


@dataclass(frozen=True, kw_only=True)
class DraftPhoto:
    """A photo that waits in a draft. `id` is its attachment's, `key` the name that the phone gave it."""

    id: int
    caption: str = ""
    alt: str = ""
    key: str = ""

    @classmethod
    def read(cls, value: "DraftPhoto | Mapping[str, Any] | int") -> "DraftPhoto":
        """From stored JSON; drafts of an older version held bare ids."""
        if isinstance(value, DraftPhoto):
            return value
        return cls(id=value) if isinstance(value, int) else cls(**value)


@dataclass(kw_only=True)
class Answers:
    """What was answered so far; kept as the draft's JSON."""

    kind: str = "complaint"
    title: str = ""
    body: str = ""
    category: str = ""
    emergency_read: bool = False
    outside_read: bool = False  # somebody else answers for it, and the resident wants to file all the same
    unit: int | None = None  # an agency's id
    unit_told: bool = False  # asked and answered, also with "I do not know"
    given: dict[str, str] = field(default_factory=dict)  # to the kind's and the category's own questions
    questions_told: bool = False
    area: str = ""
    area_unknown: bool = False  # the resident does not know it: a moderator reads it from the place
    found_area: str = ""  # what the boundaries say of the point
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    similar_seen: list[str] = field(
        default_factory=list
    )  # numbers of similar reports that are another matter
    photos: list[DraftPhoto] = field(default_factory=list)
    is_anonymous: bool = False
    is_confidential: bool = False
    name: str = ""
    email: str = ""
    channel: str = "web"  # by which door the draft began

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Answers":
        """From stored JSON; unknown keys of an older version are left out."""
        known = {one.name for one in fields(cls)}
        answers = cls(**{name: value for name, value in data.items() if name in known})
        answers.photos = [DraftPhoto.read(photo) for photo in answers.photos]
        return answers

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def added(
    category_class: CategoryClass | None, *, is_outside: bool = False, asks: bool = False
) -> frozenset[Step]:
    """The steps that a category adds; `is_outside` where a body outside the city answers for it, `asks`
    where it, or the kind, has questions of its own."""
    of_class = {EXTRA[category_class]} if category_class in EXTRA else set()
    outside = {Step.OUTSIDE} if is_outside else set()
    return frozenset(of_class | outside | ({Step.QUESTIONS} if asks else set()))


def steps(extra: Extra) -> list[Step]:
    """The questions of this draft in their order."""
    return [step for step in Step if step not in SOMETIMES or step in extra]


def after(step: Step, extra: Extra) -> Step:
    """The question that follows; CHECK is the last. `step` may be one that this draft no longer asks:
    the category was changed on another page meanwhile."""
    following = ALL[ALL.index(step) + 1 :]
    return next((one for one in steps(extra) if one in following), Step.CHECK)


def before(step: Step, extra: Extra) -> Step | None:
    """The question before; None before the first."""
    earlier = ALL[: ALL.index(step)]
    return next((one for one in reversed(steps(extra)) if one in earlier), None)


def position(step: Step, extra: Extra) -> int:
    """Which question it is, counted from one."""
    return 1 + sum(one in ALL[: ALL.index(step)] for one in steps(extra))


def is_placed(answers: Answers) -> bool:
    """Is it told where? Without an area at least in words: a moderator finds it from them."""
    return bool(answers.area or (answers.area_unknown and answers.place))


def missing(answers: Answers, extra: Extra) -> Step | None:
    """The first question that must still be answered before sending; None when all are."""
    answered = {
        Step.WHAT: bool(answers.title and answers.body),
        Step.CATEGORY: bool(answers.category),
        Step.EMERGENCY: answers.emergency_read,
        Step.OUTSIDE: answers.outside_read,
        Step.UNIT: answers.unit_told,
        Step.QUESTIONS: answers.questions_told,
        Step.PLACE: is_placed(answers),
    }
    return next((s for s in steps(extra) if not answered.get(s, True)), None)
