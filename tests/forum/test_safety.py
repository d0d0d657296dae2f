"""Whatever people type stays text: on pages, in previews, quotes, letters and feeds."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from portal.accounts.models import User
from portal.db import db
from portal.forum import services
from portal.forum.services import following
from portal.notifications.models import Notification
from tests.builders import MONDAY, make_post, make_thread, make_user
from tests.forum.conftest import City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "<a href='vbscript:x' onclick=alert(1)>x</a>",
    "`<iframe srcdoc='<script>alert(1)</script>'>`",
    "<javascript:alert(1)>",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}<ScRiPt>alert(1)</ScRiPt>",
]
FORBIDDEN = ("<script>alert", "<img src=x", "<svg/onload", "<iframe", 'href="javascript', 'href="vbscript')


def dangers(html: str) -> list[str]:
    return [sign for sign in FORBIDDEN if sign in html.lower()]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_is_typed_runs(login: Login, city: City, attack: str) -> None:
    writer = make_user(name=attack[:80])
    thread = make_thread(city.talk, by=writer, title=attack[:150], body=attack)
    post = make_post(thread, by=writer, body=attack)
    services.edit(post, body=f"{attack} lagi", at=MONDAY)
    ani = login(city.ani)
    pages = [
        ani.get(f"/forum/{thread.number}"),
        ani.get("/forum"),
        ani.get(f"/forum/posts/{post.number}/history"),
        ani.get(f"/forum/posts/{post.number}/options"),
        ani.get(f"/forum/{thread.number}/reply?quote={post.number}"),
        ani.submit(ani.get(f"/forum/{thread.number}/reply?quote={post.number}"), "/reply", preview="1"),
    ]

    for page in pages:
        assert page.status_code == 200
        assert dangers(page.text) == [], page.request.path


@pytest.mark.parametrize("attack", ATTACKS)
def test_feeds_and_letters_carry_text_only(client: CheckingClient, city: City, attack: str) -> None:
    thread = make_thread(city.talk, by=city.ani, title=attack[:150], body=attack)
    post = make_post(thread, by=city.budi, body=attack)

    following.tell_followers(post, at=MONDAY)
    feed = ElementTree.fromstring(client.get(f"/forum/{thread.number}/feed.atom").data)  # noqa: S314
    letter = db.session.scalars(db.select(Notification).filter_by(kind="forum_new_posts")).one()

    contents = [one.text or "" for one in feed.iter("{http://www.w3.org/2005/Atom}content")]
    assert [sign for one in contents for sign in dangers(one)] == []
    assert "\n" not in letter.subject
    assert attack in letter.body
