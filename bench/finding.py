"""Search and the check for like reports among 200,000: statements, and time against the bare indexed query.

The bare query asks the same index for the newest hits and gives their ids: no filter, no ranking, no row to
show. `python -m bench.finding` measures both engines; each line is a ratio within its run.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, event, select

from bench import enlarge
from bench.city import City, on_postgresql, on_sqlite
from portal import clock
from portal.db import db
from portal.reports import queries as reports
from portal.reports.models import Report, ReportContent
from portal.reports.queries import Filter, Matter
from portal.search import queries as search
from portal.search.rules import terms
from tests.support import postgres

SMALL, COPIES = 600, 333  # about 200,000 reports
# What a search and the check read; the rest of a report would take most of the time to copy.
READ = ("clocks", "stage_deadlines", "assignments", "reports", "report_contents", "search_documents")
RUNS = 15
HITS = 400  # newest matches that a search ranks
CANDIDATES = 100  # and those that are compared
QUESTIONS = ("jalan", "lampu jalan", "jalan rusak berlubang", "garu", "jala")


@dataclass(frozen=True)
class Measured:
    """The quickest of many runs, and the statements that one of them sent."""

    milliseconds: float
    statements: int


def measure(ask: Callable[[], Any]) -> Measured:
    sent: list[str] = []

    def note(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    ask()
    event.remove(db.engine, "before_cursor_execute", note)
    return Measured(min(_timed(ask) for _ in range(RUNS)), len(sent))


def report(engine: str) -> None:
    """Measure every question and print a line for each."""
    print(f"\n{engine}, {db.session.scalar(select(db.func.count()).select_from(Report)):,} reports")
    print(f"{'':36}{'SQL':>5}{'ms':>9}{'bare ms':>9}{'ratio':>8}")
    at = clock.now()
    for question in QUESTIONS:
        wanted = Filter(text=question)
        _say(f"search: {question}", lambda w=wanted: reports.listed(w, at), _bare_words(question, HITS))
    for name, matter in _matters(_newest_open()).items():
        _say(f"like reports: {name}", lambda m=matter: reports.similar(m, at), _bare_matter(matter))


def _say(name: str, ask: Callable[[], Any], bare: Callable[[], Any]) -> None:
    ours, theirs = measure(ask), measure(bare)
    ratio = ours.milliseconds / theirs.milliseconds
    figures = f"{ours.statements:5}{ours.milliseconds:9.1f}{theirs.milliseconds:9.1f}{ratio:8.1f}"
    print(f"{name:36}{figures}", flush=True)


def _bare_words(question: str, limit: int) -> Callable[[], Any]:
    hit = search.matching("report", terms(question), limit=limit)
    return lambda: db.session.execute(select(hit.c.id)).all()


def _bare_matter(matter: Matter) -> Callable[[], Any]:
    """What the index of words alone takes for the same text."""
    hit = search.alike("report", terms(f"{matter.title}\n{matter.body}"), limit=CANDIDATES)
    return lambda: db.session.execute(select(hit.c.id)).all()


def _matters(row: Row[Any]) -> dict[str, Matter]:
    told = {"title": row.title, "category_code": row.category_code}
    placed = {**told, "body": row.body, "area_code": row.area_code}
    return {
        "a title being typed": Matter(title=row.title),
        "with its kelurahan": Matter(**placed),
        "with a point, 200 m": Matter(**placed, lat=row.lat, lon=row.lon),
        "with a point, 2 km": Matter(**placed, lat=row.lat, lon=row.lon, radius_m=2000),
    }


def _newest_open() -> Row[Any]:
    columns = (ReportContent.title, ReportContent.body, Report.category_code, Report.area_code)
    return db.session.execute(
        select(*columns, Report.lat, Report.lon)
        .join(ReportContent, ReportContent.report_id == Report.id)
        .where(Report.lat.is_not(None), Report.state == "open")
        .order_by(Report.received_at.desc(), Report.id.desc())
        .limit(1)
    ).one()


def _timed(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def grow(city: City) -> None:
    city.build(SMALL)
    with city.app.app_context():
        enlarge.enlarge(COPIES, READ)
        if db.engine.dialect.name == "postgresql":
            db.session.execute(db.text("ANALYZE"))
            db.session.commit()


def main(engines: Sequence[str] = ("SQLite", "PostgreSQL")) -> None:
    if "SQLite" in engines:
        with on_sqlite() as city:
            _measure("SQLite", city)
    if "PostgreSQL" in engines:
        with (
            postgres.server() as server,
            on_postgresql(postgres.create_database(server, "balai_found")) as city,
        ):
            _measure("PostgreSQL", city)


def _measure(engine: str, city: City) -> None:
    grow(city)
    with city.app.test_request_context():
        report(engine)


if __name__ == "__main__":
    main()
