"""One letter a day, at the start of the reader's own office day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import extensions
from portal.db import db, transaction
from portal.deadlines.rules.stages import Stage
from portal.mailroom import summaries
from portal.mailroom.models import DailySummary
from portal.notifications import services as notifications
from portal.notifications.models import Notification
from portal.organisation.models import Absence
from portal.organisation.rules import LeaveState, Rank
from tests.assignments.duties import at, make_duty, officer, remember, seed_calendars
from tests.builders import make_agency, make_report, make_user

MONDAY_OPEN = at("2026-11-16 09:30")
OVERDUE = at("2026-11-24 09:00")  # the first answer was due on Monday 23 November


@pytest.fixture(autouse=True)
def _city(session: Any) -> None:
    seed_calendars()
    remember()


def write(moment: Any) -> None:
    with transaction():
        while summaries.write_due(moment):
            pass


def letters(user: User | None = None) -> Sequence[Notification]:
    query = db.select(Notification).where(Notification.kind == "daily_summary").order_by(Notification.id)
    return db.session.scalars(query.where(Notification.user_id == user.id) if user else query).all()


def test_official_reads_what_is_overdue_when_the_office_opens() -> None:
    user, holder = officer()
    duty = make_duty(holder)

    write(OVERDUE)

    (letter,) = letters(user)
    assert letter.subject == "Ringkasan Selasa 24 November 2026"
    assert f"1 tugas terlambat:\n- {duty.number} {duty.title}" in letter.body


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("2026-11-24 07:29", id="before opening"),
        pytest.param("2026-11-24 16:00", id="after closing"),
        pytest.param("2026-11-22 09:00", id="Sunday"),
        pytest.param("2026-12-25 09:00", id="holiday"),
        pytest.param("2031-03-04 09:00", id="beyond the loaded calendars"),
    ],
)
def test_no_summary_while_the_office_is_closed(moment: str) -> None:
    make_duty(officer()[1])

    write(at(moment))

    assert letters() == []


def test_saturday_is_an_office_day_of_a_six_day_agency_only() -> None:
    six_day = officer(make_agency(calendar_key="six_day"))
    five_day = officer()
    for _user, holder in (six_day, five_day):
        make_duty(holder)

    write(at("2026-11-28 09:00"))

    assert [one.user_id for one in letters()] == [six_day[0].id]


def test_one_summary_a_day_however_often_the_runner_looks() -> None:
    make_duty(officer()[1])

    for moment in (OVERDUE, OVERDUE + timedelta(minutes=5), OVERDUE + timedelta(hours=3)):
        write(moment)

    assert len(letters()) == 1


def _write_and_die() -> None:
    with transaction():
        summaries.write_due(OVERDUE)
        raise RuntimeError


def test_summary_that_a_crash_undid_is_written_by_the_next_runner() -> None:
    make_duty(officer()[1])
    with pytest.raises(RuntimeError):
        _write_and_die()
    assert letters() == []

    write(OVERDUE)

    assert len(letters()) == 1


def test_missed_days_are_not_made_up_for() -> None:
    make_duty(officer()[1])

    write(OVERDUE)
    write(OVERDUE + timedelta(days=3))  # nothing ran on Wednesday and Thursday

    assert [one.created_at.date() for one in letters()] == [date(2026, 11, 24), date(2026, 11, 27)]


def test_nobody_hears_of_nothing() -> None:
    officer()

    write(OVERDUE)

    assert letters() == []
    assert db.session.scalar(db.select(db.func.count(DailySummary.id))) == 1  # and is not asked about again


def test_title_of_a_confidential_duty_stays_out() -> None:
    duty = make_duty(officer()[1], is_confidential=True, title="Pungutan oleh Pak Lurah")

    write(OVERDUE)

    assert duty.number in letters()[0].body
    assert "Pungutan" not in letters()[0].body


def test_official_on_leave_rests_and_the_substitute_reads_both_desks() -> None:
    (away, absent), (user, substitute) = officer(), officer()
    duty = make_duty(absent)
    db.session.add(
        Absence(
            official_id=absent.id,
            substitute_id=substitute.id,
            state=LeaveState.APPROVED,
            from_on=OVERDUE.date(),
            to_on=OVERDUE.date(),
            created_at=MONDAY_OPEN,
        )
    )

    write(OVERDUE)

    assert letters(away) == []
    assert duty.number in letters(user)[0].body


def test_stand_in_hears_nothing_of_what_is_about_the_own_unit() -> None:
    (_away, absent), (user, substitute) = officer(), officer()
    duty = make_duty(absent, excluded_agency_id=substitute.agency_id)
    other = make_duty(absent, serial=2)
    days = {"from_on": OVERDUE.date(), "to_on": OVERDUE.date(), "created_at": MONDAY_OPEN}
    db.session.add(Absence(official_id=absent.id, substitute_id=substitute.id, **days))

    write(OVERDUE)

    (letter,) = letters(user)
    assert other.number in letter.body
    assert duty.number not in letter.body


def test_summary_that_cannot_be_written_keeps_back_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    (broken, one), (user, other) = officer(), officer()
    for holder in (one, other):
        make_duty(holder)
    tell = notifications.tell

    def failing(recipient: Any, letter: str, **values: Any) -> None:
        if recipient.user_id == broken.id:
            raise RuntimeError
        tell(recipient, letter, **values)

    monkeypatch.setattr(notifications, "tell", failing)

    write(OVERDUE)

    assert letters(broken) == []
    assert len(letters(user)) == 1


def test_supervisor_reads_what_is_to_decide() -> None:
    boss, leader = officer(None, Role.SUPERVISOR, rank=Rank.SUPERVISOR)
    user, holder = officer(leader.agency, supervisor_id=leader.id)
    extensions.ask(
        make_duty(holder), Stage.RESOLVE, days=3, reason="Menunggu suku cadang", by=user, at=MONDAY_OPEN
    )
    db.session.add(
        Absence(
            official_id=holder.id,
            state=LeaveState.ASKED,
            from_on=date(2026, 12, 7),
            to_on=date(2026, 12, 9),
            created_at=MONDAY_OPEN,
        )
    )

    write(OVERDUE)

    body = letters(boss)[0].body
    assert "1 permohonan perpanjangan menunggu keputusan Anda." in body
    assert "1 permohonan cuti menunggu keputusan Anda." in body


def test_moderator_reads_what_waits_for_triage() -> None:
    moderator = make_user(Role.MODERATOR)
    make_report()

    write(OVERDUE)

    assert "1 laporan menunggu diverifikasi." in letters(moderator)[0].body


def test_whoever_switched_the_summary_off_gets_none() -> None:
    user, holder = officer()
    make_duty(holder)
    notifications.choose(user, {"summary": "none"})

    write(OVERDUE)

    assert letters() == []


def test_resident_gets_the_chosen_news_together_once_in_the_morning() -> None:
    resident = make_user()
    notifications.choose(resident, {"forum": "summary"})
    for number in (1, 2):
        notifications.tell(
            notifications.to_user(resident),
            "forum_asked",
            key=f"forum:{number}",
            at=MONDAY_OPEN,
            path=f"/forum/F-{number}",
            title=f"Angkot {number}",
            agency="Dishub",
            is_by_supporters=False,
        )

    write(at("2026-11-17 06:55"))
    assert letters() == []
    write(at("2026-11-17 07:05"))
    write(at("2026-11-18 07:05"))

    (letter,) = letters(resident)
    assert 'Utas "Angkot 1" kini pertanyaan resmi' in letter.body
    assert "http://127.0.0.1:8000/forum/F-2" in letter.body


def test_batch_takes_the_same_statements_for_two_people_and_for_forty(count_sql: Any) -> None:
    def cost(people: int) -> int:
        for _ in range(people):
            make_duty(officer()[1])
        db.session.commit()
        with count_sql() as statements:
            write(OVERDUE)
        return len([one for one in statements if one.startswith("SELECT")])

    few, many = cost(2), cost(40)

    assert many - few <= 40 * 3  # what each letter looks up to be sent; the desks are read for all at once
