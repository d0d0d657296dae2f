"""Figures in words: what a neighbour would say."""

import pytest

from portal.statistics import words

HOUR, DAY = 3600, 86_400


@pytest.fixture(autouse=True)
def page(app):
    with app.test_request_context("/"):
        yield


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (20, "1 menit"),
        (40 * 60, "40 menit"),
        (19.2 * HOUR, "19 jam"),
        (2 * DAY, "2 hari"),
        (3.83 * DAY, "3,8 hari"),
        (230.4 * DAY, "230 hari"),
    ],
)
def test_duration_is_said_as_one_would_say_it(seconds, said):
    assert words.spoken(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "written"), [(1.75 * HOUR, "1,75 jam"), (91.99 * HOUR, "3,83 hari"), (None, "–")]
)
def test_duration_in_a_table_has_two_decimals(seconds, written):
    assert words.duration(seconds) == written


def test_long_time_stands_in_hours_beside_its_days():
    value = {"answer": "estimated", "time": 91.99 * HOUR, "lower": 61.79 * HOUR, "upper": 135.31 * HOUR}

    assert words.in_hours(value) == "91,99 jam (61,79–135,31 jam)"


def test_limit_that_was_not_reached_is_open():
    value = {"answer": "estimated", "time": 30 * HOUR, "lower": 20 * HOUR, "upper": None}

    assert words.limits(value) == "sekurangnya 20 jam"


@pytest.mark.parametrize(
    ("answer", "said"), [("not-reached", "belum tercapai"), ("not-estimable", "belum dapat ditaksir")]
)
def test_missing_quantile_says_why(answer, said):
    assert words.estimate({"answer": answer, "time": None, "lower": None, "upper": None}) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.997, "99,7 %"), (1.0, "100 %"), (0.92, "92 %"), (0.001, "0,1 %"), (0.0, "0 %")]
)
def test_share_is_rounded_neither_to_all_nor_to_nothing(value, said):
    assert words.share({"value": value, "lower": None, "upper": None, "count": None, "n": 1000}, 0) == said


@pytest.mark.parametrize(
    ("number", "n", "excluded", "said"),
    [
        (0, 0, {"source_has_no_answer_times": 12}, "–"),
        (0, 0, {}, "0"),
        (0, 3, {"source_has_no_answer_times": 12}, "0"),
        (1024, 1100, {}, "1.024"),
    ],
)
def test_answers_whose_times_nobody_told_are_unknown_rather_than_none(number, n, excluded, said):
    assert words.known(number, {"n": n, "excluded": excluded}) == said
