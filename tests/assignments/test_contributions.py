"""Help from a colleague or another agency: the duty stays where it is, and so does its clock."""

import pytest
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.assignments import contributions, queries
from portal.assignments.models import Assignment
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.errors import DomainError
from portal.ledger.models import Event
from portal.notifications.models import Notification
from tests.assignments.duties import at, make_duty, officer, remember, seed_calendars
from tests.builders import make_category

ASKED = at("2026-11-17 10:00")
LATER = at("2026-11-18 10:00")


@pytest.fixture
def holder(session):
    seed_calendars()
    remember()
    return officer()


def ask(duty, by, official=None, **changes):
    values = {"question": "Apakah pipanya milik PDAM?", "to_official": official, "by": by, "at": ASKED}
    return contributions.ask(duty, **{**values, **changes})


def reads(user, duty):
    statement = queries.visible_to(select(Assignment.id).where(Assignment.id == duty.id), user)
    return db.session.scalar(statement) is not None


def test_helper_of_another_agency_may_read_and_answers(holder, session):
    user, official = holder
    duty = make_duty(official)
    helper, colleague = officer()
    before = reads(helper, duty)

    request = ask(duty, user, colleague)
    given = contributions.give(request, body="Bukan, itu milik kota.", by=helper, at=LATER)

    assert not before
    assert reads(helper, duty)
    assert request.settled_at == LATER
    assert (given.asked_id, given.agency_id) == (request.id, colleague.agency_id)
    told = {one.kind: one.user_id for one in session.scalars(select(Notification)) if "help" in one.kind}
    assert told == {"help_asked": helper.id, "help_given": user.id}


def test_no_clock_is_stopped_or_met(holder):
    user, official = holder
    duty = make_duty(official)
    helper, colleague = officer()
    before = [(row.stage, row.due_at, row.is_open) for row in duty.clock.stages]
    entries = len(duty.clock.entries)

    request = ask(duty, user, colleague)
    contributions.give(request, body="Bukan, itu milik kota.", by=helper, at=LATER)

    assert [(row.stage, row.due_at, row.is_open) for row in duty.clock.stages] == before
    assert len(duty.clock.entries) == entries
    assert duty.clock.paused_at is None
    assert duty.responded_at is None


def test_public_learns_the_agency_and_nothing_of_the_words(holder, session):
    user, official = holder
    _helper, colleague = officer()

    ask(make_duty(official), user, colleague)

    event = session.scalar(select(Event).where(Event.kind == "help_asked"))
    assert event.details["to_agency"] == colleague.agency.code
    assert "PDAM" not in str(event.details)


def test_colleague_of_the_own_agency_is_no_public_matter(holder, session):
    user, official = holder
    _helper, colleague = officer(official.agency)

    ask(make_duty(official), user, colleague)

    assert session.scalar(select(Event).where(Event.kind == "help_asked")) is None


def test_agencys_official_is_found_by_routing(holder):
    user, official = holder
    _helper, colleague = officer()

    request = ask(make_duty(official), user, to_agency=colleague.agency)

    assert request.to_official_id == colleague.id


def test_who_declines_reads_it_no_more(holder):
    user, official = holder
    duty = make_duty(official)
    helper, colleague = officer()

    contributions.decline(ask(duty, user, colleague), reason="Bukan bidang kami.", by=helper, at=LATER)

    assert not reads(helper, duty)


def test_request_is_answered_once(holder):
    user, official = holder
    helper, colleague = officer()
    request = ask(make_duty(official), user, colleague)
    contributions.take_back(request, at=LATER)

    with pytest.raises(DomainError):
        contributions.give(request, body="Terlambat.", by=helper, at=LATER)


def test_unit_that_the_matter_is_about_is_never_asked(holder):
    user, official = holder
    _about, accused = officer(None, Role.SUPERVISOR)
    _other, above = officer()
    accused.supervisor_id = above.id
    duty = make_duty(official, excluded_agency_id=accused.agency_id, matter="supervisory_complaint")

    for one in (accused, above):
        with pytest.raises(DomainError):
            ask(duty, user, one)


def test_sealed_matter_is_shown_to_its_team_alone(holder):
    user, official = holder
    sealed = make_category(category_class=CategoryClass.CONFIDENTIAL)
    duty = make_duty(official, category_code=sealed.code, is_confidential=True)
    _helper, colleague = officer()

    with pytest.raises(DomainError, match="rahasia"):
        ask(duty, user, colleague)
