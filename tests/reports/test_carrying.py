"""Enough supporters of a suggestion: the head of the agency owes an answer of their own, once."""

from datetime import timedelta

import pytest
from sqlalchemy import func

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import corrections
from portal.assignments import services as assignments
from portal.assignments.models import Assignment
from portal.assignments.queries import may_still_read
from portal.assignments.rules import AssignmentState, ResponseKind
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines import defaults
from portal.deadlines import services as deadlines
from portal.deadlines.models import StageDeadline
from portal.ledger.models import Event
from portal.notifications.models import Notification
from portal.organisation.models import Absence, Official
from portal.organisation.rules import Rank
from portal.reports import carried, services
from portal.reports.models import CarriedSuggestion, Report
from portal.reports.rules import ReportKind
from portal.reports.services import carrying
from tests.builders import MONDAY, make_category, make_official, make_report, make_user
from tests.reports.conftest import City
from tests.support.client import CheckingClient

LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def head(city: City) -> Official:
    user = make_user(Role.HEAD, name="Ibu Kepala")
    return make_official(city.agency, name="Ibu Kepala", rank=Rank.HEAD, user_id=user.id)


@pytest.fixture
def few(city: City) -> None:
    """Three supporters are enough: 25 people tell no test more."""
    document = {**defaults.policy_document(), "suggestion_supporters": 3}
    deadlines.import_policy_version(document, at=MONDAY, note="Percobaan")


@pytest.fixture
def suggestion(city: City, head: Official, few: None) -> Report:
    return make_report(
        city.lights, area_code=city.area.code, kind=ReportKind.SUGGESTION, title="Beri zebra cross"
    )


def support(report: Report, count: int) -> list[User]:
    people = [make_user() for _ in range(count)]
    for one in people:
        services.support(report, by=one, at=LATER)
    return people


def duty(report: Report) -> Assignment:
    found = db.session.get_one(CarriedSuggestion, report.id).assignment
    assert found is not None
    return found


def told(letter: str) -> set[int | None]:
    return set(db.session.scalars(db.select(Notification.user_id).filter_by(kind=letter)))


def answer(report: Report, head: Official, body: str = "Kami buat bulan depan.") -> None:
    by = db.session.get_one(User, head.user_id)
    assignments.respond(duty(report), kind=ResponseKind.ANSWER, body=body, by=by, at=LATER)


def test_the_head_owes_an_answer_from_the_last_supporter_on(suggestion: Report, head: Official) -> None:
    people = support(suggestion, 2)
    assert db.session.get(CarriedSuggestion, suggestion.id) is None

    people += support(suggestion, 1)

    stage = db.session.scalars(db.select(StageDeadline).filter_by(clock_id=duty(suggestion).clock_id)).one()
    assert (stage.stage, stage.official_id, stage.origin_at) == ("resolve", head.id, LATER)
    assert duty(suggestion).matter == "supported_suggestion"
    assert told("followed_report_carried") == {one.id for one in people}
    assert suggestion.official_id != head.id  # its own duty stays where it is


def test_it_is_owed_once_whatever_supporters_do_then(suggestion: Report) -> None:
    people = support(suggestion, 3)

    services.unfollow(suggestion, by=people[0], at=LATER)
    services.support(suggestion, by=people[0], at=LATER)
    support(suggestion, 2)

    owed = db.session.scalar(db.select(func.count(Assignment.id)).filter_by(origin="suggestion"))
    events = db.session.scalar(db.select(func.count(Event.id)).filter_by(kind="suggestion_carried"))
    assert (owed, events) == (1, 1)


def test_two_at_the_same_moment_owe_it_once(suggestion: Report) -> None:
    """The second one finds the row of the first, as its database would make it wait for."""
    support(suggestion, 3)

    carrying.owe(suggestion, at=LATER)

    assert db.session.scalar(db.select(func.count(Assignment.id)).filter_by(origin="suggestion")) == 1


