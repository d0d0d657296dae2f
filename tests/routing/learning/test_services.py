"""Versions: learned from what may be read, kept for good, in use only when an administrator says so."""

import json

import pytest
from sqlalchemy.exc import DatabaseError

from portal.accounts.rules import Role
from portal.administration import services as administration
from portal.administration.models import AdministrationChange
from portal.assignments import services as assignments
from portal.assignments.rules import RefusalBasis, ResponseKind
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.deadlines import importers
from portal.errors import DomainError
from portal.reports import queries, services
from portal.reports.rules import ReportState
from portal.routing import services as routing
from portal.routing.learning import queries as learning
from portal.routing.learning import services as learned
from portal.routing.learning.models import RoutingModel
from tests.builders import (
    MONDAY,
    make_agency,
    make_category,
    make_official,
    make_outside_body,
    make_report,
    make_routing_rule,
    make_user,
)
from tests.routing.learning.making import LAMP, WASTE, make_cases, make_model

LATER = MONDAY.replace(hour=6)


@pytest.fixture
def office(app):
    importers.seed(zone="Asia/Jakarta", at=MONDAY)
    return make_official(make_agency(code="DISHUB"))


@pytest.fixture
def category(office):
    category = make_category()
    make_routing_rule(category, office.agency, verifies=False)
    return category


def verified(category, office, **changes):
    """A report whose agency a moderator found."""
    report = make_report(category, **changes)
    services.verify(report, routing=routing.name(office, LATER), by=make_user(Role.MODERATOR), at=LATER)
    return report


def respond(report, office, kind=ResponseKind.ANSWER, **changes):
    by = make_user(Role.OFFICIAL)
    office.user_id = by.id
    assignments.respond(report.assignment, kind=kind, body="Sudah kami periksa.", by=by, at=LATER, **changes)
    db.session.flush()


def test_a_disposition_by_a_person_that_stood_is_a_lesson(category, office):
    report = verified(
        category, office, title="Lampu padam", body="Hubungi 0812-3456-7890 atau Pak Budi Santoso."
    )
    respond(report, office)

    (lesson,) = queries.lessons()

    assert (lesson.agency, lesson.category) == ("DISHUB", category.code)
    assert "Lampu padam" in lesson.text
    assert "3456" not in lesson.text
    assert "Budi" not in lesson.text


@pytest.mark.parametrize(
    "case",
    ["nobody answered", "a rule found it", "confidential", "weight", "hidden", "not theirs", "imported"],
)
def test_what_may_not_or_cannot_teach_is_left_out(category, office, case):
    if case == "a rule found it":
        rule = make_category()
        make_routing_rule(rule, office.agency)
        report = make_report(rule)
    else:
        kind = make_category(category_class=CategoryClass.SUPERVISORY) if case == "weight" else category
        report = verified(kind, office, is_confidential=case == "confidential")
    if case == "not theirs":
        body = make_outside_body()
        respond(report, office, ResponseKind.REFUSAL, basis=RefusalBasis.NOT_COMPETENT, outside_body=body)
    elif case != "nobody answered":
        respond(report, office)
    if case == "hidden":
        services.hide(report, at=LATER)
    if case == "imported":
        report.source_id = "77"
    db.session.flush()

    assert queries.lessons() == []


def test_a_short_history_teaches_nothing(office):
    with pytest.raises(DomainError, match="belum cukup"):
        learned.study(make_cases((LAMP, "DISHUB")), at=MONDAY)


def test_a_study_is_judged_on_held_out_groups_and_on_phrases(office):
    found = learned.study(make_cases(), at=MONDAY)

    assert found.held_out.groups == 2
    assert found.phrases.groups == len(learning.phrases()) > 100
    assert set(found.learned.agencies.reports) == {"DISHUB", "DLH"}


def test_a_version_never_changes(app):
    model = make_model()

    with pytest.raises(DatabaseError, match="append-only"), db.session.begin_nested():
        db.session.execute(db.update(RoutingModel).where(RoutingModel.id == model.id).values(report_count=1))


def test_a_version_is_in_use_only_when_an_administrator_says_so(app):
    boss, first, second = make_user(Role.ADMINISTRATOR), make_model(), make_model()
    assert learning.in_use() is None

    in_use = []
    for chosen in (first, second, first, None):
        administration.choose_suggestions(chosen, by=boss, at=MONDAY)
        in_use.append(learning.in_use())

    assert in_use == [first.id, second.id, first.id, None]
    assert db.session.query(AdministrationChange).filter_by(kind="routing_model").count() == 4


def test_the_version_in_use_is_read_once(app, count_sql):
    model = make_model()
    learning.loaded(model.id)

    with count_sql() as statements:
        learning.loaded(model.id)

    assert statements == []


def test_what_was_learned_never_moves_a_report(category, office):
    """The words shout for an agency; nothing happens before a person or an explicit rule says so."""
    make_agency(code="DLH")
    administration.choose_suggestions(make_model(), by=make_user(Role.ADMINISTRATOR), at=MONDAY)

    report = make_report(category, title=WASTE, body=WASTE)

    assert report.state is ReportState.SUBMITTED
    assert (report.agency_id, report.assignment_id) == (None, None)


def test_a_category_may_be_suggested_by_what_was_learned(app):
    model = make_model((LAMP, "a"), ("Kucing liar berkeliaran di lorong rumah susun", "b"))
    administration.choose_suggestions(model, by=make_user(Role.ADMINISTRATOR), at=MONDAY)

    found = learning.categories("Ada kucing di lorong", among=["bidang_a", "bidang_b"])

    assert [one.code for one in found] == ["bidang_b"]
    assert set(found[0].matched_words) >= {"kucing", "lorong"}
    assert learning.categories("Ada kucing di lorong", among=["bidang_a"]) == []


def test_no_text_stands_in_a_version(app):
    model = make_model()

    assert WASTE.casefold() not in json.dumps(model.document).casefold()
