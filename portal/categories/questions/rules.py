"""Kinds of question, their limits, and whether what was given answers them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

MAX_QUESTIONS = 6  # in force for one category: more than a small page is left unanswered
LABEL_LENGTH = 120
HINT_LENGTH = 200
UNIT_LENGTH = 20
CHOICE_LENGTH = 80
MIN_CHOICES = 2
MAX_CHOICES = 12
TEXT_LENGTH = 300  # of an answer; whoever has more to say has the story for it
LEAST_NUMBER, GREATEST_NUMBER = -1_000_000, 1_000_000

_NUMBER = re.compile(r"[+-]?\d{1,9}")


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    PHOTO = "photo"  # answered by the photos of the report themselves


class Problem(StrEnum):
    """Why an answer is not taken."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_CHOICE = "no_choice"  # none of those that were offered
    NO_NUMBER = "no_number"
    TOO_SMALL = "too_small"
    TOO_GREAT = "too_great"


class Asked(Protocol):
    """A question as far as these rules must know it. `code` names its answer; `choices` are pairs of words,
    Indonesian and English, and an answer names the Indonesian one."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> QuestionKind: ...
    @property
    def is_required(self) -> bool: ...
    @property
    def choices(self) -> list[list[str]]: ...
    @property
    def minimum(self) -> int | None: ...
    @property
    def maximum(self) -> int | None: ...


@dataclass(frozen=True)
class Words:
    """An answer in words: with its unit, or as the choice is called in both languages."""

    id: str
    en: str


def check(questions: Iterable[Asked], given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Problem]]:
    """What is kept, and what is wrong, both by the question's code, as `given` is. What nobody asked is left
    out, and so are photo questions: `lacks_photo` asks for those."""
    clean: dict[str, str] = {}
    errors: dict[str, Problem] = {}
    for question in questions:
        if question.kind is QuestionKind.PHOTO:
            continue
        answer = " ".join(given.get(question.code, "").split())
        problem = _problem(question, answer)
        if problem is not None:
            errors[question.code] = problem
        elif answer:
            clean[question.code] = str(int(answer)) if question.kind is QuestionKind.NUMBER else answer
    return clean, errors


def lacks_photo(questions: Iterable[Asked], photo_count: int) -> bool:
    """Does one of them demand a photo, and there is none?"""
    return photo_count == 0 and any(one.kind is QuestionKind.PHOTO and one.is_required for one in questions)


def asks(questions: Iterable[Asked]) -> bool:
    """Is there anything to answer before the photos?"""
    return any(one.kind is not QuestionKind.PHOTO for one in questions)


def words(kind: QuestionKind, answer: str, choices: list[list[str]], unit: tuple[str, str]) -> Words:
    """An answer that passed the check, as it is shown in each language."""
    if kind is QuestionKind.CHOICE:
        return next(Words(own, other) for own, other in choices if own == answer)
    if kind is QuestionKind.NUMBER:
        return Words(*(f"{answer} {one}".strip() for one in unit))
    return Words(answer, answer)


def choices_of(lines: str) -> list[list[str]]:
    """Pairs from lines "Indonesian | English"; a line in one language stands for both."""
    pairs = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        own, _, other = (part.strip() for part in line.partition("|"))
        pairs.append([own, other or own])
    return pairs


def lines_of(choices: Iterable[Any]) -> str:
    return "\n".join(" | ".join(pair) for pair in choices)


def _problem(question: Asked, answer: str) -> Problem | None:
    if not answer:
        return Problem.MISSING if question.is_required else None
    if question.kind is QuestionKind.TEXT:
        return Problem.TOO_LONG if len(answer) > TEXT_LENGTH else None
    if question.kind is QuestionKind.CHOICE:
        return None if answer in (own for own, _ in question.choices) else Problem.NO_CHOICE
    return _number_problem(question, answer)


def _number_problem(question: Asked, answer: str) -> Problem | None:
    if not _NUMBER.fullmatch(answer):
        return Problem.NO_NUMBER
    if question.minimum is not None and int(answer) < question.minimum:
        return Problem.TOO_SMALL
    if question.maximum is not None and int(answer) > question.maximum:
        return Problem.TOO_GREAT
    return None
