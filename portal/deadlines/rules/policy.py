"""A policy: how long each stage of each kind of matter may take, and the rules around it, as data.

    {"matters": {"complaint": {"verify": {"limit": 3, "basis": {"id": "...", "en": "..."}},
                               "resolve": {"limit": 14, "extension": 7, "basis": {...}}}},
     "exceptions": [{"category": "lampu-jalan", "matter": "complaint", "stage": "resolve", "limit": 5,
                     "basis": {...}}],
     "pause_cap_days": 10, "max_pauses": 2, "silence_days": 10, "silence_reminder_days": [5, 8],
     "reopen_window_days": 30, "remind_share": 0.5, "warn_share": 0.8, "overdue_days": 5,
     "ceiling_days": 60, "thread_supporters": 25, "suggestion_supporters": 25}

Limits are working days, or minutes of office hours where `unit` is `minutes`.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Any

from portal.deadlines.rules.stages import Matter, Stage


class PolicyError(ValueError):
    """The document does not describe a policy; the text says what is wrong with it."""


class Unit(StrEnum):
    DAYS = "days"  # working days
    MINUTES = "minutes"  # minutes of office hours


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a stage may take. `extension` is the longest one that a supervisor may grant, 0 for none;
    `basis` is the legal basis in each language."""

    amount: int
    unit: Unit
    extension: int
    basis: dict[str, str]

    @property
    def most_days(self) -> int:
        """Working days that it takes at most, with its extension."""
        amount = self.amount + self.extension
        return amount if self.unit is Unit.DAYS else ceil(amount / SHORT_DAY)


SHORT_DAY = 270  # minutes of the shortest day in office, a Saturday


@dataclass(frozen=True, slots=True)
class Policy:
    """All limits of a city at one time."""

    limits: dict[tuple[str, Stage], Limit]
    exceptions: dict[tuple[str, str, Stage], Limit]
    pause_cap_days: int
    max_pauses: int
    silence_days: int
    silence_reminder_days: tuple[int, ...]
    reopen_window_days: int
    remind_share: float
    warn_share: float
    overdue_days: int
    ceiling_days: int
    thread_supporters: int  # so many make a thread of the forum a question to the city
    suggestion_supporters: int  # so many have the head of an agency answer a suggestion in person

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Policy":
        """Read and check a document. Raises PolicyError with the first thing that is wrong."""
        try:
            policy = _read(document)
        except (KeyError, TypeError, AttributeError) as error:
            raise PolicyError(f"the policy lacks or misspells {error}") from error
        except ValueError as error:
            raise PolicyError(str(error)) from error
        _check(policy)
        return policy

    def limit(self, matter: str, stage: Stage, category: str | None = None) -> Limit:
        """The category's own limit, else the one of the kind of matter. Raises PolicyError if none."""
        found = self.exceptions.get((category, matter, stage)) if category else None
        found = found or self.limits.get((matter, stage))
        if found is None:
            raise PolicyError(f"the policy has no limit for {stage} of {matter}")
        return found

    def stages(self, matter: str) -> tuple[Stage, ...]:
        """The stages that a kind of matter has a limit for."""
        return tuple(stage for stage in Stage if (matter, stage) in self.limits)

    @property
    def longest_days(self) -> int:
        """Working days from receipt to the last due time of the longest matter, with all its caps."""
        longest: dict[tuple[str, bool], int] = {}  # by matter, of its verification and of what follows it
        for limits in (self.limits, {key[1:]: limit for key, limit in self.exceptions.items()}):
            for (matter, stage), limit in limits.items():
                part = matter, stage is Stage.VERIFY
                longest[part] = max(longest.get(part, 0), limit.most_days)
        most = max(sum(longest.get((matter, first), 0) for first in (True, False)) for matter, _ in longest)
        return most + self.pause_cap_days * (self.max_pauses + 1)  # one more before verification


def _read(document: dict[str, Any]) -> Policy:
    return Policy(
        limits={
            (Matter(matter), Stage(stage)): _limit(row)
            for matter, stages in matters(document).items()
            for stage, row in stages.items()
        },
        exceptions={
            (row["category"], Matter(row["matter"]), Stage(row["stage"])): _limit(row)
            for row in document.get("exceptions", ())
        },
        silence_reminder_days=tuple(document["silence_reminder_days"]),
        **{name: number(document, name) for name in NUMBERS},
    )


def number(document: dict[str, Any], name: str) -> Any:
    """One of NUMBERS; documents of before it was thought of mean its first value."""
    return document[name] if name in document else LATER_NUMBERS[name]


NUMBERS = (
    "pause_cap_days",
    "max_pauses",
    "silence_days",
    "reopen_window_days",
    "remind_share",
    "warn_share",
    "overdue_days",
    "ceiling_days",
    "thread_supporters",
    "suggestion_supporters",
)
LATER_NUMBERS = {"thread_supporters": 25, "suggestion_supporters": 25}


def matters(document: dict[str, Any]) -> dict[str, Any]:
    """The stages of every kind of matter; documents of before a kind was thought of mean its first limits."""
    return {**LATER_MATTERS, **document["matters"]}


LATER_MATTERS: dict[str, Any] = {
    "supported_suggestion": {
        "resolve": {
            "limit": 14,
            "basis": {
                "id": "Kebijakan kota: aspirasi dengan cukup pendukung dijawab sendiri oleh kepala dinas "
                "paling lama 14 hari kerja.",
                "en": "City policy: the head of the agency answers a suggestion with enough supporters in "
                "person within 14 working days.",
            },
        }
    }
}


def _limit(row: dict[str, Any]) -> Limit:
    limit = Limit(
        amount=row["limit"],
        unit=Unit(row.get("unit", Unit.DAYS)),
        extension=row.get("extension", 0),
        basis=dict(row["basis"]),
    )
    if type(limit.amount) is not int or type(limit.extension) is not int:
        raise PolicyError("limits and extensions are whole numbers")
    if limit.amount < 1 or limit.extension < 0:
        raise PolicyError("a limit is at least 1 and an extension not below 0")
    return limit


def _check(policy: Policy) -> None:
    for name in NUMBERS:
        if not isinstance(getattr(policy, name), int | float) or getattr(policy, name) <= 0:
            raise PolicyError(f"{name} must be a number above 0")
    if not policy.remind_share <= policy.warn_share <= 1:
        raise PolicyError("remind_share, warn_share and 1 must stand in this order")
    if any(day >= policy.silence_days for day in policy.silence_reminder_days):
        raise PolicyError("each silence reminder must come before the silence ends")
