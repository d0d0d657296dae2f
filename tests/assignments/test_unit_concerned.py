"""A complaint with supervisory weight never comes near the unit that it is about, nor its line."""

from datetime import date
from functools import partial
from random import Random

import pytest

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import contributions, escalation, handovers, letters
from portal.assignments.models import Assignment
from portal.db import db
from portal.deadlines.rules.stages import Matter, Step
from portal.errors import DomainError
from portal.notifications.models import Notification
from portal.organisation import queries as organisation
from portal.organisation.models import Absence, Agency, Official
from portal.organisation.rules import INSPECTORATE, Rank
from portal.routing import services as routing
from tests.assignments.duties import at, make_duty, officer, remember, seed_calendars
from tests.builders import make_agency

NOW, TODAY = at("2026-11-16 09:00"), date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _owner(session: object) -> None:
    seed_calendars()
    remember()


class Chart:
    """A small random city: agencies, lines that cross them, and people on leave."""

    def __init__(self, seed: int) -> None:
        chance = Random(seed)
        self.agencies = [make_agency(kind=INSPECTORATE), *(make_agency() for _ in range(3))]
        self.people: list[Official] = []
        for number in range(12):
            above = chance.choice([None, *self.people]) if self.people else None
            rank = chance.choice(list(Rank))
            roles = [Role.OFFICIAL, *chance.sample([Role.INSPECTORATE, Role.MODERATOR], chance.randint(0, 1))]
            agency = self.agencies[number] if number < 4 else chance.choice(self.agencies)
            _user, one = officer(agency, *roles, supervisor_id=above.id if above else None, rank=rank)
            self.people.append(one)
        for one in chance.sample(self.people, 4):
            substitute = chance.choice(self.people)
            if substitute is not one:
                self._leave(one, substitute)
        self.concerned: Agency = chance.choice(self.agencies[1:])
        self.barred = organisation.commanders_of(self.concerned.id)
        self.chance = chance

    def _leave(self, one: Official, substitute: Official) -> None:
        days = {"from_on": TODAY, "to_on": TODAY, "created_at": NOW}
        db.session.add(Absence(official_id=one.id, substitute_id=substitute.id, **days))
        db.session.flush()

    def barred_accounts(self) -> set[int | None]:
        return {one.user_id for one in self.people if one.id in self.barred}


@pytest.mark.parametrize("seed", range(12))
def test_no_way_leads_to_the_unit_concerned_or_its_line(seed: int) -> None:
    chart = Chart(seed)

    found = routing.route("x", None, NOW, exclude_agency_id=chart.concerned.id, is_supervisory=True)
    chosen = [
        routing.route_to(agency.id, None, NOW, exclude_agency_id=chart.concerned.id)
        for agency in chart.agencies
        if agency is not chart.concerned
    ]

    assert not {found.official_id, *(one.official_id for one in chosen)} & chart.barred
    _no_letter_reaches_them(chart)
    _nobody_can_hand_it_to_them(chart)


def _no_letter_reaches_them(chart: Chart) -> None:
    holder = chart.chance.choice(chart.people)
    duty = _duty(chart, holder)
    told = {
        reader.user_id
        for step in Step
        for reader in (
            *escalation.recipients(duty, step, TODAY),
            *escalation.triage_recipients(step, excluded_agency_id=chart.concerned.id),
        )
    }
    assert not told & chart.barred_accounts()


def _nobody_can_hand_it_to_them(chart: Chart) -> None:
    free = [one for one in chart.people if one.id not in chart.barred]
    if not free:
        return
    holder = free[0]
    by = db.session.get_one(User, holder.user_id)
    for serial, one in enumerate(chart.people, 2):
        if one.id not in chart.barred:
            continue
        duty = _duty(chart, holder, serial=serial)
        is_colleague = one.agency_id == holder.agency_id
        hand_on = handovers.reassign if is_colleague else partial(handovers.transfer, reason="Bukan kami.")
        with pytest.raises(DomainError):
            hand_on(duty, to_official=one, by=by, at=NOW)
        with pytest.raises(DomainError):
            contributions.ask(duty, question="Milik siapa?", to_official=one, by=by, at=NOW)


def _duty(chart: Chart, holder: Official, serial: int = 1) -> Assignment:
    """About the unit concerned, and so never held inside it."""
    outside = holder
    if holder.agency_id == chart.concerned.id:
        outside = next(one for one in chart.people if one.agency_id != chart.concerned.id)
    return make_duty(
        outside, serial=serial, matter=Matter.SUPERVISORY_COMPLAINT, excluded_agency_id=chart.concerned.id
    )


def test_whoever_leads_both_sides_gets_no_letter_about_it() -> None:
    _mayor, above = officer(None, Role.HEAD)
    _user, inspector = officer(make_agency(kind=INSPECTORATE), supervisor_id=above.id)
    _other, concerned = officer(make_agency(), supervisor_id=above.id)
    duty = make_duty(inspector, excluded_agency_id=concerned.agency_id)

    letters.tell_supervisor(duty, "evidence_disputed", at=NOW)

    told = db.session.scalars(db.select(Notification.kind).filter_by(user_id=above.user_id)).all()
    assert told == []
