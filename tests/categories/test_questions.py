"""Do answers fit their questions? Without an app."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.categories.questions import rules
from portal.categories.questions.rules import Problem, QuestionKind

pytestmark = pytest.mark.engine_free


@dataclass(frozen=True)
class Question:
    code: str = "q1"
    kind: QuestionKind = QuestionKind.TEXT
    is_required: bool = False
    choices: list[list[str]] = field(default_factory=lambda: [["Mati", "Dark"], ["Redup", "Dim"]])
    minimum: int | None = None
    maximum: int | None = None


NUMBER = Question(kind=QuestionKind.NUMBER, minimum=0, maximum=300)
CHOICE = Question(kind=QuestionKind.CHOICE)


@pytest.mark.parametrize(
    ("question", "answer", "kept"),
    [
        (Question(), "  tiang   12 ", "tiang 12"),
        (NUMBER, "040", "40"),
        (NUMBER, "0", "0"),
        (NUMBER, "300", "300"),
        (CHOICE, "Redup", "Redup"),
    ],
)
def test_an_answer_that_fits_is_kept(question: Question, answer: str, kept: str) -> None:
    assert rules.check([question], {"q1": answer}) == ({"q1": kept}, {})


@pytest.mark.parametrize(
    ("question", "answer", "problem"),
    [
        (Question(is_required=True), "  ", Problem.MISSING),
        (Question(), "a" * 301, Problem.TOO_LONG),
        (NUMBER, "sepinggang", Problem.NO_NUMBER),
        (NUMBER, "1.5", Problem.NO_NUMBER),
        (NUMBER, "9" * 40, Problem.NO_NUMBER),
        (NUMBER, "-1", Problem.TOO_SMALL),
        (NUMBER, "301", Problem.TOO_GREAT),
        (CHOICE, "Dark", Problem.NO_CHOICE),
    ],
)
def test_an_answer_that_does_not_fit_says_why(question: Question, answer: str, problem: Problem) -> None:
    assert rules.check([question], {"q1": answer}) == ({}, {"q1": problem})


def test_what_nobody_asked_is_left_out() -> None:
    assert rules.check([], {"q9": "nama saya Budi"}) == ({}, {})


def test_a_demanded_photo_is_missed_only_while_there_is_none() -> None:
    wanted = Question(kind=QuestionKind.PHOTO, is_required=True)

    assert rules.check([wanted], {}) == ({}, {})
    assert rules.lacks_photo([wanted], 0)
    assert not rules.lacks_photo([wanted], 1)
    assert not rules.lacks_photo([Question(kind=QuestionKind.PHOTO)], 0)


@given(st.text(max_size=400), st.sampled_from([Question(), NUMBER, CHOICE]))
def test_what_is_kept_would_be_kept_again(text: str, question: Question) -> None:
    clean, errors = rules.check([question], {"q1": text})

    assert not (clean and errors)
    assert rules.check([question], clean)[0] == clean


@given(
    st.lists(st.lists(st.from_regex(r"[A-Za-z][A-Za-z ]{0,10}[a-z]", fullmatch=True), min_size=2, max_size=2))
)
def test_choices_survive_being_written_as_lines(pairs: list[list[str]]) -> None:
    assert rules.choices_of(rules.lines_of(pairs)) == pairs


def test_a_choice_in_one_language_stands_for_both() -> None:
    assert rules.choices_of("Lumpur\n\nAir | Water") == [["Lumpur", "Lumpur"], ["Air", "Water"]]
