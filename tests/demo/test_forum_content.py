"""The forum of the demo city is large, written by hand and fits the city it is set in."""

import re
from collections import Counter
from itertools import chain

import pytest

from portal.demo.forum_texts import MODERATOR, OFFICER, ThreadText, categories
from portal.demo.texts import table

pytestmark = pytest.mark.engine_free

SUPPORTERS_THAT_ASK = 25
TITLE_LENGTH = 100
SHORT = 30  # characters; "Sudah, terima kasih." may well be said twice

THREADS = [thread for category in categories() for thread in category.threads]
each_thread = pytest.mark.parametrize("thread", THREADS, ids=lambda thread: thread.title)


def words_of(thread: ThreadText) -> list[str]:
    """All that is said in the thread, the official answer included."""
    return [post.text for post in thread.posts] + ([thread.answer.text] if thread.answer else [])


def test_the_forum_has_twelve_categories_150_threads_and_1500_posts() -> None:
    assert len(categories()) == 12
    assert len(THREADS) == 150
    assert sum(len(thread.posts) for thread in THREADS) >= 1500


def test_nothing_is_said_twice() -> None:
    said = chain.from_iterable(words_of(thread) for thread in THREADS)
    times = Counter(" ".join(text.casefold().split()) for text in said if len(text) > SHORT)

    assert [text for text, count in times.items() if count > 1] == []
    assert len({thread.title.casefold() for thread in THREADS}) == len(THREADS)


def test_the_categories_name_report_categories_that_exist() -> None:
    codes = {row["code"] for row in table("categories.csv")}

    assert {category.category for category in categories()} <= codes | {None}


def test_the_threads_lie_in_areas_of_medan_whose_names_are_unambiguous() -> None:
    names = Counter(row["name"] for row in table("medan_areas.csv"))

    assert {
        thread.area: names[thread.area] for thread in THREADS if thread.area and names[thread.area] != 1
    } == {}


@each_thread
def test_a_thread_is_opened_by_a_resident_and_quotes_what_came_before(thread: ThreadText) -> None:
    quoted = [(post.quotes, place) for place, post in enumerate(thread.posts) if post.quotes is not None]

    assert thread.posts[0].by == "a"
    assert {post.by for post in thread.posts} <= {*"abcdefghijkl", OFFICER, MODERATOR}
    assert all(0 <= earlier < place for earlier, place in quoted)
    assert all(text.strip() == text != "" for text in words_of(thread))
    assert len(thread.title) <= TITLE_LENGTH


@each_thread
def test_a_thread_asks_for_an_answer_exactly_when_its_supporters_or_a_moderator_do(
    thread: ThreadText,
) -> None:
    assert (thread.asks == "supporters") == (thread.supporters >= SUPPORTERS_THAT_ASK)
    assert thread.answer is None or thread.asks is not None


def test_the_official_answers_show_every_outcome() -> None:
    asking = [thread for thread in THREADS if thread.asks]
    outcomes = Counter(thread.answer.kind if thread.answer else "waiting" for thread in asking)

    assert 18 <= len(asking) <= 25
    assert outcomes["answer"] > len(asking) / 2
    assert {"answer", "interim", "refusal", "waiting"} == set(outcomes)
    assert outcomes["refusal"] == 1


@each_thread
def test_nobody_gives_away_numbers_or_addresses(thread: ThreadText) -> None:
    revealing = re.compile(r"\d{5,}|\bBK ?\d|https?:|www\.|\S@\S", re.IGNORECASE)

    assert not any(revealing.search(text) for text in words_of(thread))
