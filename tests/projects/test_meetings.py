"""Meetings: invitation, registration, minutes, calendars."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from portal.accounts.rules import Role
from portal.errors import DomainError
from portal.projects import services as projects
from portal.projects.meetings import services
from portal.projects.meetings.services import Invitation
from tests.builders import MONDAY, make_project, make_user
from tests.projects.outbox import letters_to

EVENING = MONDAY + timedelta(days=3, hours=3)


@pytest.fixture(autouse=True)
def monday(session, time_machine):
    time_machine.move_to(MONDAY, tick=False)


def test_organiser_invites_and_followers_are_told(login, client):
    project, follower = make_project(), make_user()
    projects.follow(project, by=follower, at=MONDAY)
    staff = login(make_user(Role.MODERATOR))

    staff.submit(
        staff.get(f"/projects/{project.slug}/meetings/new"),
        "/meetings",
        title="Membahas denah kedua",
        place="Aula Kantor Lurah",
        starts_at="2026-11-20T19:30",
        ends_at="2026-11-20T21:00",
    )

    page = client.get(f"/projects/{project.slug}/meetings").get_data(as_text=True)
    assert "Membahas denah kedua" in page
    assert "19.30 WIB" in page
    assert letters_to(follower) == ["Undangan: Membahas denah kedua"]


def test_resident_registers_and_withdraws(login):
    meeting = _meeting()
    visitor = login(make_user(name="Rini"))

    visitor.submit(visitor.get(f"/meetings/{meeting.number}/registration"), "/registrations")
    page = visitor.get(f"/meetings/{meeting.number}").get_data(as_text=True)
    assert "1 orang mendaftar." in page
    assert "Rini" not in page.split("<main")[1]

    visitor.submit(visitor.get(f"/meetings/{meeting.number}/registration"), "/removal")
    assert meeting.registered_count == 0


def test_last_seat_is_given_once(session):
    meeting = _meeting(capacity=1)
    services.register(meeting, by=make_user(), at=MONDAY)

    with pytest.raises(DomainError):
        services.register(meeting, by=make_user(), at=MONDAY)

    assert meeting.registered_count == 1


@pytest.mark.parametrize("follows", [True, False])
def test_whoever_registered_is_told_once_when_it_moves_or_is_called_off(session, follows):
    meeting, guest = _meeting(), make_user()
    services.register(meeting, by=guest, at=MONDAY)
    if follows:
        projects.follow(meeting.project, by=guest, at=MONDAY)
    services.change(meeting, _invitation(place="Balai warga"), at=MONDAY)
    services.cancel(meeting, reason="Gedung banjir.", at=MONDAY)

    told = letters_to(guest)

    assert len([one for one in told if one.startswith("Waktu atau tempat berubah")]) == 1
    assert len([one for one in told if one.startswith("Dibatalkan")]) == 1


def test_nobody_registers_after_the_beginning():
    meeting = _meeting()

    with pytest.raises(DomainError):
        services.register(meeting, by=make_user(), at=EVENING)


def test_names_of_those_who_come_are_for_the_organisers(login):
    meeting = _meeting()
    services.register(meeting, by=make_user(name="Rini"), at=MONDAY)
    path = f"/meetings/{meeting.number}/registrations"

    assert "Rini" in login(make_user(Role.MODERATOR)).get(path).get_data(as_text=True)
    assert login(make_user()).get(path).status_code == 403


def test_calendar_keeps_meeting_and_its_changes(client):
    meeting = _meeting(title="Rapat; taman, " + "kolam " * 20)
    services.change(meeting, _invitation(place="Balai RW 5"), at=MONDAY + timedelta(hours=1))

    answer = client.get(f"/meetings/{meeting.number}.ics")

    assert answer.mimetype == "text/calendar"
    assert b"\r\n" in answer.data
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event["SUMMARY"] == "Membahas denah"
    assert event["LOCATION"] == "Balai RW 5"
    assert event.decoded("DTSTART") == EVENING
    assert int(event["SEQUENCE"]) == 1


def test_project_calendar_says_what_was_called_off(client):
    meeting = _meeting()
    services.cancel(meeting, reason="Aula kebanjiran.", at=MONDAY)

    answer = client.get(f"/projects/{meeting.project.slug}/meetings.ics")

    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert "Aula kebanjiran." in client.get(f"/meetings/{meeting.number}").get_data(as_text=True)


def test_minutes_come_after_the_meeting(login, client, time_machine):
    meeting = _meeting()
    staff = login(make_user(Role.MODERATOR))
    path = f"/meetings/{meeting.number}/minutes"

    early = staff.submit(staff.get(path), "/minutes", minutes="Disepakati.", attended_count="41")
    time_machine.move_to(EVENING + timedelta(days=1), tick=False)
    staff.submit(staff.get(path), "/minutes", minutes="Disepakati **denah kedua**.", attended_count="41")

    assert early.status_code == 422
    page = client.get(f"/meetings/{meeting.number}").get_data(as_text=True)
    assert "<strong>denah kedua</strong>" in page
    assert "41 orang hadir." in page


def test_meeting_outside_every_calendar_is_refused(login):
    project = make_project()
    staff = login(make_user(Role.MODERATOR))
    form = staff.get(f"/projects/{project.slug}/meetings/new")

    answer = staff.submit(
        form,
        "/meetings",
        title="Rapat",
        place="Aula",
        starts_at="9999-12-31T19:30",
        ends_at="9999-12-31T21:00",
    )

    assert answer.status_code == 422


def test_meeting_does_not_end_before_it_begins():
    with pytest.raises(DomainError):
        _meeting(ends_at=EVENING)


@pytest.mark.parametrize("path", ["/projects/{slug}/meetings", "/meetings/{number}"])
def test_pages_cost_the_same_whatever_there_is(client, session, count_sql, path):
    meeting = _meeting()
    address = path.format(slug=meeting.project.slug, number=meeting.number)
    client.get(address)

    with count_sql() as few:
        client.get(address)
    for _ in range(12):
        services.invite(meeting.project, _invitation(), at=MONDAY)
        services.register(meeting, by=make_user(), at=MONDAY)
    session.flush()
    with count_sql() as many:
        client.get(address)

    assert len(many) == len(few) <= 8


def _meeting(**changes):
    return services.invite(make_project(), _invitation(**changes), at=MONDAY)


def _invitation(**changes):
    values = {
        "title": "Membahas denah",
        "agenda": "Denah kedua.",
        "place": "Aula Kantor Lurah",
        "starts_at": EVENING,
        "ends_at": EVENING + timedelta(hours=2),
    }
    return Invitation(**{**values, **changes})
