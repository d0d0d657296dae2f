"""What moderators hide is read by nobody; what lives on elsewhere says where."""

from collections.abc import Callable

import pytest

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import AssignmentState, ResponseKind
from portal.db import db
from portal.forum import queries, services
from portal.forum.models import Post, Thread
from portal.notifications.models import Notification
from tests.builders import MONDAY, make_post, make_thread
from tests.forum.conftest import City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]
SECRET = "kata yang tidak pantas"


def counts(thread: Thread) -> tuple[int, int, int]:
    db.session.flush()
    db.session.refresh(thread.category)
    return thread.category.thread_count, thread.category.post_count, thread.reply_count


def everywhere(client: CheckingClient, thread: Thread, post: Post) -> str:
    """All that the public reads of a thread."""
    paths = ("", f"/{thread.number}", "/feed.atom", f"/{thread.number}/feed.atom", "?q=pantas")
    pages = [client.get(f"/forum{path}").text for path in paths]
    return "".join([*pages, client.get(f"/forum/posts/{post.number}/history").text])


def test_hidden_post_keeps_its_place_and_loses_its_words(client: CheckingClient, city: City) -> None:
    thread = make_thread(city.talk)
    post = make_post(thread, body=SECRET)
    make_post(thread, body="Sesudahnya")

    services.hide(post, at=MONDAY)

    assert SECRET not in everywhere(client, thread, post)
    assert f'id="{post.number}"' in client.get(f"/forum/{thread.number}").text
    assert counts(thread) == (1, 2, 1)


def test_hidden_thread_is_gone_from_lists_search_and_feeds(client: CheckingClient, city: City) -> None:
    thread = make_thread(city.talk, title=SECRET, body=SECRET)
    make_post(thread, body=SECRET)

    services.hide(thread, at=MONDAY)

    assert SECRET not in everywhere(client, thread, queries.opening_of(thread))
    assert counts(thread) == (0, 0, 1)


@pytest.mark.parametrize("what", ["thread", "post", "opening"])
def test_showing_again_brings_everything_back(client: CheckingClient, city: City, what: str) -> None:
    thread = make_thread(city.talk, title=SECRET)
    post = make_post(thread)
    before = counts(thread)
    thing = {"thread": thread, "post": post, "opening": queries.opening_of(thread)}[what]

    services.hide(thing, at=MONDAY)
    services.hide(thing, at=MONDAY)
    services.unhide(thing, at=MONDAY)

    assert counts(thread) == before
    assert SECRET in client.get("/forum?q=pantas").text


def test_post_hidden_inside_a_hidden_thread_is_not_counted_twice(city: City) -> None:
    thread = make_thread(city.talk)
    post = make_post(thread)

    services.hide(thread, at=MONDAY)
    services.hide(post, at=MONDAY)
    services.unhide(thread, at=MONDAY)

    assert counts(thread) == (1, 1, 0)


def test_hidden_post_cannot_be_edited_quoted_or_supported(login: Login, city: City) -> None:
    post = make_post(by=city.ani, body=SECRET)
    services.hide(post, at=MONDAY)
    ani = login(city.ani)

    assert ani.get(f"/forum/posts/{post.number}/edit").status_code == 403
    assert ani.get(f"/forum/posts/{post.number}/options").status_code == 404
    assert SECRET not in ani.get(f"/forum/{post.thread.number}/reply?quote={post.number}").text


def test_followers_hear_nothing_of_a_hidden_thread(city: City) -> None:
    thread = make_thread(city.transport, by=city.ani, title=SECRET)
    services.follow(thread, by=city.budi, at=MONDAY)
    services.ask(thread, reason="Penting.", by=city.moderator, at=MONDAY)
    services.hide(thread, at=MONDAY)

    assert thread.assignment is not None
    assignments.respond(
        thread.assignment, kind=ResponseKind.ANSWER, body="Sudah.", by=city.officer, at=MONDAY
    )

    told = db.session.scalars(db.select(Notification.user_id).filter_by(kind="forum_answered"))
    assert set(told) == {city.ani.id}


def test_thread_that_became_a_report_leads_there_and_its_people_are_told(
    client: CheckingClient, city: City
) -> None:
    thread = make_thread(city.transport, by=city.ani)
    services.support(queries.opening_of(thread), by=city.budi, at=MONDAY)
    services.ask(thread, reason="Penting.", by=city.moderator, at=MONDAY)

    services.turn_into(thread, "report:MDN-26-000123", at=MONDAY)

    assert 'href="/reports/MDN-26-000123"' in client.get(f"/forum/{thread.number}").text
    assert thread.locked_at is not None
    assert thread.assignment is not None
    assert thread.assignment.state is AssignmentState.CLOSED
    told = db.session.scalars(db.select(Notification.user_id).filter_by(kind="forum_became"))
    assert set(told) == {city.ani.id, city.budi.id}


def test_post_that_became_an_idea_leads_there_and_the_thread_goes_on(
    client: CheckingClient, city: City
) -> None:
    thread = make_thread(city.talk)
    post = make_post(thread, by=city.ani)

    services.turn_into(post, "idea:I-7", at=MONDAY)

    assert 'href="/ideas/I-7"' in client.get(f"/forum/{thread.number}").text
    assert thread.locked_at is None
    assert {one.id for one in queries.writers(thread)} == {thread.author_id, city.ani.id}


def test_moderators_arrange_the_categories(login: Login, city: City) -> None:
    moderator = login(city.moderator)

    moderator.submit(
        moderator.get("/forum/arrangement/new"),
        "/new",
        slug="taman",
        name_id="Taman",
        name_en="Parks",
        category_code="angkot",
    )
    moderator.submit(
        moderator.get("/forum/arrangement/taman"), "/taman", name_id="Taman kota", is_active=None
    )

    saved = queries.category_or_404("taman")
    assert (saved.name_id, saved.category_code, saved.is_active) == ("Taman kota", "angkot", False)
    assert [one.slug for one in queries.categories()] == ["angkutan", "obrolan"]


def test_two_categories_never_share_an_address(login: Login, city: City) -> None:
    moderator = login(city.moderator)

    page = moderator.submit(
        moderator.get("/forum/arrangement/new"), "/new", slug="obrolan", name_id="A", name_en="B"
    )

    assert page.status_code == 422
    assert "Alamat ini sudah dipakai" in page.text


def test_residents_arrange_nothing(login: Login, city: City) -> None:
    assert login(city.ani).get("/forum/arrangement").status_code == 403


def test_moderator_is_led_to_what_turns_a_post_into_a_report(login: Login, city: City) -> None:
    post = make_post()

    page = login(city.moderator).get(f"/forum/posts/{post.number}/options").text

    assert f"/moderation/conversions/post:{post.number}" in page
    assert "/moderation/conversions/" not in login(city.ani).get(f"/forum/posts/{post.number}/options").text
