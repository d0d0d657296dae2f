"""Support, follow, read on: counted once, told once, and led to what is new."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.forum import queries, services
from portal.forum.models import Post, Thread
from portal.forum.services import following
from portal.notifications.models import Notification
from tests.builders import MONDAY, make_post, make_thread, make_user
from tests.forum.conftest import City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]


def hours(count: float) -> datetime:
    return MONDAY + timedelta(hours=count)


def letters(kind: str, user: User) -> list[Notification]:
    return list(db.session.scalars(db.select(Notification).filter_by(kind=kind, user_id=user.id)))


def post_and_tell(thread: Thread, at: datetime, by: User | None = None) -> Post:
    """A new post, and what the job does about it."""
    post = make_post(thread, at=at, by=by)
    following.tell_followers(post, at=at)
    return post


def test_support_counts_once_and_can_be_taken_back(login: Login, city: City) -> None:
    thread = make_thread(city.talk, by=city.budi)
    ani = login(city.ani)

    page = ani.get(f"/forum/{thread.number}/support", follow_redirects=True)
    ani.submit(page, "/supporters")
    ani.post(f"{page.request.path.removesuffix('/options')}/supporters")
    assert "1 warga mendukung" in ani.get(f"/forum/{thread.number}").text

    ani.submit(ani.get(page.request.path), "/supporters/removal")
    assert "Belum ada pendukung" in ani.get(f"/forum/{thread.number}").text


def test_nobody_supports_what_they_said_themselves(city: City) -> None:
    post = make_post(by=city.ani)

    with pytest.raises(DomainError):
        services.support(post, by=city.ani, at=MONDAY)


def test_author_follows_the_own_thread(city: City) -> None:
    assert queries.followers(make_thread(city.talk, by=city.ani)) == [city.ani]


def test_follower_is_told_once_until_coming_back(city: City) -> None:
    thread = make_thread(city.talk, by=city.ani)

    post_and_tell(thread, hours(1))
    post_and_tell(thread, hours(2))
    assert len(letters("forum_new_posts", city.ani)) == 1

    services.mark_read(thread, by=city.ani, at=hours(3))
    post_and_tell(thread, hours(4))
    assert len(letters("forum_new_posts", city.ani)) == 2


def test_follower_who_reads_elsewhere_is_told_again_the_next_day(city: City) -> None:
    thread = make_thread(city.talk, by=city.ani)

    post_and_tell(thread, hours(1))
    post_and_tell(thread, hours(26))

    assert len(letters("forum_new_posts", city.ani)) == 2


def test_writer_is_not_told_of_the_own_words(city: City) -> None:
    thread = make_thread(city.talk, by=city.ani)

    post_and_tell(thread, hours(1), by=city.ani)

    assert letters("forum_new_posts", city.ani) == []


def test_following_and_stopping_are_one_press_each(login: Login, city: City) -> None:
    thread = make_thread(city.talk, by=city.budi)
    ani = login(city.ani)

    ani.submit(ani.get(f"/forum/{thread.number}/follow"), "/followers")
    assert thread.title in ani.get("/forum/followed").text

    ani.submit(ani.get(f"/forum/{thread.number}/follow"), "/followers/removal")
    assert thread.title not in ani.get("/forum/followed").text
    assert thread.follower_count == 1


def test_unread_leads_to_the_first_new_post_and_then_to_the_last(login: Login, city: City) -> None:
    thread = make_thread(city.talk, by=city.ani)
    posts = [make_post(thread, at=hours(serial)) for serial in range(1, 41)]
    ani = login(city.ani)

    first = ani.get(f"/forum/{thread.number}/unread").location
    again = ani.get(f"/forum/{thread.number}/unread").location

    assert first == f"/forum/{thread.number}#{posts[0].number}"
    assert again == f"/forum/{thread.number}?page=2#{posts[-1].number}"


def test_followed_threads_say_how_much_is_new(login: Login, city: City) -> None:
    thread = make_thread(city.talk, by=city.ani)
    make_post(thread, at=hours(1))
    make_post(thread, at=hours(2))

    page = login(city.ani).get("/forum/followed").text

    assert "2 tulisan baru" in page
    assert f"/forum/{thread.number}/unread" in page


def test_someone_without_account_is_asked_to_sign_in(client: CheckingClient, city: City) -> None:
    thread = make_thread(city.talk)

    for path in ("reply", "follow", "unread", "support"):
        assert "/sign-in" in client.get(f"/forum/{thread.number}/{path}").location


def test_disabled_follower_hears_nothing(city: City) -> None:
    gone = make_user(disabled_at=MONDAY)
    thread = make_thread(city.talk, by=city.budi)
    services.follow(thread, by=gone, at=MONDAY)

    post_and_tell(thread, hours(1))

    assert letters("forum_new_posts", gone) == []
