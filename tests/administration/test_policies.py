"""A new policy: prepared for a day, seen before it is saved, applied to open matters only with a reason."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines import services as clocks
from portal.deadlines.models import PolicyApplication, StageDeadline
from portal.deadlines.rules.stages import Matter, Stage
from portal.jobs import runner
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from tests.builders import (
    MONDAY,
    make_agency,
    make_area,
    make_category,
    make_official,
    make_report,
    make_routing_rule,
    make_user,
)

NEW = "/administration/policies/new"
TWENTY = {"complaint-resolve-limit": "20", "note": "Perwal 5/2026"}
REASON = "Putusan Ombudsman Nomor 7"


@pytest.fixture(autouse=True)
def _monday(calendars):
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        yield


def open_complaint():
    return clocks.open_clock(Matter.COMPLAINT, stages=[Stage.RESPOND, Stage.RESOLVE], at=MONDAY)


def due(clock_id):
    rows = select(StageDeadline.due_at).where(
        StageDeadline.clock_id == clock_id, StageDeadline.stage == Stage.RESOLVE
    )
    return db.session.scalar(rows.execution_options(populate_existing=True))


def test_preview_says_from_when_to_when_and_saves_nothing(admin):
    open_complaint()

    shown = admin.submit(admin.get(NEW), step="preview", **TWENTY)

    assert shown.status_code == 200
    for words in ("1 tenggat akan bergeser", "Jumat 4 Desember 2026", "Senin 14 Desember 2026"):
        assert words in shown.text
    assert len(deadlines.policy_versions()) == 1


def test_what_is_open_keeps_its_policy_and_what_begins_takes_the_new_one(admin):
    old = open_complaint()

    admin.submit(admin.get(NEW), step="save", **TWENTY)
    runner.drain_outbox()

    new = open_complaint()
    assert (due(old.id), due(new.id)) == (
        datetime(2026, 12, 4, 9, 30, tzinfo=UTC),
        datetime(2026, 12, 14, 9, 0, tzinfo=UTC),
    )


def test_a_prepared_version_holds_from_its_day_on(admin):
    first = MONDAY.date() + timedelta(days=7)
    admin.submit(admin.get(NEW), step="save", valid_from=first.isoformat(), **TWENTY)

    page = admin.get("/administration/policies").text

    assert "disiapkan" in page
    assert "Yang berlaku hari ini: versi 1" in page
    limits = [
        deadlines.policy(MONDAY + timedelta(days=days)).limit(Matter.COMPLAINT, Stage.RESOLVE).amount
        for days in (0, 6, 7, 60)
    ]
    assert limits == [14, 14, 20, 20]
    assert (
        clocks.open_clock(
            Matter.COMPLAINT, stages=[Stage.RESOLVE], at=MONDAY + timedelta(days=6)
        ).policy_version_id
        != deadlines.policy_version(MONDAY + timedelta(days=7)).id
    )


def test_a_version_of_today_starts_from_what_holds_today_not_from_what_is_prepared(admin):
    later = (MONDAY.date() + timedelta(days=7)).isoformat()
    admin.submit(admin.get(NEW), step="save", valid_from=later, **TWENTY)

    page = admin.get(NEW)
    admin.submit(page, step="save", **{"complaint-respond-limit": "4", "note": "Perwal 6/2026"})

    assert "Angka di bawah berasal dari versi 1." in page.text
    assert deadlines.policy(MONDAY).limit(Matter.COMPLAINT, Stage.RESOLVE).amount == 14


def test_a_prepared_version_is_amended_from_its_own_numbers(admin):
    later = (MONDAY.date() + timedelta(days=7)).isoformat()
    admin.submit(admin.get(NEW), step="save", valid_from=later, **TWENTY)

    page = admin.get(f"{NEW}?base=2")
    numbers = {"complaint-respond-limit": "4", "note": "Perwal 6/2026", "valid_from": later}
    admin.submit(page, step="save", **numbers)

    amended = deadlines.policy(MONDAY + timedelta(days=7))
    limits = [amended.limit(Matter.COMPLAINT, stage).amount for stage in (Stage.RESPOND, Stage.RESOLVE)]
    assert limits == [4, 20]


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"for_open_matters": True}, "Tulis alasan mengapa laporan yang terbuka ikut berubah."),
        ({"valid_from": "2026-11-15"}, "paling cepat berlaku mulai hari ini"),
        (
            {"for_open_matters": True, "reason": REASON, "valid_from": "2026-12-01"},
            "baru berlaku mulai Selasa 1 Desember 2026",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(admin, wishes, words):
    answer = admin.submit(admin.get(NEW), step="save", **TWENTY, **wishes)

    assert answer.status_code == 422
    assert words in answer.text
    assert len(deadlines.policy_versions()) == 1


@pytest.fixture
def lights(app):
    """A category that a rule gives to an official at once."""
    agency, category = make_agency(), make_category(code="pju")
    make_area(code="99.71.01.1001")
    make_official(agency, user_id=make_user().id)
    make_routing_rule(category, agency)
    return category


def test_applied_with_a_reason_both_sides_read_it_once(admin, lights):
    report = make_report(lights, by=make_user())

    admin.submit(admin.get(NEW), step="save", for_open_matters=True, reason=REASON, **TWENTY)
    runner.drain_outbox()

    letters = db.session.scalars(select(Notification).where(Notification.kind.like("%moved"))).all()
    assert sorted(letter.kind for letter in letters) == ["duty_moved", "report_moved"]
    assert all(f"Alasannya: {REASON}" in letter.body for letter in letters)
    moved = [one for one in ledger.events_of(f"report:{report.number}") if one.kind == "deadline_moved"]
    assert [(one.details["cause"], one.details["version"]) for one in moved] == [("policy", 2)]
    assert REASON in admin.get(f"/reports/{report.number}/deadline").text
    assert REASON in admin.get("/administration/changes?kind=policy").text


def test_an_existing_version_is_applied_later(admin):
    old = open_complaint()
    admin.submit(admin.get(NEW), step="save", **TWENTY)
    page = admin.get("/administration/policies/2")

    shown = admin.submit(page, step="preview", reason=REASON)
    assert "1 tenggat akan bergeser" in shown.text
    assert due(old.id) == datetime(2026, 12, 4, 9, 30, tzinfo=UTC)

    admin.submit(shown, step="save")
    runner.drain_outbox()

    assert due(old.id) == datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
    assert REASON in admin.get("/administration/policies/2").text
    assert [one.reason for one in db.session.scalars(select(PolicyApplication))] == [REASON]


def test_a_version_that_is_still_to_come_cannot_be_applied(admin):
    day = date(2026, 12, 1)
    admin.submit(admin.get(NEW), step="save", valid_from=day.isoformat(), **TWENTY)

    page = admin.get("/administration/policies/2")

    assert "setelah mulai berlaku" in page.text
    assert clock.now().date() < day
