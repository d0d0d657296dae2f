"""Which pages are asked for: as visitors and signed-in people get them, and each of them made anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import urlopen

from bench.city import City
from bench.load import Page
from portal.forum.rules import page_of

DESKS = (  # what is shown, whose account, where
    ("desk, an official's", "petugas", "/desk"),
    ("desk, a supervisor's line", "atasan", "/team"),
    ("desk, a head's agency", "kepala", "/team"),
    ("desk, the inspectorate's city", "inspektorat", "/team"),
    ("triage, a moderator's", "moderator", "/triage"),
    ("today, a moderator's", "moderator", "/today"),
)


@dataclass(frozen=True)
class Rooms:
    """What is large in a city: a thread by its number with so many posts, a project's plan by its slug."""

    thread: str
    posts: int
    plan: str


def as_asked(city: City, rooms: Rooms, address: str) -> Iterator[Page]:
    """Public pages, which everybody shares, and desks."""
    public = _public(city, rooms)
    for name, path in public.items():
        yield Page(f"{name}, anonymous", address + path)
    etag = _etag(address + "/reports")
    yield Page("report list, not modified (304)", address + "/reports", (("If-None-Match", etag),), 304)
    resident = city.cookie("warga")
    for name, path in public.items():
        yield Page(f"{name}, signed in", address + path, (("Cookie", resident),))
    yield Page("desk, signed in", f"{address}/desk", (("Cookie", city.cookie("petugas")),))


def made_anew(city: City, rooms: Rooms, address: str) -> Iterator[Page]:
    """The same and their neighbours: what they cost the first who asks."""
    last = page_of(rooms.posts)
    plan = f"/projects/{rooms.plan}/plan"
    further = {
        "thread, middle page": f"/forum/{rooms.thread}?page={last // 2}",
        "thread, last page": f"/forum/{rooms.thread}?page={last}",
        "forum, one kecamatan": "/forum?area=12.71.09",
        "ideas, newest first": "/projects/taman-amplas/ideas",
        "ideas, most supported first": "/projects/taman-amplas/ideas?sort=supported",
        "plan, one kind": f"{plan}?kind=worry",
        "plan, one square": f"{plan}?square=F4",
        "search": "/search?q=lampu+jalan",
        "moderation log": "/moderation/log",
    }
    for name, path in (_public(city, rooms) | further).items():
        yield Page(f"{name}, anew", address + path)
    for name, account, path in DESKS:
        yield Page(name, address + path, (("Cookie", city.cookie(account)),))


def _public(city: City, rooms: Rooms) -> dict[str, str]:
    return {
        "home": "/",
        "report list": "/reports",
        "report": f"/reports/{city.open_report()}",
        "forum list": "/forum",
        "thread": f"/forum/{rooms.thread}",
        "project": "/projects/taman-amplas",
        "plan": f"/projects/{rooms.plan}/plan",
        "statistics": "/statistics",
        "edition": f"/statistics/editions/{city.edition()}",
    }


def _etag(url: str) -> str:
    with urlopen(url) as response:  # noqa: S310  # our own server
        return str(response.headers["ETag"])
