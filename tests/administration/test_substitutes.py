"""Standing substitutes: named in advance by administrators and by leaders, with a history."""

import pytest

from portal.accounts.rules import Role
from portal.organisation.models import StandingSubstitute
from tests.assignments.duties import officer
from tests.builders import make_official


@pytest.fixture
def team(app):
    """A supervisor with an account, and two officials below."""
    user, boss = officer(None, Role.SUPERVISOR, rank="supervisor")
    first, second = (
        make_official(boss.agency, supervisor_id=boss.id, name=name) for name in ("Rahmat", "Sahala")
    )
    return user, boss, first, second


def named(session, official):
    rows = session.query(StandingSubstitute).filter_by(official_id=official.id)
    return [row.substitute_id for row in rows.order_by(StandingSubstitute.position)]


def test_an_administrator_names_substitutes_and_the_history_says_so(admin, session, team):
    _, boss, first, second = team
    address = f"/team/substitutes/{first.id}"

    admin.submit(admin.get(address), address, first=str(second.id), second=str(boss.id))
    admin.submit(admin.get(address), address, first=str(boss.id), second="")

    assert named(session, first) == [boss.id]
    page = admin.get(address).text
    assert f"Sahala; {boss.name}" in page
    assert "Ibu Admin" in page
    assert "Pengganti tetap: Rahmat" in admin.get("/administration/changes").text


def test_a_leader_names_them_for_those_below_and_for_nobody_else(login, session, team):
    user, boss, first, second = team
    hers, stranger = login(user), make_official()
    address = f"/team/substitutes/{first.id}"

    hers.submit(hers.get(address), address, first=str(second.id))

    assert named(session, first) == [second.id]
    assert "Pengganti: Sahala." in hers.get("/team/substitutes/").text
    assert hers.get(f"/team/substitutes/{stranger.id}").status_code == 403
    assert hers.get(f"/team/substitutes/{boss.id}").status_code == 403


def test_nobody_is_named_twice(admin, session, team):
    _, _, first, second = team
    address = f"/team/substitutes/{first.id}"

    answer = admin.submit(admin.get(address), address, first=str(second.id), second=str(second.id))

    assert answer.status_code == 422
    assert 'id="second-error"' in answer.text
    assert named(session, first) == []
