"""What a page costs on a slow line, counted by the browser on compressed bytes."""

import gzip
from pathlib import Path

import pytest

from portal import config

KB = 1000
STATIC = config.ROOT / "static"
FIRST_VISIT = 60 * KB
USABLE = 45 * KB
FURTHER_PAGE = 15 * KB
REQUESTS = 6
ON_EVERY_PAGE = {"htmx.min.js", "portal.js"}


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


@pytest.mark.parametrize("path", ["/", "/reports", "/reports/new", "/statistics", "/sign-in"])
def test_first_visit_fits_a_slow_line(weigh, path):
    [loads] = weigh(path)

    photos = [load for load in loads if "/photos/" in load[0]]
    rest = [load for load in loads if load not in photos]
    assert sum(size for _, size in rest) <= FIRST_VISIT, rest
    assert len(rest) <= REQUESTS, rest


def test_page_is_usable_before_its_font_arrives(weigh):
    [loads] = weigh("/")

    needed = [size for address, size in loads if not address.endswith((".woff2", ".svg", ".ico"))]
    assert sum(needed) <= USABLE


@pytest.mark.parametrize("path", ["/reports", "/statistics", "/sign-in", "/reports/new"])
def test_further_page_is_light(weigh, path):
    _, loads = weigh("/", path)

    assert sum(size for address, size in loads if "/photos/" not in address) <= FURTHER_PAGE, loads


@pytest.mark.engine_free
def test_our_script_on_every_page_is_small():
    assert _compressed(STATIC / "js/portal.js") <= 4 * KB


@pytest.mark.engine_free
@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_task_script_is_small(path):
    assert _compressed(path) <= 6 * KB


def _compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))
