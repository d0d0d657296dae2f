"""What a page costs on a slow line, counted by the browser on compressed bytes."""

import gzip
import re
from pathlib import Path

import pytest

from portal import config
from tests.browser import rooms

KB = 1000
STATIC = config.ROOT / "static"
FIRST_VISIT = 60 * KB
USABLE = 45 * KB
FURTHER_PAGE = 15 * KB
REQUESTS = 6
LATER = re.compile(r"\.woff2(\?|$)")  # text stands there before its font
# Pictures are not counted; the plan's own script, which drags pins, has its own budget below.
APART = re.compile(r"/(photos|drawings)/|/js/plan\.js")
PAGES = [
    "/",
    "/reports",
    "/reports/new",
    "/reports/{open}",
    "/search?q=lampu",
    "/forum",
    "/forum/categories/{category}",
    "/forum/{thread}",
    "/forum/{answered}",
    "/projects",
    "/projects/taman-amplas",
    "/projects/taman-amplas/ideas",
    "/ideas/{idea}",
    "/projects/taman-amplas/plan",
    "/pins/{pin}",
    "/projects/taman-amplas/vote",
    "/projects/taman-amplas/meetings",
    "/projects/taman-amplas/building",
    "/projects/reports/{monthly}",
    "/surveys",
    "/surveys/{survey}/answer",
    "/surveys/{result}",
    "/moderation/log",
    "/house-rules",
    "/statistics",
    "/statistics/editions",
    "/statistics/editions/{edition}",
    "/ledger",
    "/sign-in",
]


@pytest.fixture
def weigh(chromium, city):
    """`weigh(*paths)` opens pages one after the other; gives for each the (path, bytes) that came."""

    def weighed(*paths):
        context = chromium.new_context(base_url=city.address)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        addresses, arrived, current = {}, [], []
        session.on(
            "Network.responseReceived",
            lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
        )
        session.on(
            "Network.loadingFinished",
            lambda event: current.append((addresses.get(event["requestId"], ""), event["encodedDataLength"])),
        )
        for path in paths:
            current.clear()
            page.goto(path, wait_until="networkidle")
            arrived.append([(address, size) for address, size in current if address.startswith(city.address)])
        context.close()
        return arrived

    return weighed


def counted(loads):
    return [load for load in loads if not APART.search(load[0])]


@pytest.fixture(scope="module")
def numbers(city):
    return rooms.numbers(city)


@pytest.mark.parametrize("path", PAGES)
def test_first_visit_fits_a_slow_line(weigh, numbers, path):
    [loads] = weigh(path.format(**numbers))

    rest = counted(loads)
    needed = [size for address, size in rest if not LATER.search(address)]
    assert sum(size for _, size in rest) <= FIRST_VISIT, rest
    assert len(rest) <= REQUESTS, rest
    assert sum(needed) <= USABLE, rest


def test_further_pages_are_light(weigh, numbers):
    """Each page with what it alone needs, when somebody has seen another page."""
    heavy = {}
    for path in PAGES:
        _, loads = weigh("/sign-up", path.format(**numbers))
        rest = counted(loads)
        if sum(size for _, size in rest) > FURTHER_PAGE:
            heavy[path] = rest

    assert heavy == {}


@pytest.mark.engine_free
def test_our_script_on_every_page_is_small():
    assert _compressed(STATIC / "js/portal.js") <= 4 * KB


@pytest.mark.engine_free
@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_task_script_is_small(path):
    assert _compressed(path) <= 6 * KB


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
