"""`python -m bench`: pages as a ratio to a bare hello and a naive list, and reports filed a second.

Every line is a ratio within this run: the machine's speed cancels out. Processor time per answer is the
servers' own; the rate also holds what the two of them share with the asker.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench import baselines, enlarge, filing, load
from bench.city import City, on_postgresql, on_sqlite
from bench.load import Measured, Page
from bench.servers import serving
from tests.support import postgres

SMALL, COPIES = 6_000, 33  # 6,000 and about 200,000 reports
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
FILED = 800


def main() -> None:
    hello, naive = _baselines()
    print(f"{'':44}{'rate':>10}{'/ hello':>9}{'/ naive':>9}{'cpu ms':>8}{'/ naive':>9}")
    _say("(a) bare Flask hello", hello, hello, naive)
    _say("(b) naive page of 25 rows", naive, hello, naive)
    with on_sqlite() as city:
        city.build(SMALL)
        small = _measure_pages(city, hello, naive, f"{SMALL:,} reports")
        with city.app.app_context():
            enlarge.enlarge(COPIES)
        large = _measure_pages(city, hello, naive, f"{SMALL * (COPIES + 1):,} reports")
    for name, measured in small.items():
        print(f"cost at 200,000 / 6,000: {name:40}{large[name].cpu_ms / measured.cpu_ms:6.2f}")
    _measure_filing()


def _baselines() -> tuple[Measured, Measured]:
    with TemporaryDirectory(prefix="balai-bench-") as folder:
        address = f"sqlite:///{Path(folder) / 'naive.sqlite'}"
        baselines.fill(address, SMALL)
        with serving("bench.baselines:hello") as server:
            hello = load.measure(Page("hello", f"{server.address}/"), seconds=SECONDS, pids=[server.pid])
        with serving("bench.baselines:naive", BENCH_DATABASE_URL=address) as server:
            naive = load.measure(Page("naive", f"{server.address}/"), seconds=SECONDS, pids=[server.pid])
    return hello, naive


def _measure_pages(city: City, hello: Measured, naive: Measured, size: str) -> dict[str, Measured]:
    print(f"\n{size}")
    found = {}
    with serving("wsgi:app", **city.environ) as server:
        for page in _pages(city, server.address):
            found[page.name] = load.measure(page, seconds=SECONDS, pids=[server.pid])
            _say(page.name, found[page.name], hello, naive)
    return found


def _pages(city: City, address: str) -> Iterator[Page]:
    report = city.open_report()
    public = {
        "home": "/",
        "report list": "/reports",
        "report": f"/reports/{report}",
        "statistics": "/statistics",
    }
    for name, path in public.items():
        yield Page(f"{name}, anonymous", address + path)
    etag = _etag(address + "/reports")
    yield Page("report list, not modified (304)", address + "/reports", (("If-None-Match", etag),), 304)
    resident, official = city.cookie("warga"), city.cookie("petugas")
    for name, path in public.items():
        yield Page(f"{name}, signed in", address + path, (("Cookie", resident),))
    yield Page("desk, signed in", f"{address}/desk", (("Cookie", official),))


def _etag(url: str) -> str:
    with urlopen(url) as response:  # noqa: S310  # our own server
        return str(response.headers["ETag"])


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
