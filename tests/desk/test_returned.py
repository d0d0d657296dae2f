"""Duties that came back to the moderators, who may refuse them themselves."""

import pytest

from portal.assignments import handovers
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.notifications.models import Notification
from portal.reports.models import Report
from portal.reports.rules import ReportState
from tests.assignments.duties import at, officer
from tests.builders import make_outside_body
from tests.desk.conftest import City
from tests.support.client import CheckingClient


def declined(city: City) -> Report:
    """A report whose receiver sent it back to the moderators."""
    report = city.report()
    user, official = officer()
    handovers.transfer(
        report.assignment, reason="Bukan kami.", to_official=official, by=city.user, at=at("2026-11-17 10:00")
    )
    handovers.send_back(report.assignment, reason="Juga bukan kami.", by=user, at=at("2026-11-17 11:00"))
    return report


def test_a_moderator_refuses_a_returned_duty_with_its_basis(city: City, triage: CheckingClient) -> None:
    report = declined(city)
    carried = report.assignment.official.open_count
    body = make_outside_body()
    page = triage.get(f"/triage/{report.number}/duty")

    done = triage.submit(
        page,
        "/duty-refusal",
        **{
            "refusal-basis": "not_competent",
            "refusal-outside_body": str(body.id),
            "refusal-body": "Silakan menghubungi PLN.",
        },
    )

    assert done.status_code == 303, done.get_data(as_text=True)
    assert report.state is ReportState.ANSWERED
    assert report.first_response_at == report.first_closed_at is not None
    assert report.assignment.triage_clock is None
    db.session.refresh(report.assignment.official)
    assert report.assignment.official.open_count == carried
    public = triage.get(f"/reports/{report.number}").get_data(as_text=True)
    assert "Dasar penolakan: Bukan wewenang pemerintah kota." in public
    letter = db.session.scalars(db.select(Notification).filter_by(kind="report_refused")).one()
    assert "Moderator menolak laporan Anda" in letter.body


@pytest.mark.parametrize(
    "typed",
    [{"refusal-basis": "not_competent"}, {"refusal-body": "Tidak."}, {"refusal-basis": "unclear"}],
)
def test_an_incomplete_refusal_leaves_the_duty_with_the_moderators(
    city: City, triage: CheckingClient, typed: dict[str, str]
) -> None:
    report = declined(city)

    done = triage.submit(triage.get(f"/triage/{report.number}/duty"), "/duty-refusal", **typed)

    assert done.status_code == 422
    assert report.assignment.state == AssignmentState.RETURNED
    assert report.assignment.triage_clock is not None
