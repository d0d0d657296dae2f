"""The moderators' list of refusals, and the page on which one is undone."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments.models import Response
from portal.assignments.rules import AssignmentState, RefusalBasis
from portal.db import db
from portal.deadlines.rules.stages import Stage
from portal.notifications.models import Notification
from portal.reports import services as reports
from portal.reports.models import EarlyRefusal, Report
from portal.reports.rules import Ending, ReportState
from tests.assignments.duties import at, officer, refuse
from tests.builders import make_outside_body, make_report, make_user
from tests.desk.conftest import NOW, City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]
REASON = "Tiangnya milik kota, bukan PLN."


@pytest.fixture
def refused(city: City) -> Response:
    return refuse(city.report().assignment, city.user, "2026-11-16 09:00", body="Ini tiang PLN.")


def early(city: City, by: User) -> Report:
    report = make_report(city.category, is_anonymous=True, at=NOW)
    reports.refuse_unverified(
        report,
        basis=RefusalBasis.NOT_COMPETENT,
        outside_body=make_outside_body(),
        reason="Silakan hubungi PLN.",
        by=by,
        at=NOW,
    )
    return report


def refusal_kept(report: Report) -> int:
    return db.session.scalars(db.select(EarlyRefusal.id).filter_by(report_id=report.id)).one()


def test_the_list_tells_both_kinds_and_filters_them(
    city: City, triage: CheckingClient, refused: Response
) -> None:
    before = early(city, make_user(Role.MODERATOR))

    everything = triage.get("/triage/refusals").get_data(as_text=True)
    of_agency = triage.get(f"/triage/refusals?agency={refused.agency_id}").get_data(as_text=True)
    unlawful = triage.get("/triage/refusals?basis=unlawful").get_data(as_text=True)

    assert refused.assignment.number in everything
    assert before.number in everything
    assert refused.assignment.number in of_agency
    assert before.number not in of_agency
    assert "Tidak ada penolakan" in unlawful


def test_undoing_one_brings_it_back_to_the_desk(
    city: City, triage: CheckingClient, refused: Response
) -> None:
    report = db.session.scalars(db.select(Report)).one()
    page = triage.get(f"/triage/refusals/{refused.id}")

    wordless = triage.submit(page, f"/refusals/{refused.id}", reason="")
    done = triage.submit(page, f"/refusals/{refused.id}", reason=REASON)

    public = triage.get(f"/reports/{report.number}").get_data(as_text=True)
    assert wordless.status_code == 422
    assert done.status_code == 303
    assert refused.assignment.state is AssignmentState.OPEN
    assert (report.state, report.reopen_count, report.overturn_count) == (ReportState.OPEN, 1, 1)
    assert "Moderator membatalkan penolakan" in public
    assert "Penolakan ini dibatalkan moderator." in public
    assert "Penolakan dibatalkan" in triage.get("/triage/refusals").get_data(as_text=True)


def test_the_reporter_is_told_why(city: City, triage: CheckingClient, refused: Response) -> None:
    page = triage.get(f"/triage/refusals/{refused.id}")

    triage.submit(page, f"/refusals/{refused.id}", reason=REASON)

    letter = db.session.scalars(db.select(Notification).filter_by(kind="report_refusal_overturned")).one()
    assert REASON in letter.body


def test_a_report_refused_before_verification_waits_for_it_again(city: City, triage: CheckingClient) -> None:
    report = early(city, make_user(Role.MODERATOR))
    page = triage.get(f"/triage/early-refusals/{refusal_kept(report)}")

    triage.submit(page, f"/early-refusals/{refusal_kept(report)}", reason=REASON)

    verify = [row for row in report.verify_clock.stages if row.stage is Stage.VERIFY][-1]
    assert (report.state, report.ending) == (ReportState.SUBMITTED, None)
    assert verify.due_at == at("2026-11-19 16:00")
    assert report.first_closed_at == NOW
    assert report.number in triage.get("/triage").get_data(as_text=True)


def test_who_refused_it_does_not_judge_it(city: City, triage: CheckingClient) -> None:
    report = early(city, city.moderator)

    page = triage.get(f"/triage/early-refusals/{refusal_kept(report)}")

    assert "Anda sendiri yang menolaknya" in page.get_data(as_text=True)
    assert report.ending is Ending.REFUSED


def test_a_moderator_of_the_unit_concerned_sees_neither(city: City, login: Login, refused: Response) -> None:
    insider, position = officer(None, Role.MODERATOR)
    refused.assignment.excluded_agency_id = position.agency_id
    report = early(city, city.moderator)
    report.concerned_agency_id = position.agency_id
    db.session.flush()
    inside = login(insider)

    assert inside.get(f"/triage/refusals/{refused.id}").status_code == 404
    assert inside.get(f"/triage/early-refusals/{refusal_kept(report)}").status_code == 404
    listed = inside.get("/triage/refusals").get_data(as_text=True)
    assert report.number not in listed
    assert refused.assignment.number not in listed


def test_the_list_costs_the_same_for_many(
    city: City, triage: CheckingClient, count_sql: Callable[[], Any]
) -> None:
    for _ in range(3):
        early(city, city.moderator)
    db.session.expunge_all()
    with count_sql() as few:
        triage.get("/triage/refusals")
    for _ in range(60):
        early(city, make_user(Role.MODERATOR))
    db.session.expunge_all()
    with count_sql() as many:
        page = triage.get("/triage/refusals")

    assert "Berikutnya" in page.get_data(as_text=True)
    assert len(few) == len(many) <= 8
