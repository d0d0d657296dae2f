"""The demo city is one that the portal itself could have made."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.accounts.rules import STAFF
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState
from portal.config import Settings
from portal.db import db
from portal.deadlines import checking
from portal.deadlines import queries as deadlines
from portal.deadlines.models import Clock
from portal.deadlines.services import storing
from portal.demo import seed
from portal.errors import SettingsError
from portal.ledger.models import Event
from portal.organisation.models import Official
from portal.reports.masking import mask
from portal.reports.models import Report, ReportMerge, Supporter
from portal.reports.rules import Ending, ReportState
from portal.search.models import SearchDocument
from tests.demo.conftest import NOW, REPORTS
from tests.demo.replay import COLUMNS, replayable, replayed, told

pytestmark = pytest.mark.engine_free  # the services that tell its story are tested on both


def every(model: type[Any]) -> list[Any]:
    return list(db.session.scalars(db.select(model).order_by(model.id)))


def columns(thing: Any, *left_out: str) -> dict[str, Any]:
    return {
        column.key: getattr(thing, column.key)
        for column in thing.__table__.columns
        if column.key not in left_out
    }


def test_stored_due_times_are_what_the_ledger_says(demo: Flask) -> None:
    for clock in every(Clock):
        before = columns(clock), [columns(row) for row in clock.stages]
        storing.refresh(clock, at=NOW)
        assert before == (columns(clock), [columns(row) for row in clock.stages])


def test_the_daily_check_finds_no_difference(demo: Flask) -> None:
    found = [difference for batch in checking.batches() for difference in batch.differences]

    assert found == []


def test_new_limits_are_prepared_for_the_new_year(demo: Flask) -> None:
    prepared = deadlines.policy_versions()[0]

    assert (prepared.number, deadlines.policy_version(NOW).number) == (2, 1)
    assert (prepared.valid_from or NOW.date()) > NOW.date()


def test_nothing_of_the_past_waits_for_the_job_runner(demo: Flask) -> None:
    settled = [row for row in deadlines.due_steps(NOW, limit=1000) if row.clock.entries[0].at < NOW]
    live = {"MDN-26"}

    assert deadlines.capped_pauses(NOW) == []
    assert len(settled) <= len(live) * 8  # those of the demo's own people climb when the runner starts


def test_reports_are_as_many_as_asked_and_numbered_without_gaps(demo: Flask) -> None:
    numbers = [report.number for report in every(Report)]

    assert REPORTS <= len(numbers) <= REPORTS + 20  # and what its own people file, and what was imported
    for year in ("25", "26"):
        serials = sorted(int(number[-6:]) for number in numbers if number[4:6] == year)
        assert serials == list(range(1, len(serials) + 1))


def test_many_fates_happen(demo: Flask) -> None:
    states = Counter((report.state, report.ending) for report in every(Report))

    assert {
        (ReportState.OPEN, None),
        (ReportState.CLOSED, Ending.SOLVED),
        (ReportState.CLOSED, Ending.SILENCE),
        (ReportState.CLOSED, Ending.REFUSED),
    } <= set(states)
    assert states[ReportState.CLOSED, Ending.SOLVED] > REPORTS / 10


def test_nothing_happens_in_the_future(demo: Flask) -> None:
    assert max(event.at for event in every(Event)) <= NOW


def test_open_duties_of_officials_are_counted(demo: Flask) -> None:
    held = Counter(one.official_id for one in every(Assignment) if one.state is AssignmentState.OPEN)

    assert {one.id: one.open_count for one in every(Official) if one.open_count} == dict(held)


def test_supporters_are_counted(demo: Flask) -> None:
    """Whoever has it too and has an account, and who brought a report that was merged into it without one."""
    counted = Counter(one.report_id for one in every(Supporter) if one.is_affected)
    counted.update(one.into_id for one in every(ReportMerge) if one.adds_reporter)

    assert {one.id: one.supporter_count for one in every(Report) if one.supporter_count} == dict(counted)


def test_public_texts_hold_no_personal_data_and_confidential_ones_nothing(demo: Flask) -> None:
    found = {one.ref for one in every(SearchDocument)}

    for report in every(Report):
        assert mask(report.title + report.body).findings == []
        if report.is_confidential:
            assert (report.title, report.body, report.place, report.reporter_name) == ("", "", "", "")
            assert report.number not in found


def test_record_stands_in_the_order_of_time_for_each_report(demo: Flask) -> None:
    begun: set[str] = set()
    for event in every(Event):
        if event.subject.startswith("report:") and event.subject not in begun:
            assert event.kind in {"filed", "split_off", "imported"}
            begun.add(event.subject)


def test_story_told_by_the_services_leaves_the_same(demo: Flask) -> None:
    """Each kind of event at least three times, as far as it happened, and thirty reports at random."""
    lived_here = [report for report in every(Report) if report.source_id is None]
    for report in replayable(lived_here, least=3, more=30):
        again = replayed(report)
        assert columns_of(report) == columns_of(again), report.number
        assert told(report) == told(again), report.number


def columns_of(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in COLUMNS}


@pytest.mark.parametrize("account", seed.ACCOUNTS, ids=lambda one: one.role)
def test_demo_account_has_its_role(demo: Flask, account: Any) -> None:
    user = db.session.scalars(db.select(User).filter_by(email=account.email)).one()

    assert account.role in user.roles
    assert (account.role in STAFF) == bool(user.roles & STAFF)


@pytest.mark.parametrize("path", ["/", "/reports", "/statistics", "/en/reports", "/healthz", "/readyz"])
def test_public_pages_show_the_demo(demo: Flask, path: str) -> None:
    assert demo.test_client().get(path).status_code == 200


def test_every_tenth_report_has_its_pages(demo: Flask) -> None:
    visitor = demo.test_client()
    for report in every(Report)[::10]:
        assert visitor.get(f"/reports/{report.number}").status_code == 200
        assert visitor.get(f"/reports/{report.number}/deadline").status_code == 200


def test_filled_portal_needs_no_seed(demo: Flask) -> None:
    assert not seed.is_needed()


def test_production_refuses_the_demo(demo: Flask) -> None:
    settings = demo.extensions["settings"]
    demo.extensions["settings"] = Settings(environment="production")
    try:
        with pytest.raises(SettingsError, match="production"):
            seed.seed(at=NOW, reports=1, quiet=True)
    finally:
        demo.extensions["settings"] = settings
