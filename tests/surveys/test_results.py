"""What a result says and what it keeps to itself."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.surveys.rules import instruments, periods, results
from portal.surveys.rules.doors import Door
from portal.surveys.rules.instruments import EVALUATION, RATING, SKM, SKM_CODES, Kind, unfit
from portal.surveys.rules.results import Answered

pytestmark = pytest.mark.engine_free


def people(*scores, door=Door.INVITED, **facts):
    return [Answered(door, dict.fromkeys(SKM_CODES, score), facts) for score in scores]


def result(answers, invited=0, population=100, kind=Kind.SKM):
    return results.document(kind, answers, invited=invited, population=population)


def test_all_threes_are_75_and_not_good_enough():
    told = result(people(*[3] * 80))

    assert (told["index"], told["grade"], told["is_sufficient"]) == ("75.00", "C", True)
    assert told["elements"][0] == {
        "code": "U1",
        "n": 80,
        "total": 240,
        "mean": "3.000",
        "weight": "1/9",
        "weighted": "0.333",
    }


def test_all_fours_are_exactly_100():
    assert result(people(*[4] * 10))["index"] == "100.00"


def test_one_answer_fewer_than_the_sample_is_not_enough():
    assert result(people(*[3] * 79))["is_sufficient"] is False


def test_fewer_than_ten_answers_are_counted_and_nothing_more():
    told = result(people(*[4] * 9, age="under_25"), invited=20)

    assert (told["n"], told["is_withheld"], told["invited"], told["invited_answered"]) == (9, True, 20, 9)
    assert (told["index"], told["grade"], told["lower"], told["facts"]) == (None, None, None, {})
    assert {element["mean"] for element in told["elements"]} == {None}


def test_question_with_few_answers_withholds_its_mean_and_the_index():
    answers = people(*[3] * 5) + [
        Answered(Door.OPEN, {code: 3 for code in SKM_CODES if code != "U4"}, {}) for _ in range(10)
    ]

    told = result(answers)

    assert [one["code"] for one in told["elements"] if one["mean"] is None] == ["U4"]
    assert told["index"] is None


def test_mean_is_over_those_who_answered_the_question():
    answers = people(*[2] * 10) + [Answered(Door.OPEN, {"U1": 4}, {}) for _ in range(10)]

    told = result(answers)

    assert [(one["n"], one["mean"]) for one in told["elements"]][:2] == [(20, "3.000"), (10, "2.000")]


def test_groups_of_people_under_five_are_withheld_with_a_neighbour():
    answers = people(*[3] * 20, sex="female") + people(*[3] * 4, sex="male") + people(*[3] * 6)

    assert result(answers)["facts"]["sex"] == {"female": 20, "male": None, "untold": None}


def test_doors_show_both_indexes_or_none():
    few = people(*[3] * 12) + people(*[4] * 9, door=Door.OPEN)
    many = people(*[3] * 12) + people(*[4] * 10, door=Door.OPEN)

    assert {door["index"] for door in result(few)["doors"].values()} == {None}
    assert {name: door["index"] for name, door in result(many)["doors"].items()} == {
        "invited": "75.00",
        "open": "100.00",
    }


def test_evaluation_has_means_and_no_index():
    answers = [Answered(Door.OPEN, {f"E{n}": n for n in range(1, 5)}, {}) for _ in range(10)]

    told = result(answers, kind=Kind.EVALUATION, population=None)

    assert [one["mean"] for one in told["elements"]] == ["1.000", "2.000", "3.000", "4.000"]
    assert (told["index"], told["grade"], told["is_sufficient"]) == (None, None, None)


@given(st.lists(st.integers(1, 4), min_size=10, max_size=30), st.randoms(use_true_random=False))
def test_order_of_the_answers_means_nothing(scores, random):
    answers = people(*scores)
    shuffled = random.sample(answers, len(answers))

    assert result(answers) == result(shuffled)


@given(st.lists(st.integers(1, 4), min_size=10, max_size=30))
def test_index_lies_within_its_interval(scores):
    told = result(people(*scores))

    assert float(told["lower"]) <= float(told["index"]) <= float(told["upper"])


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "U1"),
        ({"U2": None}, "U2"),
        ({"U9": 5}, "U9"),
        ({"U9": 0}, "U9"),
        ({"U9": True}, "U9"),
        ({"U9": "3"}, "U9"),
        ({"U10": 3}, "U10"),
        ({"U9": 3}, None),
    ],
)
def test_answers_fit_their_questions(given, wrong):
    told = {**dict.fromkeys(SKM_CODES, 3), **given} if given else {}

    assert unfit(SKM, told) == wrong


def test_stars_choices_and_words_are_answers_of_their_own_kind():
    assert unfit(RATING, {"solved": "partly", "stars": 5, "comment": "Terima kasih"}) is None
    assert unfit(RATING, {"solved": True}) == "solved"
    assert unfit(RATING, {"solved": "not", "stars": 6}) == "stars"
    assert unfit(RATING, {"solved": "not", "comment": "x" * 2001}) == "comment"


def test_codes_of_the_instruments_are_their_own():
    codes = Counter(question.code for one in instruments.INSTRUMENTS.values() for question in one)

    assert set(codes.values()) == {1}
    assert all(len(question.options) == 4 for question in (*SKM, *EVALUATION[:4]))


@pytest.mark.parametrize(("day", "phase"), [(9, "planned"), (10, "open"), (20, "open"), (21, "closed")])
def test_dates_alone_open_and_close_a_survey(day, phase):
    days = {"opens_on": date(2026, 11, 10), "closes_on": date(2026, 11, 20)}

    assert periods.phase(date(2026, 11, day), **days, is_closed_early=False, is_published=False) == phase
