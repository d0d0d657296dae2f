"""Killing web server and job runner at any moment loses nothing and doubles nothing.

`SOAK=1` kills them twenty times each, at other moments each time.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from itertools import count
from pathlib import Path
from random import Random

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from portal import clock, migrations
from portal.app import create_app
from portal.assignments.models import Assignment
from portal.config import Settings
from portal.db import db, transaction
from portal.deadlines import importers
from portal.deadlines.models import StageDeadline
from portal.jobs import queries as jobs
from portal.jobs import rules, runner
from portal.ledger.models import Event
from portal.notifications.models import Notification
from portal.reports.filing import services as filing
from portal.reports.filing.rules import Answers
from portal.reports.models import Report
from tests import builders
from tests.conftest import settings_for
from tests.operations.processes import Mortal, free_port
from tests.operations.residents import Visitor, send_all

pytestmark = pytest.mark.heavy

SOAK = bool(os.environ.get("SOAK"))
REPORTS = 2_000 if SOAK else 80
AT_ONCE = 40
DEATHS = 20 if SOAK else 2  # of each process


@pytest.fixture
def portal_of_its_own(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Flask]:
    """A migrated portal whose database other processes share."""
    app = create_app(settings_for(new_database(), tmp_path, filing_limit="100000 per hour"))
    with app.app_context():
        migrations.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def prepare() -> list[str]:
    """A small city, and drafts that only wait to be sent; half are routed at once. Returns their tokens."""
    at = clock.now()
    with transaction():
        importers.seed(zone="Asia/Jakarta", at=at)
        area = builders.make_area(code="99.71.01.1001")
        agency = builders.make_agency()
        builders.make_official(agency, email="petugas@kota.example")
        lights, roads = builders.make_category(code="pju"), builders.make_category(code="jalan")
        builders.make_routing_rule(lights, agency)
        builders.make_routing_rule(roads, agency, verifies=False)
        return [draft(serial, ("pju", "jalan")[serial % 2], area.code) for serial in range(REPORTS)]


def draft(serial: int, category: str, area_code: str) -> str:
    at = clock.now()
    answers = Answers(
        title=f"Lampu padam nomor {serial}",
        body="Sudah empat malam padam.",
        category=category,
        area=area_code,
        place="Depan mushala",
        email=f"warga{serial}@contoh.id",
    )
    return filing.begin(answers, at=at)


def environment(settings: Settings) -> dict[str, str]:
    return {
        "DATABASE_URL": settings.database_url,
        "PORTAL_FILING_LIMIT": settings.filing_limit,
        "PORT": str(free_port()),
    }


def send_under_fire(tokens: list[str], web: Mortal, work: Mortal, port: int) -> list[int]:
    """Send all reports while both processes are killed at random moments and started again."""
    chance, answered = Random(None if SOAK else 2026), count(1)
    moments = sorted(chance.sample(range(10, REPORTS - 10), 2 * DEATHS))
    deaths = dict(zip(moments, [web, work] * DEATHS, strict=True))

    def on_answer() -> None:
        victim = deaths.get(next(answered))
        if victim:
            victim.kill()
            victim.revive()

    visitor = Visitor(port)
    visitor.open_form()
    return send_all(visitor, tokens, at_once=AT_ONCE, on_answer=on_answer)


def test_every_acknowledged_report_and_letter_is_there_once(portal_of_its_own: Flask, tmp_path: Path) -> None:
    tokens = prepare()
    settings = environment(portal_of_its_own.extensions["settings"])
    web, work = Mortal("web", tmp_path, **settings), Mortal("runner", tmp_path, **settings)
    try:
        statuses = send_under_fire(tokens, web, work, int(settings["PORT"]))
    finally:
        web.stop()
        work.stop()
    with time_machine.travel(clock.now() + rules.LEASE + timedelta(seconds=1)):
        runner.drain_outbox()  # also what the killed runners had claimed

    assert Counter(statuses) == {303: REPORTS}
    assert_reports_are_whole()
    assert_letters_are_whole(tmp_path / "letters")


def assert_reports_are_whole() -> None:
    reports = db.session.scalars(select(Report).order_by(Report.number)).all()
    serials = [int(report.number.rpartition("-")[2]) for report in reports]
    assert serials == list(range(1, REPORTS + 1))
    filed = db.session.execute(
        select(Event.subject, func.count()).where(Event.kind == "filed").group_by(Event.subject)
    )
    assert dict(list(filed)) == {f"report:{report.number}": 1 for report in reports}
    open_clocks = set(
        db.session.scalars(select(StageDeadline.clock_id).where(StageDeadline.is_open).distinct())
    )
    by_number = {found.number: found for found in db.session.scalars(select(Assignment))}
    for report in reports:
        is_routed = report.category_code == "pju"
        assert (report.number in by_number) == is_routed
        clock_id = by_number[report.number].clock_id if is_routed else report.verify_clock_id
        assert clock_id in open_clocks
    assert len(by_number) == REPORTS / 2


def assert_letters_are_whole(folder: Path) -> None:
    letters = [message_from_bytes(path.read_bytes()) for path in folder.glob("*.eml")]
    told = db.session.scalars(select(Notification).where(Notification.address.is_not(None))).all()
    kinds = Counter(notification.kind for notification in told)
    assert jobs.dead_count() == 0
    assert all(notification.sent_at for notification in told)
    assert kinds == {"report_received": REPORTS, "report_verified": REPORTS / 2, "duty_new": REPORTS / 2}
    assert len({letter["Message-ID"] for letter in letters}) == len(letters) == len(told)
