"""Leave is asked for, decided by whoever stands above, and taken back."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.errors import DomainError
from portal.notifications.models import Notification
from portal.organisation import leave, policy, queries
from portal.organisation.models import Absence
from portal.organisation.rules import LeaveKind, LeaveState
from tests.assignments.duties import at, officer, seed_calendars
from tests.builders import make_agency, make_official, make_user

NOW = at("2026-11-16 09:00")  # a Monday
TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _calendars(session):
    seed_calendars()


def team():
    """A head, a supervisor below, and an official below both, each with an account."""
    head_user, head = officer(None, Role.HEAD, rank="head")
    boss_user, boss = officer(head.agency, Role.SUPERVISOR, rank="supervisor", supervisor_id=head.id)
    user, official = officer(head.agency, supervisor_id=boss.id)
    return (head_user, head), (boss_user, boss), (user, official)


def ask(user, official, first="2026-11-18", last="2026-11-20", **changes):
    values = {"kind": LeaveKind.ANNUAL, "substitute": None, "note": "", "by": user, "at": NOW, **changes}
    return leave.ask(official, from_on=date.fromisoformat(first), to_on=date.fromisoformat(last), **values)


def letters_to(user):
    found = select(Notification.kind).where(Notification.user_id == user.id).order_by(Notification.id)
    return list(queries.db.session.scalars(found))


def test_leave_counts_only_once_it_is_approved():
    _, (boss_user, _), (user, official) = team()
    absence = ask(user, official)
    asked = queries.away_on(date(2026, 11, 18)).away

    leave.approve(absence, by=boss_user, at=NOW)

    assert official.id not in asked
    assert queries.away_on(date(2026, 11, 18)).away == {official.id: None}
    assert queries.away_on(date(2026, 11, 21)).away == {}


def test_both_sides_are_told_by_letter():
    _, (boss_user, _), (user, official) = team()
    substitute_user, substitute = officer(official.agency)
    absence = ask(user, official, substitute=substitute)
    told_first = letters_to(boss_user)

    leave.approve(absence, by=boss_user, at=NOW, note="Selamat beristirahat.")

    assert told_first == ["leave_asked"]
    assert letters_to(user) == ["leave_decided"]
    assert letters_to(substitute_user) == ["leave_stand_in"]


def test_an_absent_supervisor_leaves_the_decision_to_the_next_one_up():
    (head_user, _), (boss_user, boss), (user, official) = team()
    leave.enter(
        boss, kind=LeaveKind.OTHER, from_on=TODAY, to_on=TODAY, substitute=None, note="", by=head_user, at=NOW
    )

    absence = ask(user, official)

    assert "leave_asked" not in letters_to(boss_user)
    assert "leave_asked" in letters_to(head_user)
    assert policy.may_decide_leave(head_user, absence)


def test_without_anybody_above_administrators_decide():
    user, official = officer()
    administrator = make_user(Role.ADMINISTRATOR)

    absence = ask(user, official)

    assert letters_to(administrator) == ["leave_asked"]
    assert policy.may_decide_leave(administrator, absence)


def test_nobody_decides_their_own_leave_nor_a_neighbours():
    (_, _), (boss_user, boss), (user, official) = team()
    stranger, _ = officer(None, Role.SUPERVISOR)
    absence, of_boss = ask(user, official), ask(boss_user, boss)

    assert not policy.may_decide_leave(user, absence)
    assert not policy.may_decide_leave(stranger, absence)
    assert not policy.may_decide_leave(boss_user, of_boss)


@pytest.mark.parametrize(
    ("days", "changes", "field"),
    [
        (("2026-11-13", "2026-11-20"), {}, "from_on"),
        (("2026-11-20", "2026-11-18"), {}, "to_on"),
        (("2026-11-20", "2027-11-30"), {}, "to_on"),
        (("2026-08-01", "2026-08-03"), {"kind": LeaveKind.SICK}, "from_on"),
    ],
    ids=["in the past", "ends before it begins", "longer than a year", "sick leave of months ago"],
)
def test_days_that_make_no_sense_are_refused_beside_their_field(days, changes, field):
    _, _, (user, official) = team()

    with pytest.raises(DomainError) as error:
        ask(user, official, *days, **changes)

    assert error.value.field == field


def test_sick_leave_may_be_told_afterwards():
    _, _, (user, official) = team()

    assert ask(user, official, "2026-11-12", "2026-11-13", kind=LeaveKind.SICK).state is LeaveState.ASKED


def test_leave_that_overlaps_another_is_refused_unless_that_one_was():
    _, (boss_user, _), (user, official) = team()
    first = ask(user, official)
    with pytest.raises(DomainError) as error:
        ask(user, official, "2026-11-20", "2026-11-24")

    leave.refuse(first, reason="Dua rekan sudah cuti.", by=boss_user, at=NOW)

    assert error.value.field == "from_on"
    assert ask(user, official, "2026-11-20", "2026-11-24").state is LeaveState.ASKED


def test_nobody_stands_in_for_themselves_and_nobody_who_left():
    _, _, (user, official) = team()
    gone = make_official(official.agency, active_to=date(2026, 11, 1))

    for substitute in (official, gone):
        with pytest.raises(DomainError) as error:
            ask(user, official, substitute=substitute)
        assert error.value.field == "substitute"


def test_leave_is_decided_once_and_refused_with_words():
    _, (boss_user, _), (user, official) = team()
    absence = ask(user, official)
    with pytest.raises(DomainError):
        leave.refuse(absence, reason=" ", by=boss_user, at=NOW)

    leave.refuse(absence, reason="Dua rekan sudah cuti.", by=boss_user, at=NOW)

    with pytest.raises(DomainError):
        leave.approve(absence, by=boss_user, at=NOW)
    assert (absence.state, absence.decision_note) == (LeaveState.REFUSED, "Dua rekan sudah cuti.")


@pytest.mark.parametrize(
    ("when", "state", "last"),
    [
        ("2026-11-17 10:00", LeaveState.CANCELLED, date(2026, 11, 20)),
        ("2026-11-18 10:00", LeaveState.CANCELLED, date(2026, 11, 20)),
        ("2026-11-20 10:00", LeaveState.APPROVED, date(2026, 11, 19)),
    ],
    ids=["before it begins", "on its first day", "while it runs: it ends yesterday"],
)
def test_leave_is_taken_back(when, state, last):
    _, (boss_user, _), (user, official) = team()
    absence = ask(user, official)
    leave.approve(absence, by=boss_user, at=NOW)

    leave.cancel(absence, at=at(when))

    assert (absence.state, absence.to_on) == (state, last)
    assert official.id not in queries.away_on(at(when).date()).away


def test_leave_that_is_over_stays_as_it_was():
    _, (boss_user, _), (user, official) = team()
    absence = ask(user, official)
    leave.approve(absence, by=boss_user, at=NOW)

    with pytest.raises(DomainError):
        leave.cancel(absence, at=at("2026-11-21 10:00"))


def test_an_absence_that_was_kept_before_leave_was_asked_for_counts(session):
    official = make_official(make_agency())
    session.add(Absence(official_id=official.id, from_on=TODAY, to_on=TODAY, created_at=NOW))

    assert queries.away_on(TODAY).away == {official.id: None}


def test_nobody_enters_their_own_leave_past_the_decision():
    _user, official = officer(None, Role.OFFICIAL, Role.ADMINISTRATOR)
    administrator = queries.db.session.get_one(User, official.user_id)

    assert not policy.may_enter_leave(administrator, official)
    assert policy.may_enter_leave(administrator, make_official())