@pytest.mark.parametrize("changes", [{"kind": ReportKind.COMPLAINT}, {"is_confidential": True}])
def test_only_public_suggestions_carry(
    city: City, head: Official, few: None, changes: dict[str, object]
) -> None:
    report = make_report(city.lights, **{"kind": ReportKind.SUGGESTION, **changes})

    support(report, 3)

    assert db.session.get(CarriedSuggestion, report.id) is None


def test_the_answer_stands_on_the_page_and_reaches_everybody(
    suggestion: Report, head: Official, client: CheckingClient
) -> None:
    people = support(suggestion, 3)
    before = client.get(f"/reports/{suggestion.number}").text
    assert "wajib menjawabnya sendiri paling lambat" in before

    answer(suggestion, head, "Kami buat bulan depan. Hubungi 0812-3456-7890.")

    page = client.get(f"/reports/{suggestion.number}").text
    assert "Kami buat bulan depan." in page
    assert "0812-3456-7890" not in page
    assert told("followed_report_answered_officially") == {one.id for one in people}
    letters = db.session.scalars(
        db.select(Notification.body).filter_by(kind="followed_report_answered_officially")
    )
    assert not [body for body in letters if "0812-3456-7890" in body]
    assert duty(suggestion).state is AssignmentState.ANSWERED
    assert client.get(f"/reports/official-answers/{duty(suggestion).number}").location.endswith(
        f"{suggestion.number}#official-answer"
    )


def test_the_page_says_how_many_are_still_needed(suggestion: Report, client: CheckingClient) -> None:
    support(suggestion, 2)

    page = client.get(f"/reports/{suggestion.number}").text

    assert "2 dari 3 pendukung sampai kepala dinas wajib menjawabnya sendiri." in page


def test_a_head_on_leave_is_stood_in_for(suggestion: Report, city: City, head: Official) -> None:
    deputy = make_official(city.agency, name="Pak Wakil", rank=Rank.SUPERVISOR)
    away = {"from_on": MONDAY.date(), "to_on": LATER.date(), "created_at": MONDAY}
    db.session.add(Absence(official_id=head.id, substitute_id=deputy.id, **away))
    db.session.flush()

    support(suggestion, 3)

    assert duty(suggestion).official_id == deputy.id


def test_a_merge_counts_each_person_once_and_moves_what_is_owed(suggestion: Report, city: City) -> None:
    people = support(suggestion, 2)
    twin = make_report(
        city.lights, area_code=city.area.code, kind=ReportKind.SUGGESTION, at=MONDAY + timedelta(hours=1)
    )
    for one in people:
        services.support(twin, by=one, at=LATER)
    moderator = make_user(Role.MODERATOR)

    services.merge(twin, into=suggestion, by=moderator, at=LATER)
    assert db.session.get(CarriedSuggestion, suggestion.id) is None

    carried_twin = make_report(
        city.lights, area_code=city.area.code, kind=ReportKind.SUGGESTION, at=MONDAY + timedelta(hours=2)
    )
    support(carried_twin, 3)
    services.merge(carried_twin, into=suggestion, by=moderator, at=LATER)

    assert duty(carried_twin).withdrawn_at is not None
    assert duty(suggestion).state is AssignmentState.OPEN


def test_the_shipped_threshold_is_twenty_five() -> None:
    document = defaults.policy_document()
    assert document["suggestion_supporters"] == 25
    assert carried.shown.__doc__


def test_what_became_confidential_is_read_by_nobody_else_through_the_duty_to_answer(
    suggestion: Report, city: City
) -> None:
    support(suggestion, 3)
    colleague = make_user(Role.OFFICIAL)
    make_official(city.agency, name="Rekan Sekantor", user_id=colleague.id)
    assert may_still_read(duty(suggestion), colleague)

    assert suggestion.assignment is not None
    corrections.correct(
        suggestion.assignment,
        category=make_category(category_class=CategoryClass.CONFIDENTIAL),
        area=None,
        reason="Menyangkut seorang anak",
        by=make_user(Role.MODERATOR),
        at=LATER,
    )

    assert suggestion.is_confidential
    assert not may_still_read(duty(suggestion), colleague)
    assert duty(suggestion).is_confidential
