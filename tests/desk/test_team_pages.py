"""What a leader sees of a team, and gives to others in bulk; what two people say to each other."""

from datetime import date

import pytest
from sqlalchemy import select, text

from portal.accounts.rules import Role
from portal.assignments.models import DutyFeedback
from portal.db import db
from portal.notifications.models import Notification
from portal.organisation.models import Absence, OfficialArea
from tests.assignments.duties import at, officer, say
from tests.builders import make_area, make_official, make_user
from tests.desk import crowd
from tests.desk.conftest import NOW


@pytest.fixture
def boss(login, city):
    return login(city.boss)


@pytest.fixture
def mate(city):
    return colleague_of(city, name="Sri Lubis")


def colleague_of(city, **changes):
    """Somebody in the same team who looks after a kelurahan of their own, so that reports pass them by."""
    made = make_official(city.official.agency, supervisor_id=city.official.supervisor_id, **changes)
    made.area_rows.append(OfficialArea(area_code=make_area().code))
    return made


def boxes(*reports):
    return [f"{report.number}:{report.assignment.lock}" for report in reports]


def test_the_team_page_tells_load_risk_and_who_is_away(boss, city, mate, session):
    city.report(at=at("2026-11-10 09:00"))
    day = NOW.date()
    session.add(Absence(official_id=mate.id, from_on=day, to_on=day, created_at=NOW))

    page = boss.get("/team").text

    assert "Dua hari kerja lagi" in page
    assert "Cuti sampai 16 Nov 2026" in page
    assert "Waktu terpakai" in page


def test_what_will_be_late_tomorrow_is_a_list(boss, city):
    """Filed on Tuesday 10 November, the answer is due on Tuesday 17: that is the next working day."""
    due_tomorrow, later = city.report(at=at("2026-11-10 09:00")), city.report()

    notice, page = boss.get("/team").text, boss.get("/team/duties?due=tomorrow").text

    assert "1 tugas jatuh tempo sampai" in notice
    assert due_tomorrow.number in page
    assert later.number not in page


def test_a_head_sees_several_teams_apart(login, city):
    user, head = officer(city.official.agency, Role.HEAD, rank="head")
    city.official.supervisor.supervisor_id = head.id
    _, other_boss = officer(city.official.agency, Role.SUPERVISOR, supervisor_id=head.id, name="Kabid Dua")
    make_official(city.official.agency, supervisor_id=other_boss.id)
    city.report()

    page = login(user).get("/team").text

    assert "Tim Kepala Bidang" in page
    assert "Tim Kabid Dua" in page


def test_marked_duties_go_to_one_receiver(boss, city, mate):
    reports = [city.report(), city.report()]

    answer = boss.submit(
        boss.get("/team/duties"), "/team/reassignments", duty=boxes(*reports), receivers=str(mate.id)
    )

    assert answer.status_code == 303
    assert {one.assignment.official for one in reports} == {mate}
    assert all(one.assignment.hop_count == 0 for one in reports)


def test_spread_evenly_gives_to_whoever_carries_least(boss, city, mate):
    other = colleague_of(city)
    reports = [city.report() for _ in range(4)]

    boss.submit(
        boss.get("/team/duties"),
        "/team/reassignments",
        duty=boxes(*reports),
        receivers=[str(mate.id), str(other.id)],
    )

    holders = sorted(one.assignment.official.id for one in reports)
    assert holders == [mate.id, mate.id, other.id, other.id]


def test_a_conflict_is_told_beside_its_row_and_the_rest_is_given(boss, city, mate):
    """Somebody answered one of them in between: it stays, and everything typed stays marked."""
    changed, free = city.report(), city.report()
    page = boss.get("/team/duties")
    marked = boxes(changed, free)
    say(changed.assignment, "interim", city.user, "2026-11-16 09:00")

    answer = boss.submit(page, "/team/reassignments", duty=marked, receivers=str(mate.id))

    assert answer.status_code == 422
    assert (changed.assignment.official, free.assignment.official) == (city.official, mate)
    assert "berubah sejak Anda membukanya" in answer.text
    assert f'value="{changed.number}:{changed.assignment.lock}" checked' in answer.text


@pytest.mark.parametrize("fields", [{"receivers": None}, {"duty": None}], ids=["no receiver", "no duty"])
def test_without_a_mark_or_a_receiver_nothing_moves(boss, city, mate, fields):
    report = city.report()
    values = {"duty": boxes(report), "receivers": str(mate.id), **fields}

    answer = boss.submit(boss.get("/team/duties"), "/team/reassignments", **values)

    assert answer.status_code == 422
    assert report.assignment.official == city.official


def test_who_is_on_leave_is_not_offered(boss, city, mate, session):
    city.report()
    session.add(Absence(official_id=mate.id, from_on=NOW.date(), to_on=NOW.date(), created_at=NOW))

    assert mate.name not in boss.get("/team/duties").text


def test_duties_of_a_stranger_are_not_given_away(login, city, mate):
    user, stranger = officer(None, Role.SUPERVISOR)
    report = city.report()
    hers = login(user)
    page = hers.get("/team/duties")

    token = hers.get("/desk/leave").text.split('name="csrf_token" value="')[1].split('"')[0]
    hers.post(
        "/team/reassignments",
        data={"csrf_token": token, "duty": boxes(report), "receivers": str(stranger.id)},
    )

    assert report.number not in page.text
    assert report.assignment.official == city.official


