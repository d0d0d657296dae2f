"""What a page costs on a slow line, counted by the browser on compressed bytes."""

import gzip
import re
from pathlib import Path
from typing import Any

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


# Fonts come when the first text is drawn; two frames later nothing more is asked for.
DRAWN = """() => document.fonts.ready.then(() => new Promise(
             done => requestAnimationFrame(() => requestAnimationFrame(() => done()))))"""


class Scales:
    """A window with an empty cache, and what came over the line."""

    def __init__(self, context: Any, address: str) -> None:
        self._page = context.new_page()
        self._line = context.new_cdp_session(self._page)
        self._line.send("Network.enable")
        self._line.on("Network.requestWillBeSent", self._asked)
        self._line.on("Network.loadingFinished", self._arrived)
        self._line.on("Network.loadingFailed", lambda event: self._pending.pop(event["requestId"], None))
        self._address = address
        self._pending: dict[str, str] = {}
        self._loads: list[tuple[str, int]] = []

    def weigh(self, *paths: str) -> list[list[tuple[str, int]]]:
        """Open pages one after the other; for each the (address, bytes) that came."""
        self._line.send("Network.clearBrowserCache")
        return [self._open(path) for path in paths]

    def _open(self, path: str) -> list[tuple[str, int]]:
        self._loads.clear()
        self._page.goto(path)
        self._page.evaluate(DRAWN)
        while self._pending:
            self._page.wait_for_timeout(10)
        return list(self._loads)

    def _asked(self, event: Any) -> None:
        if event["request"]["url"].startswith(self._address):
            self._pending[event["requestId"]] = event["request"]["url"]

    def _arrived(self, event: Any) -> None:
        if address := self._pending.pop(event["requestId"], None):
            self._loads.append((address, event["encodedDataLength"]))


@pytest.fixture(scope="module")
def weigh(chromium, city):
    """`weigh(*paths)` opens pages one after the other, the first with an empty cache."""
    context = chromium.new_context(base_url=city.address)
    yield Scales(context, city.address).weigh
    context.close()


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


@pytest.mark.engine_free
def test_scripts_of_filing_are_small_together():
    page = ("filing.js", "filing-outbox.js", "filing-offline.js")

    assert sum(_compressed(STATIC / "js" / name) for name in page) <= 6 * KB
    assert sum(_compressed(STATIC / "js" / name) for name in ("filing-worker.js", page[1])) <= 2 * KB


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
