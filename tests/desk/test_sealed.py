"""A category that is always confidential: only its named team and the moderators read its reports."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.assignments import corrections, queries, sharing
from portal.categories.rules import CategoryClass
from portal.db import db
from portal.notifications.models import Notification
from portal.organisation.models import Official
from portal.organisation.rules import Rank
from portal.reports import services
from portal.reports.models import Report
from portal.reports.rules import ReportState
from portal.routing import services as routing
from portal.routing.models import RoutingPoolMember, RoutingRule
from tests.assignments.duties import officer
from tests.builders import make_agency, make_category, make_report, make_routing_rule
from tests.desk.conftest import NOW, City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]
TITLE, BODY = "Anak tetangga dipukuli", "Setiap malam terdengar tangis dari rumah nomor tujuh."


@dataclass
class Shelter:
    """A report of a sealed category, its rule, and everybody who might look at it."""

    report: Report
    rule: RoutingRule
    team: tuple[Official, ...]
    people: dict[str, User]

    def name_team(self) -> None:
        self.rule.pool = [RoutingPoolMember(official_id=one.id) for one in self.team]
        db.session.flush()

    def verify(self, moderator: User) -> None:
        found = routing.route(self.report.category_code, None, NOW)
        services.verify(self.report, routing=found, by=moderator, at=NOW)
        db.session.flush()


@pytest.fixture
def shelter(city: City) -> Shelter:
    head, chief = officer(None, Role.HEAD, rank=Rank.HEAD)
    agency = chief.agency
    boss, leader = officer(agency, Role.SUPERVISOR, rank=Rank.SUPERVISOR, supervisor_id=chief.id)
    holder, first = officer(agency, supervisor_id=leader.id, name="Ruth Damanik")
    mate, second = officer(agency, supervisor_id=leader.id, name="Hendro Hidayat")
    colleague, _ = officer(agency, supervisor_id=leader.id)
    inspector, _ = officer(make_agency(kind="inspektorat"), Role.INSPECTORATE)
    category = make_category(category_class=CategoryClass.CONFIDENTIAL)
    rule = make_routing_rule(category, agency, verifies=False)
    report = make_report(category, at=NOW, email="ros@contoh.id", title=TITLE, body=BODY)
    people = {
        "head": head,
        "boss": boss,
        "holder": holder,
        "mate": mate,
        "colleague": colleague,
        "inspector": inspector,
        "moderator": city.moderator,
        "stranger": city.user,
    }
    return Shelter(report, rule, (first, second), people)


@pytest.fixture
def sealed(shelter: Shelter, city: City) -> Shelter:
    """The report as it lies with its team."""
    shelter.name_team()
    shelter.verify(city.moderator)
    return shelter


@pytest.mark.parametrize("name", ["holder", "mate", "moderator"])
def test_the_named_team_and_moderators_read_it(sealed: Shelter, login: Login, name: str) -> None:
    page = login(sealed.people[name]).get(f"/desk/{sealed.report.number}")

    assert page.status_code == 200
    assert BODY in page.get_data(as_text=True)


@pytest.mark.parametrize("name", ["head", "boss", "colleague", "inspector", "stranger"])
@pytest.mark.parametrize("path", ["/desk/{number}", "/desk", "/desk?q=dipukuli", "/team", "/team?q=dipukuli"])
def test_nobody_else_reads_a_word_of_it(sealed: Shelter, login: Login, name: str, path: str) -> None:
    client = login(sealed.people[name])

    page = client.get(path.format(number=sealed.report.number), follow_redirects=True)

    text = page.get_data(as_text=True)
    assert TITLE not in text
    assert BODY not in text


def test_who_looks_after_its_clock_is_led_to_the_public_page(sealed: Shelter, login: Login) -> None:
    number = sealed.report.number

    assert login(sealed.people["boss"]).get(f"/desk/{number}").location.endswith(f"/reports/{number}")
    assert login(sealed.people["stranger"]).get(f"/desk/{number}").status_code == 404


def test_the_head_sees_that_it_exists_and_the_supervisor_does_not(sealed: Shelter, login: Login) -> None:
    head = login(sealed.people["head"]).get("/team").get_data(as_text=True)
    boss = login(sealed.people["boss"]).get("/team").get_data(as_text=True)

    assert "Laporan rahasia, isinya hanya untuk tim yang ditunjuk" in head
    assert sealed.report.number in head
    assert sealed.report.number not in boss


def test_a_search_by_words_does_not_tell_the_head_what_it_says(sealed: Shelter, login: Login) -> None:
    client = login(sealed.people["head"])

    assert sealed.report.number not in client.get("/team?q=dipukuli").get_data(as_text=True)
    assert sealed.report.number in client.get(f"/team?q={sealed.report.number}").get_data(as_text=True)


@pytest.mark.parametrize("name", ["head", "boss", "colleague", "inspector"])
def test_nobody_else_answers_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch, sealed: Shelter, login: Login, name: str
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)

    done = login(sealed.people[name]).post(f"/desk/{sealed.report.number}/acknowledgement")

    assert done.status_code == 404


def test_letters_about_it_say_its_number_only(sealed: Shelter) -> None:
    letters = db.session.scalars(db.select(Notification)).all()

    assert any(sealed.report.number in letter.subject for letter in letters)
    assert not any(word in f"{one.subject}{one.body}" for one in letters for word in (TITLE, BODY))


def test_without_a_team_the_moderator_names_the_official(
    shelter: Shelter, triage: CheckingClient, login: Login
) -> None:
    path = f"/triage/{shelter.report.number}"
    refused = triage.submit(triage.get(path), "/verification")
    assert refused.status_code == 422
    assert "aturannya belum menunjuk tim" in refused.get_data(as_text=True)
    assert shelter.report.state is ReportState.SUBMITTED

    named = shelter.team[1]
    done = triage.submit(triage.get(path), "/verification", official=str(named.id))

    assert done.status_code == 303
    assert shelter.report.official_id == named.id
    number = shelter.report.number
    assert BODY in login(shelter.people["mate"]).get(f"/desk/{number}").get_data(as_text=True)
    assert login(shelter.people["holder"]).get(f"/desk/{number}").status_code == 303


def test_with_a_team_the_rule_decides(shelter: Shelter, triage: CheckingClient) -> None:
    shelter.name_team()

    triage.submit(triage.get(f"/triage/{shelter.report.number}"), "/verification")

    assert shelter.report.official in shelter.team


def test_sealed_duties_are_never_shared_out_in_bulk(sealed: Shelter) -> None:
    duty = sealed.report.assignment
    team = sealed.team

    (result,) = sharing.share_out([(duty, None)], team, by=sealed.people["boss"], at=NOW)

    assert result.to is None
    assert "satu per satu" in result.problem


def test_pool_of_the_former_rule_reads_no_more_once_a_duty_is_sealed(shelter: Shelter, city: City) -> None:
    mate, second = officer(city.official.agency)
    rule = db.session.scalars(db.select(RoutingRule).filter_by(category_code=city.category.code)).one()
    rule.pool = [RoutingPoolMember(official_id=one.id) for one in (city.official, second)]
    shelter.name_team()
    duty = city.report().assignment
    sealed, by = shelter.report.category, city.moderator
    corrections.correct(duty, category=sealed, area=None, reason="Menyangkut anak.", by=by, at=NOW)
    db.session.flush()

    people = (city.user, mate, shelter.people["holder"])

    assert [queries.may_still_read(duty, one) for one in people] == [True, False, True]
