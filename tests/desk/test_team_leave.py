"""Leave on the desk and on the team's pages."""

from datetime import date

import pytest

from portal.accounts.rules import Role
from portal.organisation.models import Absence
from portal.organisation.rules import LeaveKind, LeaveState
from tests.assignments.duties import officer
from tests.builders import make_official, make_user
from tests.desk.conftest import NOW

ASKED = {"kind": "annual", "from_on": "2026-11-18", "to_on": "2026-11-20", "note": "Tiang 17 menunggu."}


@pytest.fixture
def wish(session, city):
    """The official asks for leave."""
    absence = Absence(
        official=city.official,
        kind=LeaveKind.SICK,
        state=LeaveState.ASKED,
        from_on=date(2026, 11, 18),
        to_on=date(2026, 11, 20),
        created_at=NOW,
    )
    session.add(absence)
    session.flush()
    return absence


def test_an_official_asks_for_leave_and_reads_what_became_of_it(login, session, city):
    mine = login(city.user)

    answer = mine.submit(mine.get("/desk/leave"), "/desk/leave", **ASKED)

    assert answer.status_code == 303
    assert "Menunggu keputusan" in mine.get("/desk/leave").text
    assert session.query(Absence).one().note == "Tiang 17 menunggu."


def test_mistakes_stand_beside_their_field_and_what_was_typed_stays(login, city, wish):
    mine = login(city.user)

    answer = mine.submit(mine.get("/desk/leave"), "/desk/leave", **ASKED)

    assert answer.status_code == 422
    assert 'id="from_on-error"' in answer.text
    assert "Tiang 17 menunggu." in answer.text


def test_the_supervisor_finds_the_wish_on_the_team_page_and_decides(login, city, wish):
    boss = login(city.boss)
    assert f"/team/leave/{wish.id}" in boss.get("/team").text
    assert "1 permohonan cuti menunggu keputusan Anda." in boss.get("/today").text

    page = boss.get(f"/team/leave/{wish.id}")
    refused = boss.submit(page, "/decision", decision="refuse")
    approved = boss.submit(page, "/decision", decision="approve", note="Lekas sembuh.")

    assert (refused.status_code, approved.status_code) == (422, 303)
    assert wish.state is LeaveState.APPROVED
    assert "Lekas sembuh." in login(city.user).get("/desk/leave").text


def test_a_supervisor_enters_leave_that_holds_at_once(login, session, city):
    boss = login(city.boss)
    address = f"/team/officials/{city.official.id}/leave"

    answer = boss.submit(boss.get(address), "/leave", **ASKED)

    assert answer.status_code == 303
    assert session.query(Absence).one().state is LeaveState.APPROVED


@pytest.mark.parametrize("path", ["/team/leave/{wish}", "/team/officials/{official}/leave"])
def test_leave_is_nobody_elses_matter(login, city, wish, path):
    address = path.format(wish=wish.id, official=city.official.id)
    stranger, _ = officer(None, Role.SUPERVISOR)
    colleague, _ = officer(city.official.agency)

    answers = {login(one).get(address).status_code for one in (stranger, colleague, city.moderator)}

    assert answers == {403}
    assert login(make_user(Role.ADMINISTRATOR)).get(address).status_code == 200


def test_leave_is_taken_back_by_the_official_alone_and_who_stands_above(login, city, wish):
    address = f"/desk/leave/{wish.id}/cancellation"
    mine, colleague = login(city.user), login(officer(city.official.agency)[0])
    page = mine.get("/desk/leave")

    answer = mine.submit(page, "/cancellation")

    assert answer.status_code == 303
    assert wish.state is LeaveState.CANCELLED
    assert colleague.post(address).status_code in (400, 403)


@pytest.mark.parametrize("count", [10, 60])
def test_the_calendar_of_a_team_takes_the_same_few_statements(login, session, city, count_sql, count):
    for number in range(count):
        one = make_official(city.official.agency, supervisor_id=city.official.supervisor_id)
        day = date(2026, 11, 10 + number % 15)
        session.add(Absence(official=one, substitute=city.official, from_on=day, to_on=day, created_at=NOW))
    boss = login(city.boss)
    boss.get("/team/leave")

    with count_sql() as statements:
        boss.get("/team/leave")

    assert len(statements) <= 5
