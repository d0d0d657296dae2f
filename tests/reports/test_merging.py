"""Two reports of the same matter become one, and are parted again where that was a mistake."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import ResponseKind, Verdict
from portal.db import db
from portal.deadlines.rules.stages import Stage
from portal.errors import Conflict, DomainError
from portal.notifications.models import Notification
from portal.reports import services
from portal.reports.models import Report, Supporter
from portal.reports.rules import Ending, ReportKind, ReportState
from portal.statistics.queries import cases
from portal.statistics.rules.scope import Scope
from tests.builders import MONDAY, make_report, make_user
from tests.reports.conftest import City
from tests.support.client import CheckingClient

LATER = MONDAY + timedelta(hours=3)
NOW = MONDAY + timedelta(days=1)


@pytest.fixture
def earlier(city: City) -> Report:
    return make_report(city.lights, area_code=city.area.code, by=make_user())


@pytest.fixture
def later(city: City) -> Report:
    return make_report(
        city.lights, at=LATER, area_code=city.area.code, title="Lampu padam", email="siti@contoh.id"
    )


def merge(report: Report, into: Report, at: datetime = NOW) -> None:
    services.merge(report, into=into, by=make_user(Role.MODERATOR), at=at)


def due(report: Report, stage: Stage) -> datetime | None:
    rows = report.assignment.clock.stages if report.assignment else report.verify_clock.stages
    return next(row.due_at for row in rows if row.stage is stage)


def letters_to(address: str) -> list[str]:
    return list(db.session.scalars(select(Notification.kind).filter_by(address=address)))


def test_the_later_report_ends_and_the_earlier_keeps_its_own_clock(earlier: Report, later: Report) -> None:
    before = due(earlier, Stage.RESOLVE)

    merge(later, earlier)

    assert (later.ending, later.state) == (Ending.MERGED, ReportState.CLOSED)
    assert later.assignment.withdrawn_at == NOW
    assert due(earlier, Stage.RESOLVE) == before
    assert earlier.state is ReportState.OPEN


def test_the_earlier_report_cannot_end_in_a_later_one(earlier: Report, later: Report) -> None:
    with pytest.raises(DomainError, match="lebih dahulu"):
        merge(earlier, later)


def test_everybody_follows_the_survivor_and_is_counted_once(earlier: Report, later: Report) -> None:
    both, one = make_user(), make_user()
    for user, report in ((both, earlier), (both, later), (one, later)):
        services.support(report, by=user, at=LATER)

    merge(later, earlier)

    assert earlier.supporter_count == 3  # both, one, and who wrote the later one by letter
    assert later.supporter_count == 0


def test_who_brought_both_is_no_supporter_of_their_own(city: City, earlier: Report) -> None:
    again = make_report(city.lights, at=LATER, by=earlier.reporter.user)

    merge(again, earlier)

    assert earlier.supporter_count == 0


def test_the_merged_reporter_is_told_of_the_answer(city: City, earlier: Report, later: Report) -> None:
    merge(later, earlier)

    by = city.official.user_id
    assignments.respond(
        earlier.assignment,
        kind=ResponseKind.ANSWER,
        body="Sudah menyala.",
        by=db.session.get_one(type(earlier.reporter.user), by),
        at=NOW,
    )

    assert letters_to("siti@contoh.id")[-2:] == ["report_merged", "followed_report_answered"]


def test_the_pages_of_both_lead_to_each_other(client: CheckingClient, earlier: Report, later: Report) -> None:
    merge(later, earlier)

    gone = client.get(f"/reports/{later.number}").get_data(as_text=True)
    stays = client.get(f"/reports/{earlier.number}").get_data(as_text=True)

    assert f"/reports/{earlier.number}" in gone
    assert f"/reports/{later.number}" in stays
    assert "Lampu padam" not in stays


@pytest.mark.parametrize("flag", ["is_confidential"])
def test_a_confidential_report_is_merged_only_into_a_confidential_one(
    city: City, earlier: Report, flag: str
) -> None:
    secret = make_report(city.roads, at=LATER, **{flag: True})

    with pytest.raises(DomainError, match="rahasia"):
        merge(secret, earlier)


def test_merged_ones_count_as_a_competing_ending(earlier: Report, later: Report) -> None:
    merge(later, earlier)

    end = MONDAY + timedelta(days=30)
    found = cases(Scope(MONDAY.date(), end.date(), end, ZoneInfo("Asia/Jakarta")))

    assert sorted(case.withdrawn_at is not None for case in found) == [False, True]


def test_a_merge_is_undone_within_a_week(earlier: Report, later: Report) -> None:
    services.support(later, by=make_user(), at=LATER)
    merge(later, earlier)

    services.unmerge(later, by=make_user(Role.MODERATOR), at=NOW)

    assert (later.state, later.ending, later.merged_into_id) == (ReportState.OPEN, None, None)
    assert (earlier.supporter_count, later.supporter_count) == (0, 1)
    # Friday 4 December; like any reopening it goes on with the day after.
    assert due(later, Stage.RESOLVE) == datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
    assert db.session.scalars(select(Supporter).filter_by(report_id=earlier.id)).all() == []


def test_the_reporter_may_still_reopen_after_an_undone_merge(
    city: City, earlier: Report, later: Report
) -> None:
    merge(later, earlier)
    services.unmerge(later, by=make_user(Role.MODERATOR), at=NOW)
    user = db.session.get_one(type(earlier.reporter.user), city.official.user_id)
    assignments.respond(later.assignment, kind=ResponseKind.ANSWER, body="Selesai.", by=user, at=NOW)

    services.give_verdict(later, verdict=Verdict.NOT, stars=None, comment="", at=NOW)

    assert later.state is ReportState.OPEN


def test_whoever_was_merged_before_goes_along_and_comes_back(
    city: City, earlier: Report, later: Report
) -> None:
    third = make_report(city.lights, at=LATER, area_code=city.area.code, email="budi@contoh.id")
    merge(third, later)

    merge(later, earlier)
    assert (earlier.supporter_count, later.supporter_count) == (2, 0)

    services.unmerge(later, by=make_user(Role.MODERATOR), at=NOW)
    assert (earlier.supporter_count, later.supporter_count) == (0, 1)


def test_after_a_week_a_merge_stands(earlier: Report, later: Report) -> None:
    merge(later, earlier)

    with pytest.raises(DomainError, match="tujuh hari"):
        services.unmerge(later, by=make_user(Role.MODERATOR), at=NOW + timedelta(days=8))


def test_an_unverified_report_goes_on_in_one_that_is_handled(city: City, earlier: Report) -> None:
    waiting = make_report(city.roads, at=LATER)

    merge(waiting, earlier)
    services.unmerge(waiting, by=make_user(Role.MODERATOR), at=NOW)

    assert waiting.state is ReportState.SUBMITTED
    assert waiting.verify_clock.closed_at is None


def test_two_moderators_notice_each_other(earlier: Report, later: Report) -> None:
    seen = later.lock
    services.change_kind(
        later,
        kind=ReportKind.SUGGESTION,
        reason="Usulan.",
        by=make_user(Role.MODERATOR),
        at=NOW,
        expected_lock=seen,
    )

    with pytest.raises(Conflict):
        services.merge(later, into=earlier, by=make_user(Role.MODERATOR), at=NOW, expected_lock=seen)
