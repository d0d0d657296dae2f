"""Leave moves running duties to whoever stands in, and back; nothing restarts and nothing is lost."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.accounts.rules import Role
from portal.assignments import handovers, leave, services
from portal.assignments.models import Assignment, LeaveHandover
from portal.assignments.rules import AssignmentState, ResponseKind
from portal.categories.rules import CategoryClass
from portal.deadlines.models import StageDeadline
from portal.errors import DomainError
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from portal.organisation import leave as organisation
from portal.organisation.models import Absence, StandingSubstitute
from portal.organisation.rules import LeaveState
from portal.routing import services as routing
from portal.routing.models import RoutingPoolMember
from tests.assignments.duties import Memory, at, make_duty, officer, remember, say, seed_calendars
from tests.builders import make_agency, make_category, make_official, make_routing_rule, make_user

ASKED, DAY, BACK = at("2026-11-16 10:00"), at("2026-11-18 00:05"), at("2026-11-21 00:05")


@pytest.fixture(autouse=True)
def memory(session: object) -> Memory:
    seed_calendars()
    return remember()


@pytest.fixture
def people():
    """An official with a duty, their supervisor and a colleague who stands in."""
    _, boss = officer(None, Role.SUPERVISOR, rank="supervisor")
    _, official = officer(boss.agency, supervisor_id=boss.id)
    _, other = officer(boss.agency, supervisor_id=boss.id)
    return boss, official, other


def away(session, official, substitute=None, first="2026-11-18", last="2026-11-20", **changes):
    """Approved leave, by default from Wednesday to Friday."""
    absence = Absence(
        official=official,
        substitute=substitute,
        from_on=date.fromisoformat(first),
        to_on=date.fromisoformat(last),
        created_at=ASKED,
        **changes,
    )
    session.add(absence)
    session.flush()
    return absence


def due(duty: Assignment) -> list:
    return [(row.stage, row.due_at, row.agency_id, row.accountable_agency_id) for row in duty.clock.stages]


def events(duty: Assignment) -> list[str]:
    return [event.kind for event in ledger.events_of(f"trial:{duty.number}")]


def letters(session, kind: str) -> list[Notification]:
    return session.scalars(select(Notification).filter_by(kind=kind)).all()


def test_running_duties_go_to_the_substitute_with_their_clocks(session, people, memory):
    boss, official, other = people
    duty = make_duty(official)
    was = due(duty)
    away(session, official, other, note="Tiang 17 menunggu suku cadang.")

    leave.hand_over_leave(DAY)

    assert (duty.official, duty.hop_count, duty.agency) == (other, 0, boss.agency)
    assert due(duty) == was
    assert {row.official_id for row in duty.clock.stages} == {other.id}
    assert (official.open_count, other.open_count) == (0, 1)
    assert events(duty) == ["disposed", "handed_over"]
    assert memory.heard == ["moved"]


def test_the_note_stands_among_the_internal_notes_and_nowhere_else(session, people):
    _, official, other = people
    duty = make_duty(official)
    away(session, official, other, note="Tiang 17 menunggu suku cadang.", kind="sick")

    leave.hand_over_leave(DAY)

    (note,) = duty.responses
    assert (note.kind, note.body, note.official) == (
        ResponseKind.NOTE,
        "Tiang 17 menunggu suku cadang.",
        official,
    )
    public = [event.details for event in ledger.events_of(f"trial:{duty.number}")]
    assert not any("sick" in str(details) or "Tiang" in str(details) for details in public)
    (letter,) = letters(session, "leave_duties")
    assert "Tiang 17" in letter.body


def test_nothing_moves_before_the_first_day_nor_for_leave_that_is_not_approved(session, people):
    _, official, other = people
    duty = make_duty(official)
    away(session, official, other)
    away(session, official, other, "2026-11-16", "2026-11-17", state=LeaveState.ASKED)

    leave.hand_over_leave(at("2026-11-17 23:00"))

    assert duty.official == official


def test_leave_approved_late_moves_duties_at_once(session, people):
    _, official, other = people
    duty = make_duty(official)
    absence = away(session, official, other, state=LeaveState.ASKED)

    organisation.approve(absence, by=make_user(), at=at("2026-11-19 11:00"))

    assert duty.official == other


def test_work_that_begins_again_hands_nothing_over_twice(session, people):
    _, official, other = people
    duty = make_duty(official)
    away(session, official, other, note="Hubungi gudang.")

    for _ in range(3):
        leave.hand_over_leave(DAY)

    assert session.scalar(select(func.count(LeaveHandover.id))) == 1
    assert (events(duty).count("handed_over"), len(duty.responses), other.open_count) == (1, 1, 1)
    assert len(letters(session, "leave_duties")) == 1


def test_what_is_still_open_and_still_there_comes_back_on_the_first_day_back(session, people):
    _, official, other = people
    kept, answered, passed_on = (make_duty(official, serial=number) for number in (1, 2, 3))
    third_user, third = officer(official.agency)
    away(session, official, other)
    leave.hand_over_leave(DAY)
    say(answered, "answer", third_user, "2026-11-18 10:00")
    handovers.reassign(passed_on, to_official=third, by=third_user, at=at("2026-11-18 10:00"))
    leave.give_back_leave(at("2026-11-20 23:00"))
    before = kept.official

    leave.give_back_leave(BACK)
    leave.give_back_leave(BACK)

    assert before == other
    assert (kept.official, answered.official, passed_on.official) == (official, other, third)
    assert events(kept) == ["disposed", "handed_over", "handed_back"]
    assert (official.open_count, other.open_count, third.open_count) == (1, 0, 1)
    assert len(letters(session, "leave_back")) == 1


def test_leave_that_ends_early_brings_the_duties_back_at_once(session, people):
    _, official, other = people
    duty = make_duty(official)
    absence = away(session, official, other)
    leave.hand_over_leave(DAY)

    organisation.cancel(absence, at=at("2026-11-19 09:00"))

    assert (duty.official, absence.to_on) == (official, date(2026, 11, 18))


def test_another_leave_right_after_keeps_the_duties_with_the_substitute(session, people):
    _, official, other = people
    duty = make_duty(official)
    away(session, official, other)
    away(session, official, other, "2026-11-21", "2026-11-24")
    leave.hand_over_leave(DAY)

    leave.give_back_leave(BACK)
    held = duty.official
    leave.give_back_leave(at("2026-11-25 00:05"))

    assert (held, duty.official) == (other, official)


def test_a_substitute_on_leave_too_hands_on_and_the_first_holder_gets_it_back(session, people):
    _, official, other = people
    third = make_official(official.agency)
    duty = make_duty(official)
    away(session, official, other)
    away(session, other, third, "2026-11-19", "2026-11-30")
    leave.hand_over_leave(DAY)
    leave.hand_over_leave(at("2026-11-19 00:05"))
    held = duty.official

    leave.give_back_leave(BACK)

    assert (held, duty.official) == (third, official)


def test_substitutes_who_are_both_away_leave_it_to_the_supervisor(session, people):
    boss, official, other = people
    duty = make_duty(official)
    away(session, official, other)
    away(session, other, official)

    leave.hand_over_leave(DAY)

    assert duty.official == boss


def test_a_standing_substitute_is_found_without_being_named_for_the_leave(session, people):
    _, official, other = people
    session.add(StandingSubstitute(official_id=official.id, substitute_id=other.id, position=1))
    duty = make_duty(official)
    away(session, official)

    leave.hand_over_leave(DAY)

    assert duty.official == other


def test_supervisory_weight_never_goes_to_the_concerned_unit_or_its_line(session, people):
    """The substitute works there, the supervisor stands above it: moderators are told instead."""
    boss, official, _ = people
    moderator = make_user(Role.MODERATOR)
    concerned = make_official(supervisor_id=boss.id)
    duty = make_duty(official, excluded_agency_id=concerned.agency_id, is_confidential=True)
    away(session, official, concerned)

    leave.hand_over_leave(DAY)
    leave.hand_over_leave(DAY)

    assert duty.official == official
    (letter,) = letters(session, "leave_duty_stays")
    assert letter.user_id == moderator.id
    assert duty.title not in letter.body


def test_sealed_matters_go_to_the_team_alone_or_stay(session, people):
    boss, official, other = people
    category = make_category(category_class=CategoryClass.CONFIDENTIAL)
    rule = make_routing_rule(category, official.agency, verifies=False)
    mate = make_official(official.agency, open_count=4)
    session.add_all(RoutingPoolMember(rule_id=rule.id, official_id=one.id) for one in (official, mate))
    session.flush()
    found = routing.Routing(official.agency_id, official.id, rule_id=rule.id, reason={"basis": "rule"})
    values = {"category_code": category.code, "is_confidential": True}
    of_team = make_duty(official, routing=found, **values)
    named_in_person = make_duty(official, serial=2, **values)
    away(session, official, other)

    leave.hand_over_leave(DAY)

    assert (of_team.official, named_in_person.official) == (mate, official)
    (letter,) = letters(session, "leave_duty_stays")
    assert letter.user_id == boss.user_id


def test_a_duty_that_is_reopened_during_leave_follows(session, people):
    _, official, other = people
    user = make_user()
    duty = make_duty(official)
    say(duty, "answer", user, "2026-11-17 10:00")
    away(session, official, other)
    leave.hand_over_leave(DAY)
    before = duty.official

    services.reopen(duty, at=at("2026-11-18 09:00"))
    leave.hand_over_leave(at("2026-11-18 09:05"))

    assert (before, duty.official, duty.state) == (official, other, AssignmentState.OPEN)


# Nothing new reaches somebody who is away.


def test_a_supervisor_cannot_give_a_duty_to_somebody_on_leave(session, people):
    _, official, other = people
    duty = make_duty(official)
    away(session, other)

    with pytest.raises(DomainError) as error:
        handovers.reassign(duty, to_official=other, by=make_user(), at=at("2026-11-18 10:00"))

    assert error.value.field == "official"


def test_a_transfer_cannot_name_somebody_on_leave(session, people):
    user, holder = officer()
    _, official, _ = people
    duty = make_duty(holder)
    away(session, official)
    when = at("2026-11-18 10:00")

    with pytest.raises(DomainError):
        handovers.transfer(duty, reason="Bukan kami.", to_official=official, by=user, at=when)

    assert duty.official == holder


def test_moderators_cannot_name_somebody_on_leave(session, people):
    _, official, _ = people
    away(session, official)

    with pytest.raises(DomainError):
        routing.name(official, at("2026-11-18 10:00"))


def test_an_official_who_alone_answers_for_an_area_is_replaced_by_the_supervisor(session):
    """Nobody stands in, so the one present up the line gets the report, the question, the project duty."""
    agency = make_agency()
    boss = make_official(agency, rank="supervisor")
    official = make_official(agency, supervisor_id=boss.id)
    category = make_category()
    make_routing_rule(category, agency)
    away(session, official)
    when = at("2026-11-18 10:00")

    by_rule = routing.route(category.code, None, when)
    by_agency = routing.route_to(agency.id, None, when)
    of_project = routing.responsible(official, when)

    assert {one.official_id for one in (by_rule, by_agency, of_project)} == {boss.id}
    assert by_rule.reason["stands_in"]


def test_leave_changes_no_published_figure(session, people):
    """The resident waited all the same: a stage stays the agency's, whoever of its people held it."""
    _, official, other = people
    duty = make_duty(official)
    before = due(duty)
    away(session, official, other)
    leave.hand_over_leave(DAY)
    leave.give_back_leave(BACK)

    rows = session.scalars(select(StageDeadline).filter_by(clock_id=duty.clock_id)).all()

    assert due(duty) == before
    assert len(rows) == 2
