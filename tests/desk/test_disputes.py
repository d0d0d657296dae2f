"""Second disputes: twice not solved for the reporter, so moderators close the report or reopen it."""

from datetime import timedelta

import pytest
import time_machine

from portal.assignments import services as assignments
from portal.assignments.rules import AssignmentState, ResponseKind, Verdict
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.reports import services
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState
from tests.assignments.duties import at
from tests.desk.conftest import City
from tests.support.client import CheckingClient

UNSOLVED = {"verdict": Verdict.NOT, "stars": None, "comment": ""}


def answer(report: Report, city: City, when: str) -> None:
    assignments.respond(
        report.assignment, kind=ResponseKind.ANSWER, body="Lampu sudah kami ganti.", by=city.user, at=at(when)
    )


def disputed(city: City) -> Report:
    """Answered twice, and twice not solved for the reporter."""
    report = city.report()
    for answered, judged in (
        ("2026-11-17 10:00", "2026-11-18 10:00"),
        ("2026-11-19 10:00", "2026-11-20 08:00"),
    ):
        answer(report, city, answered)
        services.give_verdict(report, **UNSOLVED, at=at(judged))
    return report


def test_a_second_dispute_offers_both_ways_in_words(city: City, triage: CheckingClient) -> None:
    disputed(city)

    page = triage.get("/triage").get_data(as_text=True)

    assert "Buka kembali" in page
    assert "Biarkan tertutup" in page
    assert "petugas melanjutkan dengan sisa waktunya" in page


def test_a_moderator_reopens_a_second_dispute_on_the_old_clock(city: City, triage: CheckingClient) -> None:
    report = disputed(city)

    with time_machine.travel(at("2026-11-20 09:00"), tick=False):
        triage.submit(triage.get("/triage"), "/dispute-reopening")

    stage = db.session.scalars(
        db.select(StageDeadline).filter_by(clock_id=report.assignment.clock_id, stage=Stage.RESOLVE)
    ).one()
    assert (report.state, report.disputed_at, report.closed_at) == (ReportState.OPEN, None, None)
    assert report.assignment.state == AssignmentState.OPEN
    assert stage.is_open
    assert stage.due_at > at("2026-11-20 09:00")
    public = triage.get(f"/reports/{report.number}").get_data(as_text=True)
    assert "Dibuka kembali oleh moderator, tenggat lama berjalan terus" in public


def test_a_third_dispute_comes_back_to_the_moderators(city: City) -> None:
    report = disputed(city)
    assignments.reopen_dispute(report.assignment, at=at("2026-11-20 09:00"))
    answer(report, city, "2026-11-23 10:00")

    services.give_verdict(report, **UNSOLVED, at=at("2026-11-24 10:00"))

    assert report.disputed_at == at("2026-11-24 10:00")


def test_a_moderator_closes_a_second_dispute(city: City, triage: CheckingClient) -> None:
    report = disputed(city)

    triage.submit(triage.get("/triage"), "/dispute-closure")

    assert (report.state, report.ending) == (ReportState.CLOSED, Ending.DISPUTED)


def test_only_what_is_disputed_is_reopened_by_moderators(city: City) -> None:
    report = city.report()
    answer(report, city, "2026-11-17 10:00")

    with pytest.raises(DomainError):
        assignments.reopen_dispute(report.assignment, at=at("2026-11-17 10:00") + timedelta(days=1))