@pytest.mark.parametrize("path", ["/team", "/team/duties", "/team/duties?due=tomorrow", "/team?q=lampu"])
def test_a_teams_pages_cost_the_same_for_ten_and_for_a_thousand(boss, city, mate, count_sql, path):
    report = city.report(at=at("2026-11-10 09:00"))
    db.session.expunge_all()
    with count_sql() as few:
        boss.get(path)
    crowd.of_duties(report.assignment, 990)
    db.session.expunge_all()
    with count_sql() as many:
        assert boss.get(path).status_code == 200

    assert len(many) == len(few)
    assert len(many) <= 8, "\n\n".join(many)


# Figures of one's own


def test_own_figures_leave_out_leave_and_say_so(login, session, city):
    """One of two due times fell on sick leave: the other one alone counts."""
    missed, met = city.report(at=at("2026-11-02 09:00")), city.report(at=at("2026-11-05 09:00"))
    say(met.assignment, "answer", city.user, "2026-11-09 09:00")
    leave = Absence(
        official_id=city.official.id, from_on=date(2026, 11, 6), to_on=date(2026, 11, 10), created_at=NOW
    )
    before = login(city.user).get("/desk/figures").text
    session.add(leave)

    after = login(city.user).get("/desk/figures").text

    assert missed.assignment.official == city.official
    assert "1 tenggat jatuh pada hari cuti yang disetujui." not in before
    assert "1 tenggat jatuh pada hari cuti yang disetujui." in after
    assert "Hari cuti dikeluarkan dari 1 jawaban." in after


def test_leave_changes_no_figure_of_the_city(login, client, session, city):
    report = city.report(at=at("2026-11-02 09:00"))
    say(report.assignment, "answer", city.user, "2026-11-12 09:00")
    city.report(at=at("2026-11-04 09:00"))
    address = "/statistics?from=2026-11-01&to=2026-11-15"
    before = client.get(address).text
    session.add(
        Absence(
            official_id=city.official.id, from_on=date(2026, 11, 3), to_on=date(2026, 11, 13), created_at=NOW
        )
    )
    session.flush()

    assert client.get(address).text == before


def test_figures_are_for_the_official_and_who_stands_above(login, boss, city):
    address = f"/team/officials/{city.official.id}/figures"
    colleague, _ = officer(city.official.agency)
    stranger, _ = officer(None, Role.SUPERVISOR)
    others = (
        colleague,
        stranger,
        city.moderator,
        make_user(Role.ADMINISTRATOR),
        make_user(Role.INSPECTORATE),
    )

    assert {login(one).get(address).status_code for one in others} == {403}
    assert {boss.get(address).status_code, login(city.user).get(address).status_code} == {200}


def test_figures_take_a_period_and_few_statements(login, city, count_sql):
    report = city.report(at=at("2026-11-02 09:00"))
    say(report.assignment, "answer", city.user, "2026-11-03 09:00")
    mine = login(city.user)
    mine.get("/desk/figures")

    with count_sql() as statements:
        page = mine.get("/desk/figures?first=2026-11-01&last=2026-11-30")

    assert "1 Nov 2026 sampai 30 Nov 2026" in page.text
    assert len(statements) <= 8


# Feedback


def test_feedback_is_read_by_the_two_alone(login, boss, city, session):
    report = city.report()
    address = f"/desk/{report.number}/feedback"
    boss.submit(boss.get(address), "/feedback", body="Jawaban ini bagus sekali.")
    leader_user, leader = officer(None, Role.HEAD)
    city.official.supervisor.supervisor_id = leader.id

    readers = {
        who: "bagus sekali" in login(user).get(address).text
        for who, user in {
            "boss": city.boss,
            "official": city.user,
            "head": leader_user,
            "moderator": city.moderator,
            "administrator": make_user(Role.ADMINISTRATOR),
            "colleague": officer(city.official.agency)[0],
        }.items()
    }

    assert [who for who, reads in readers.items() if reads] == ["boss", "official"]
    assert "bagus sekali" not in boss.get(f"/desk/{report.number}").text
    letter = session.scalars(select(Notification).filter_by(kind="duty_feedback")).one()
    assert "bagus sekali" not in letter.body + letter.subject


def test_the_official_acknowledges_and_answers_once(login, boss, city, session):
    report = city.report()
    address = f"/desk/{report.number}/feedback"
    boss.submit(boss.get(address), "/feedback", body="Sebut nomor tiangnya, ya.")
    mine = login(city.user)

    mine.submit(mine.get(address), "/reply", body="")
    mine.submit(mine.get(address), "/reply", body="Siap, sudah saya tambahkan.")

    found = session.query(DutyFeedback).one()
    assert (found.acknowledged_at, found.reply) == (NOW, "Siap, sudah saya tambahkan.")
    assert "/reply" not in mine.get(address).text
    assert "Siap, sudah" in boss.get(address).text


def test_the_duty_page_leads_the_two_to_their_feedback(login, boss, city):
    report = city.report()
    page = f"/desk/{report.number}"

    assert f"{page}/feedback" in boss.get(page).text
    assert f"{page}/feedback" in login(city.user).get(page).text
    assert f"{page}/feedback" not in login(city.moderator).get(page).text


def test_feedback_needs_words(boss, city, session):
    report = city.report()
    address = f"/desk/{report.number}/feedback"

    answer = boss.submit(boss.get(address), "/feedback", body=" ")

    assert answer.status_code == 422
    assert session.execute(text("select count(*) from duty_feedback")).scalar() == 0
