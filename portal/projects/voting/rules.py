"""What a vote is: who may lay how many dots, how they are counted, and when a group is too small to show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

DOTS = 5  # for each person, unless the vote says otherwise
MAX_DOTS = 10  # more do not fit in a row on a phone
MIN_CHOICES = 2
MAX_CHOICES = 20
MIN_PEOPLE = 5  # below this many voters a count would show what a person chose, or whether they voted


class VoteState(StrEnum):
    """Follows from the clock alone; COUNTED once the result was published."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"


def state_of(
    opens_at: datetime, closes_at: datetime, published_at: datetime | None, at: datetime
) -> VoteState:
    if published_at is not None:
        return VoteState.COUNTED
    if at < opens_at:
        return VoteState.PREPARED
    return VoteState.OPEN if at < closes_at else VoteState.CLOSED


class Flaw(StrEnum):
    """Why a ballot is none."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    TOO_MANY_ON_ONE = "too_many_on_one"
    UNKNOWN_CHOICE = "unknown_choice"


def flaw_of(
    dots: Mapping[int, int], *, choices: Iterable[int], allowed: int, most_on_one: int | None
) -> Flaw | None:
    """What is wrong with a ballot (dots by choice), if anything; nobody has to lay all their dots."""
    if not set(dots) <= set(choices) or any(count < 0 for count in dots.values()):
        return Flaw.UNKNOWN_CHOICE
    if sum(dots.values()) == 0:
        return Flaw.EMPTY
    if sum(dots.values()) > allowed:
        return Flaw.TOO_MANY
    if most_on_one is not None and max(dots.values()) > most_on_one:
        return Flaw.TOO_MANY_ON_ONE
    return None


@dataclass(frozen=True, slots=True)
class Score:
    """What a choice got: dots, and the people who gave at least one. Equal dots share a rank: a tie is
    said, never broken."""

    choice: int
    dots: int
    people: int
    rank: int
    is_tied: bool


def tally(choices: Sequence[int], ballots: Iterable[Mapping[int, int]]) -> list[Score]:
    """The result, most dots first; among equals in the order of the choices."""
    dots, people = dict.fromkeys(choices, 0), dict.fromkeys(choices, 0)
    for ballot in ballots:
        for choice, count in ballot.items():
            dots[choice] += count
            people[choice] += count > 0
    return ranked([(choice, dots[choice], people[choice]) for choice in choices])


def ranked(totals: Sequence[tuple[int, int, int]]) -> list[Score]:
    """(choice, dots, people) as scores, most dots first; among equals in their own order."""
    laid = [dots for _choice, dots, _people in totals]
    return [
        Score(
            choice,
            dots,
            people,
            rank=1 + sum(other > dots for other in laid),
            is_tied=laid.count(dots) > 1,
        )
        for choice, dots, people in sorted(totals, key=lambda total: -total[1])
    ]


@dataclass(frozen=True, slots=True)
class Turnout:
    """People by area, largest first; `others` are those of areas with too few to be named."""

    total: int
    areas: list[tuple[str, int]]
    others: int


def turnout(by_area: Iterable[tuple[str, int]]) -> Turnout:
    """How many voted, and where from. Areas below MIN_PEOPLE stand together, joined by the smallest
    named ones until at least two areas and MIN_PEOPLE people do: the total must not give one away."""
    named = sorted(by_area, key=lambda pair: (-pair[1], pair[0]))
    total = sum(count for _name, count in named)
    others: list[int] = []
    while named and (named[-1][1] < MIN_PEOPLE or _shows_through(others)):
        others.append(named.pop()[1])
    return Turnout(total, named, sum(others))


def _shows_through(others: Sequence[int]) -> bool:
    return bool(others) and (len(others) < 2 or sum(others) < MIN_PEOPLE)


def may_show_result(people: int) -> bool:
    """Are there enough ballots that none of them can be laid at somebody's door?"""
    return people >= MIN_PEOPLE
