"""A running duty under the right category: its clock runs on, protected ones are for moderators."""

import pytest
from sqlalchemy import select, update

from portal.accounts.rules import Role
from portal.assignments import corrections
from portal.assignments.models import Correction
from portal.categories.rules import CategoryClass
from portal.errors import DomainError
from portal.ledger.models import Event
from tests.assignments.duties import at, make_duty, officer, remember, seed_calendars
from tests.builders import make_agency, make_category, make_user

NOW = at("2026-11-17 10:00")


@pytest.fixture
def holder(session):
    seed_calendars()
    remember()
    return officer()


def correct(duty, category, by, **changes):
    values = {"category": category, "area": None, "reason": "Ini soal saluran.", "by": by, "at": NOW}
    return corrections.correct(duty, **{**values, **changes})


def test_duty_stands_under_the_new_category_with_its_history(holder, session):
    user, official = holder
    wrong, right = make_category(), make_category()
    duty = make_duty(official, category_code=wrong.code)
    duty.category = wrong

    correct(duty, right, user)

    assert duty.category_code == right.code
    event = session.scalar(select(Event).where(Event.kind == "category_corrected"))
    assert (event.details["former"], event.details["category"]) == (wrong.code, right.code)
    assert "saluran" not in str(event.details)
    assert [one.reason for one in corrections.history(duty)] == ["Ini soal saluran."]


def test_clock_runs_on_as_it_began(holder):
    user, official = holder
    duty = make_duty(official, category_code=make_category().code)
    before = [(row.stage, row.due_at) for row in duty.clock.stages]

    correct(duty, make_category(), user)

    assert [(row.stage, row.due_at) for row in duty.clock.stages] == before


@pytest.mark.parametrize("protected", [CategoryClass.SUPERVISORY, CategoryClass.CONFIDENTIAL])
@pytest.mark.parametrize("leaves", [True, False])
def test_official_only_asks_where_a_category_is_protected(holder, protected, leaves):
    user, official = holder
    guarded, plain = make_category(category_class=protected), make_category()
    former, wanted = (guarded, plain) if leaves else (plain, guarded)
    duty = make_duty(official, category_code=former.code)
    duty.category, duty.origin = former, "report"

    wish = correct(duty, wanted, user)

    assert wish.is_made is None
    assert duty.category_code == former.code
    with pytest.raises(DomainError, match="menunggu moderator"):
        correct(duty, wanted, user)


def test_moderator_may_leave_it(holder):
    user, official = holder
    guarded = make_category(category_class=CategoryClass.CONFIDENTIAL)
    duty = make_duty(official, category_code=guarded.code, is_confidential=True)
    duty.category = guarded
    wish = correct(duty, make_category(), user)

    corrections.decide(wish, is_made=False, by=make_user(Role.MODERATOR), at=NOW)

    assert duty.category_code == guarded.code
    with pytest.raises(DomainError):
        corrections.decide(wish, is_made=True, by=make_user(Role.MODERATOR), at=NOW)


def test_what_became_public_knowledge_of_few_stays_so(holder):
    """A moderator takes it out of the sealed category: it is read by more officials, but not published."""
    _user, official = holder
    guarded, plain = make_category(category_class=CategoryClass.CONFIDENTIAL), make_category()
    duty = make_duty(official, category_code=guarded.code, is_confidential=True)
    duty.category = guarded

    correct(duty, plain, make_user(Role.MODERATOR))

    assert duty.category_code == plain.code
    assert duty.is_confidential


@pytest.mark.parametrize("reason", ["", "  "])
def test_reason_is_owed(holder, reason):
    user, official = holder
    duty = make_duty(official, category_code=make_category().code)

    with pytest.raises(DomainError, match="alasannya"):
        correct(duty, make_category(), user, reason=reason)


def test_wish_is_decided_once_by_two_moderators_at_once(holder, session):
    user, official = holder
    duty = make_duty(official, category_code=make_category().code)
    duty.category, duty.origin = make_category(), "report"
    wish = correct(duty, make_category(category_class=CategoryClass.CONFIDENTIAL), user)
    session.flush()
    faster = update(Correction).where(Correction.id == wish.id).values(decided_at=NOW, is_made=False)
    session.execute(faster, execution_options={"synchronize_session": False})

    with pytest.raises(DomainError, match="sudah diputuskan"):
        corrections.decide(wish, is_made=True, by=make_user(Role.MODERATOR), at=NOW)


def test_whoever_leads_the_unit_concerned_does_not_keep_the_duty(session):
    seed_calendars()
    remember()
    _user, leader = officer()
    _below, worker = officer(make_agency(), supervisor_id=leader.id)
    duty = make_duty(leader, category_code=make_category().code)
    duty.origin = "report"
    weighty = make_category(category_class=CategoryClass.SUPERVISORY)

    with pytest.raises(DomainError, match="Alihkan dahulu"):
        correct(duty, weighty, make_user(Role.MODERATOR), concerned=worker.agency)

    assert duty.excluded_agency_id is None
