"""`python -m bench`: pages as a ratio to a bare hello and a naive list, and reports filed a second.

Every line is a ratio within this run: the machine's speed cancels out. Processor time per answer is the
servers' own; the rate also holds what the two of them share with the asker.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import baselines, enlarge, filing, load, pages, rooms
from bench.city import City, on_postgresql, on_sqlite
from bench.load import Measured, Page
from bench.pages import Rooms
from bench.servers import serving
from tests.support import postgres

SMALL, COPIES = 6_000, 33  # 6,000 and about 200,000 reports
POSTS, PINS = (100, 10_000), (100, 1_000)  # of one thread and on one plan, in the small city and the large
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
FILED = 800


def main() -> None:
    hello, naive = _baselines()
    print(f"{'':44}{'rate':>10}{'/ hello':>9}{'/ naive':>9}{'cpu ms':>8}{'/ naive':>9}")
    _say("(a) bare Flask hello", hello, hello, naive)
    _say("(b) naive page of 25 rows", naive, hello, naive)
    with on_sqlite() as city:
        city.build(SMALL)
        small = _measure_pages(city, hello, naive, _rooms(city, 0), f"{SMALL:,} reports")
        with city.app.app_context():
            enlarge.enlarge(COPIES)
        large = _measure_pages(city, hello, naive, _rooms(city, 1), f"{SMALL * (COPIES + 1):,} reports")
    print(f"\nprocessor time, large / small: 200,000 / 6,000 reports, posts {POSTS}, pins {PINS}")
    for name, measured in small.items():
        print(f"{name:44}{large[name].cpu_ms / measured.cpu_ms:10.2f}")
    _measure_filing()


def _rooms(city: City, size: int) -> Rooms:
    with city.app.test_request_context():
        return Rooms(rooms.talk(POSTS[size]), POSTS[size], rooms.pin(PINS[size]))


def _baselines() -> tuple[Measured, Measured]:
    with TemporaryDirectory(prefix="balai-bench-") as folder:
        address = f"sqlite:///{Path(folder) / 'naive.sqlite'}"
        baselines.fill(address, SMALL)
        with serving("bench.baselines:hello") as server:
            hello = load.measure(Page("hello", f"{server.address}/"), seconds=SECONDS, pids=[server.pid])
        with serving("bench.baselines:naive", BENCH_DATABASE_URL=address) as server:
            naive = load.measure(Page("naive", f"{server.address}/"), seconds=SECONDS, pids=[server.pid])
    return hello, naive


def _measure_pages(
    city: City, hello: Measured, naive: Measured, found: Rooms, size: str
) -> dict[str, Measured]:
    measured = {}
    for title, target, asked in (
        ("as they are asked for", "wsgi:app", pages.as_asked),
        ("made anew for each who asks", "bench.anew:app", pages.made_anew),
    ):
        print(f"\n{size}, {title}")
        with serving(target, **city.environ) as server:
            for page in asked(city, found, server.address):
                measured[page.name] = load.measure(page, seconds=SECONDS, pids=[server.pid])
                _say(page.name, measured[page.name], hello, naive)
    return measured


def _measure_filing() -> None:
    print(f"\nreports filed a second, {filing.WRITERS} writers, {FILED} reports")
    with on_sqlite() as city:
        _file(city, "SQLite")
    with postgres.server() as server:
        address = postgres.create_database(server, "balai_bench")
        with on_postgresql(address) as city:
            _file(city, "PostgreSQL")


def _file(city: City, engine: str) -> None:
    city.build(300)
    with city.app.app_context():
        tokens = filing.prepare(FILED)
    with serving("wsgi:app", **city.environ) as server:
        filed = filing.measure(server.address, tokens)
    print(f"{engine:44}{filed.rate:10.0f}   {filed.refused} refused")


def _say(name: str, measured: Measured, hello: Measured, naive: Measured) -> None:
    ratios = f"{measured.rate / hello.rate:9.2f}{measured.rate / naive.rate:9.2f}"
    print(
        f"{name:44}{measured.rate:10.0f}{ratios}{measured.cpu_ms:8.2f}{measured.cpu_ms / naive.cpu_ms:9.2f}",
        flush=True,
    )


main()
