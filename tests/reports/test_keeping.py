"""What the pages of a draft remember: nothing typed is lost, nothing is overwritten without a word."""

import pytest

from portal.reports.filing import keeping

pytestmark = pytest.mark.engine_free

LAMP, POLE = {"title": ["Lampu"]}, {"title": ["Tiang"]}


def test_what_was_typed_waits_until_it_is_sent_on() -> None:
    pages = keeping.kept({}, "what", LAMP, keeping.mark({}, "what"))

    assert keeping.waiting(pages, "what") == LAMP
    assert keeping.waiting(keeping.sent(pages, "what", LAMP, keeping.mark(pages, "what")), "what") is None


def test_other_questions_are_left_alone() -> None:
    pages = keeping.kept({"place": {"typed": POLE, "revision": 1}}, "what", LAMP, "0.a")

    assert keeping.waiting(pages, "place") == POLE


def test_one_page_may_write_as_often_as_it_likes() -> None:
    page = keeping.mark({}, "what")
    pages = keeping.kept({}, "what", LAMP, page)

    assert not keeping.meets_another(pages, "what", POLE, page)


def test_a_page_that_was_made_before_another_wrote_meets_it() -> None:
    first, second = keeping.mark({}, "what"), keeping.mark({}, "what")
    pages = keeping.kept({}, "what", LAMP, first)

    assert keeping.meets_another(pages, "what", POLE, second)
    assert keeping.earlier(keeping.sent(pages, "what", POLE, second), "what") == LAMP


def test_the_same_words_from_two_tabs_are_no_conflict() -> None:
    first, second = keeping.mark({}, "what"), keeping.mark({}, "what")
    pages = keeping.sent({}, "what", LAMP, first)

    assert not keeping.meets_another(pages, "what", LAMP, second)


def test_a_page_that_was_made_afterwards_knows_what_it_replaces() -> None:
    pages = keeping.sent({}, "what", LAMP, keeping.mark({}, "what"))

    assert not keeping.meets_another(pages, "what", POLE, keeping.mark(pages, "what"))


@pytest.mark.parametrize("page", ["", "x", "-1.a", "9" * 400, "0"])
def test_a_forged_mark_breaks_nothing(page: str) -> None:
    pages = keeping.sent({}, "what", LAMP, "0.a")

    assert keeping.waiting(keeping.kept(pages, "what", POLE, page), "what") == POLE


def test_the_name_of_somebody_who_hides_it_is_not_kept() -> None:
    typed = keeping.typed_of([("is_anonymous", "y"), ("name", "Ani"), ("email", "ani@contoh.id")])

    assert typed == {"is_anonymous": ["y"]}


@pytest.mark.parametrize("fields", [[("title", "x" * 50_000)], [(f"f{n}", "x") for n in range(100)]])
def test_more_than_any_page_holds_is_refused(fields: list[tuple[str, str]]) -> None:
    with pytest.raises(keeping.TooMuch):
        keeping.typed_of(fields)
