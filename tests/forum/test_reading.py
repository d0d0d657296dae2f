"""Lists, pages, permalinks, feeds and search; the same cost for 10,000 posts as for ten."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from portal.db import db
from portal.forum import importers, queries, services
from portal.forum.importers import PastPost, PastThread
from portal.forum.models import Post, Thread
from tests.builders import MONDAY, make_area, make_post, make_thread, make_user
from tests.forum.conftest import City
from tests.support.client import CheckingClient

ATOM = "{http://www.w3.org/2005/Atom}"
MAX_STATEMENTS = 8
MANY = 10_000


def titles(page: str) -> list[str]:
    return [part.split(">")[1].split("<")[0] for part in page.split('class="queue__title"')[1:]]


def grow(thread: Thread, count: int) -> None:
    """Many more posts, as plain rows."""
    first = thread.last_position + 1
    rows = [
        {
            "thread_id": thread.id,
            "position": position,
            "author_id": thread.author_id,
            "body": f"Pesan {position}",
            "body_html": f"<p>Pesan {position}</p>",
            "posted_at": MONDAY + timedelta(minutes=position),
        }
        for position in range(first, first + count)
    ]
    db.session.execute(db.insert(Post), rows)
    services.recount()


def test_last_talked_about_comes_first(client: CheckingClient, city: City) -> None:
    old = make_thread(city.talk, title="Lama", at=MONDAY)
    make_thread(city.talk, title="Baru", at=MONDAY + timedelta(hours=1))
    assert titles(client.get("/forum").text) == ["Baru", "Lama"]

    make_post(old, at=MONDAY + timedelta(hours=2))
    assert titles(client.get("/forum").text) == ["Lama", "Baru"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/forum?area=99.71.01", ["Angkot"]),
        ("/forum?area=99.71.02", []),
        ("/forum?unanswered=1", ["Angkot"]),
        ("/forum?q=angkot", ["Angkot"]),
        ("/forum?q=angkot&area=99.71.02", []),
        ("/forum/categories/obrolan", ["Kopi"]),
        ("/forum?before=zz&from=-4&area=", ["Kopi", "Angkot"]),
    ],
)
def test_the_list_is_narrowed(client: CheckingClient, city: City, path: str, expected: list[str]) -> None:
    village = make_area(code="99.71.01.1001", parent_code=city.district.code)
    asked = make_thread(city.transport, title="Angkot", area_code=village.code)
    services.ask(asked, reason="Penting.", by=city.moderator, at=MONDAY)
    make_thread(city.talk, title="Kopi", body="Warung mana?", at=MONDAY + timedelta(hours=1))

    assert titles(client.get(path).text) == expected


def test_categories_show_how_much_and_what_was_said_last(client: CheckingClient, city: City) -> None:
    make_thread(city.talk, title="Warung kopi", at=MONDAY)
    make_thread(city.talk, title="Lapangan bola", at=MONDAY + timedelta(hours=1))

    shelf = client.get("/forum").text.split('class="shelf"')[2]

    assert "2 utas" in shelf
    assert "Lapangan bola" in shelf


def test_empty_forum_leads_on(client: CheckingClient, city: City) -> None:
    assert "Mulai utas baru" in client.get("/forum").text
    assert "Belum ada utas" in client.get("/forum/categories/obrolan").text


def test_pages_of_the_list_follow_each_other_without_gap_or_double(
    client: CheckingClient, city: City
) -> None:
    for serial in range(60):
        make_thread(city.talk, title=f"Utas {serial}", at=MONDAY + timedelta(minutes=serial // 7))
    seen, path = [], "/forum"
    while path:
        page = client.get(path).text
        seen += titles(page)
        older = page.split('rel="next" href="')[1:]
        path = older[0].split('"')[0].replace("&amp;", "&") if older else ""

    assert len(seen) == len(set(seen)) == 60


def test_permalink_leads_to_the_page_of_the_post(client: CheckingClient, city: City) -> None:
    thread = make_thread(city.talk)
    posts = [make_post(thread) for _ in range(30)]

    assert (
        client.get(f"/forum/posts/{posts[0].number}").location == f"/forum/{thread.number}#{posts[0].number}"
    )
    last = client.get(f"/forum/posts/{posts[-1].number}")
    assert last.location == f"/forum/{thread.number}?page=2#{posts[-1].number}"
    assert f'id="{posts[-1].number}"' in client.get(last.location).text


@pytest.mark.parametrize("page", ["0", "-1", "x", "3", "٣", "99999999999"])
def test_a_page_that_is_not_there_is_404(client: CheckingClient, city: City, page: str) -> None:
    thread = make_thread(city.talk)

    assert client.get(f"/forum/{thread.number}?page={page}").status_code == 404


def test_ten_thousand_posts_cost_what_ten_do(
    client: CheckingClient, city: City, count_sql: Callable[[], Any]
) -> None:
    small, large = make_thread(city.transport), make_thread(city.transport)
    for thread in (small, large):
        services.ask(thread, reason="Penting.", by=city.moderator, at=MONDAY)
    grow(small, 49)
    grow(large, MANY)
    client.get(f"/forum/{small.number}?page=2")  # warm

    def cost(path: str) -> tuple[list[str], float]:
        times = []
        for _ in range(15):
            with count_sql() as statements:
                begun = time.perf_counter()
                assert client.get(path).status_code == 200
                times.append(time.perf_counter() - begun)
        return statements, min(times)

    reference, quick = cost(f"/forum/{small.number}?page=2")
    for page in (2, 200, 400):
        statements, slow = cost(f"/forum/{large.number}?page={page}")
        assert statements == reference
        assert slow <= quick * 1.5
    assert len(reference) <= MAX_STATEMENTS
    assert not [one for one in reference if "count(" in one.lower()]


def test_lists_cost_the_same_with_a_thousand_threads(
    client: CheckingClient, city: City, count_sql: Callable[[], Any]
) -> None:
    def ask(hour: int) -> None:
        at = MONDAY + timedelta(hours=hour)
        thread = make_thread(city.transport, area_code=city.district.code, at=at)
        services.ask(thread, reason="Penting.", by=city.moderator, at=at)

    ask(1)
    paths = ("/forum", "/forum/categories/angkutan", "/forum?area=99.71.01", "/forum?q=angkot")

    def counted() -> list[int]:
        found = []
        for path in paths:
            with count_sql() as statements:
                client.get(path)
            found.append(len(statements))
        return found

    counted()
    few = counted()
    author = make_user()
    importers.bring_in(
        PastThread(
            category=city.transport,
            title=f"Angkot {serial}",
            posts=[PastPost(author=author, body="Angkot jarang lewat.", at=MONDAY)],
            area_code=city.district.code,
        )
        for serial in range(1000)
    )
    ask(2)

    assert counted() == few
    assert max(few) <= MAX_STATEMENTS


def test_past_conversations_are_brought_in_with_their_counts(client: CheckingClient, city: City) -> None:
    said = [
        PastPost(author=city.ani, body="Siapa ikut *gotong royong*?", at=MONDAY, supporters=[city.budi]),
        PastPost(author=city.officer, body="Kami pinjamkan alat.", at=MONDAY + timedelta(hours=1)),
    ]

    [thread] = importers.bring_in([PastThread(category=city.talk, title="Gotong royong", posts=said)])
    page = client.get(f"/forum/{thread.number}").text

    assert (thread.reply_count, thread.supporter_count, thread.follower_count) == (1, 1, 1)
    assert (thread.category.thread_count, thread.category.post_count) == (1, 2)
    assert "<em>gotong royong</em>" in page
    assert "Kepala seksi, Dinas Perhubungan" in page
    assert titles(client.get("/forum?q=gotong").text) == ["Gotong royong"]


def test_recounting_finds_what_the_writes_kept(city: City) -> None:
    thread = make_thread(city.talk, by=city.ani)
    post = make_post(thread, by=city.budi)
    hidden = make_post(thread)
    services.support(post, by=city.ani, at=MONDAY)
    services.support(queries.opening_of(thread), by=city.budi, at=MONDAY)
    services.hide(hidden, at=MONDAY)
    kept = ("reply_count", "supporter_count", "follower_count", "last_position", "last_post_at")
    before = [getattr(thread, name) for name in kept]
    in_category = (thread.category.thread_count, thread.category.post_count)

    services.recount()

    assert [getattr(thread, name) for name in kept] == before
    assert (thread.category.thread_count, thread.category.post_count) == in_category


@pytest.mark.parametrize("path", ["feed.atom", "categories/obrolan/feed.atom", "{number}/feed.atom"])
def test_feeds_are_well_formed_and_lead_to_the_portal(client: CheckingClient, city: City, path: str) -> None:
    thread = make_thread(city.talk, by=city.ani, title="Kopi & teh <enak>", body="[halte](/forum/F-1)")

    answer = client.get(f"/forum/{path.format(number=thread.number)}")
    feed = ElementTree.fromstring(answer.data)  # noqa: S314  # our own feed
    entry = feed.find(f"{ATOM}entry")

    assert answer.mimetype == "application/atom+xml"
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Kopi & teh <enak>"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ani Lubis"
    assert entry.findtext(f"{ATOM}content", "").startswith("<p><a href=")
    for link in feed.iter(f"{ATOM}link"):
        assert link.get("href", "").startswith("http")


def test_the_liveliest_thread_comes_first_on_the_front_door(city: City) -> None:
    make_thread(city.talk, title="Lama", at=MONDAY)
    make_thread(city.talk, title="Baru", at=MONDAY + timedelta(hours=1))

    assert [row.title for row in queries.lively(1)] == ["Baru"]
