"""A thread asks the city: routed as reports are, owed until it is answered, pinned, judged."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal.accounts.models import User
from portal.assignments import owners
from portal.assignments import services as assignments
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import AssignmentState, RefusalBasis, ResponseKind
from portal.db import db
from portal.deadlines import defaults
from portal.deadlines import services as deadlines
from portal.deadlines.hooks import Cause, CauseKind, Move, Moved
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.forum import queries, services
from portal.forum.models import Thread
from portal.forum.rules import Asked
from portal.notifications.models import Notification
from tests.builders import MONDAY, make_outside_body, make_post, make_thread, make_user
from tests.forum.conftest import City
from tests.support.client import CheckingClient

Login = Callable[[User], CheckingClient]
DAY = timedelta(days=1)


def asked(city: City, **changes: object) -> Thread:
    """A thread of Ani's that a moderator made a question."""
    thread = make_thread(city.transport, by=city.ani, **changes)
    services.ask(thread, reason="Banyak yang bertanya.", by=city.moderator, at=MONDAY)
    return thread


def duty(thread: Thread) -> Assignment:
    assert thread.assignment is not None
    return thread.assignment


def say(thread: Thread, city: City, kind: ResponseKind, at: datetime, **changes: object) -> Response:
    values = {"body": "Armada ditambah mulai Desember.", **changes}
    return assignments.respond(duty(thread), kind=kind, by=city.officer, at=at, **values)


def told(kind: str) -> list[int | None]:
    return list(db.session.scalars(db.select(Notification.user_id).filter_by(kind=kind)))


def test_moderator_asks_and_the_page_says_who_answers_by_when(
    client: CheckingClient, login: Login, city: City
) -> None:
    thread = make_thread(city.transport, by=city.ani)
    moderator = login(city.moderator)

    moderator.submit(
        moderator.get(f"/forum/{thread.number}/question"), "/question", reason="Banyak yang bertanya."
    )
    page = client.get(f"/forum/{thread.number}").text

    for words in ("Menunggu jawaban resmi", "Rahmat Siregar", "Dinas Perhubungan", "Banyak yang bertanya."):
        assert words in page
    assert f"/duties/{thread.number}/deadline" in page


def test_enough_supporters_ask_by_themselves(city: City) -> None:
    thread = make_thread(city.transport, by=city.ani)
    opening = queries.opening_of(thread)

    for serial in range(25):
        assert thread.asked_at is None, serial
        services.support(opening, by=make_user(), at=MONDAY)

    assert thread.asked_because is Asked.SUPPORTERS
    assert duty(thread).official_id == city.official.id
    assert city.ani.id in told("forum_asked")


def test_how_many_supporters_it_takes_is_the_policys(city: City) -> None:
    document = {**defaults.policy_document(), "thread_supporters": 2}
    deadlines.import_policy_version(document, at=MONDAY, note="Percobaan")
    thread = make_thread(city.transport)

    for _ in range(2):
        services.support(queries.opening_of(thread), by=make_user(), at=MONDAY)

    assert thread.assignment is not None


def test_question_without_a_rule_waits_for_a_moderator_and_says_so(
    client: CheckingClient, login: Login, city: City
) -> None:
    thread = make_thread(city.talk, by=city.ani)
    services.ask(thread, reason="Penting.", by=city.moderator, at=MONDAY)
    moderator = login(city.moderator)

    assert "Moderator sedang memilih dinas" in client.get(f"/forum/{thread.number}").text
    assert thread.title in moderator.get("/forum/unrouted").text
    assert city.moderator.id in told("forum_unrouted")

    moderator.submit(
        moderator.get(f"/forum/{thread.number}/question"), "/question", agency=str(city.agency.id)
    )
    assert duty(thread).agency_id == city.agency.id
    assert thread.title not in moderator.get("/forum/unrouted").text


def test_answer_stands_in_the_thread_and_is_pinned(client: CheckingClient, city: City) -> None:
    thread = asked(city)
    services.follow(thread, by=city.budi, at=MONDAY)

    say(thread, city, ResponseKind.ANSWER, MONDAY + DAY)
    page = client.get(f"/forum/{thread.number}").text

    assert 'class="pinned"' in page
    assert page.count("Armada ditambah mulai Desember.") == 2
    assert "Dijawab petugas" in page
    assert "Kepala seksi, Dinas Perhubungan" in page
    assert set(told("forum_answered")) == {city.ani.id, city.budi.id}


def test_correcting_the_answer_corrects_what_the_thread_shows(client: CheckingClient, city: City) -> None:
    thread = asked(city)
    answer = say(thread, city, ResponseKind.ANSWER, MONDAY + DAY)

    assignments.edit(answer, body="Mulai Januari.", by=city.officer, at=MONDAY + 2 * DAY)
    page = client.get(f"/forum/{thread.number}").text

    assert "Mulai Januari." in page
    assert "mulai Desember" not in page


def test_authors_reply_lets_the_clock_run_on(city: City) -> None:
    thread = asked(city)
    say(thread, city, ResponseKind.QUESTION, MONDAY + DAY, body="Trayek yang mana?")
    assert duty(thread).clock.paused_at is not None

    make_post(thread, by=city.budi, at=MONDAY + 2 * DAY)
    assert duty(thread).clock.paused_at is not None

    make_post(thread, by=city.ani, at=MONDAY + 2 * DAY, body="Trayek 64.")
    assert duty(thread).clock.paused_at is None


def test_refusal_shows_its_basis(client: CheckingClient, city: City) -> None:
    thread = asked(city)

    grounds = {"basis": RefusalBasis.NOT_COMPETENT, "outside_body": make_outside_body()}
    say(thread, city, ResponseKind.REFUSAL, MONDAY + DAY, **grounds)

    page = client.get(f"/forum/{thread.number}").text
    assert "Dasarnya:" in page
    assert "tel:123" in page
    assert city.ani.id in told("forum_refused")


def test_author_is_not_satisfied_and_the_question_lives_again(
    client: CheckingClient, login: Login, city: City
) -> None:
    thread = asked(city)
    say(thread, city, ResponseKind.ANSWER, MONDAY + DAY)
    ani = login(city.ani)

    ani.submit(
        ani.get(f"/forum/{thread.number}/verdict"),
        "/verdict",
        verdict="not",
        comment="Belum jelas jamnya.",
        stars="2",
    )

    assert duty(thread).state is AssignmentState.OPEN
    assert "pertanyaannya dibuka kembali" in client.get(f"/forum/{thread.number}").text


def test_author_is_satisfied_and_it_is_over(login: Login, city: City) -> None:
    thread = asked(city)
    say(thread, city, ResponseKind.ANSWER, MONDAY + DAY)
    ani = login(city.ani)

    ani.submit(ani.get(f"/forum/{thread.number}/verdict"), "/verdict", verdict="solved", stars="5")

    assert duty(thread).state is AssignmentState.CLOSED


def test_only_the_author_judges(login: Login, city: City) -> None:
    thread = asked(city)

    assert login(city.budi).get(f"/forum/{thread.number}/verdict").status_code == 403


def test_desk_shows_the_opening_and_what_its_author_added(login: Login, city: City) -> None:
    thread = asked(city, body="Jam berapa *angkot* pertama?")
    make_post(thread, by=city.ani, body="Saya naik dari Amplas.")
    make_post(thread, by=city.budi, body="Saya juga.")

    brief = owners.of(duty(thread)).brief(duty(thread))
    page = login(city.officer).get(f"/desk/{thread.number}").text

    assert [one.text for one in brief.said] == ["Saya naik dari Amplas."]
    assert "Jam berapa <em>angkot</em> pertama?" in page


def test_nobody_asks_twice(city: City) -> None:
    thread = asked(city)

    with pytest.raises(DomainError):
        services.ask(thread, reason="Lagi.", by=city.moderator, at=MONDAY)
    with pytest.raises(DomainError):
        services.give_to(thread, city.agency.id, by=city.moderator, at=MONDAY)


def test_residents_cannot_ask_for_the_moderators(login: Login, city: City) -> None:
    thread = make_thread(city.transport)

    assert login(city.ani).get(f"/forum/{thread.number}/question").status_code == 403
    assert login(city.ani).get("/forum/unrouted").status_code == 403


def test_author_reads_once_that_the_due_times_moved(city: City) -> None:
    thread = asked(city)
    moves = (Move(Stage.RESPOND, MONDAY, MONDAY + DAY), Move(Stage.RESOLVE, None, MONDAY + 9 * DAY))
    moved = Moved(duty(thread).clock_id, moves, Cause(CauseKind.CALENDAR, 2, "SKB Nomor 3"))

    for _again in range(2):
        owners.of(duty(thread)).due_moved(duty(thread), moved, MONDAY)

    assert told("forum_moved") == [city.ani.id]
    letter = db.session.scalars(db.select(Notification).filter_by(kind="forum_moved")).one()
    assert "Kalender kerja diperbarui menurut SKB Nomor 3." in letter.body
    assert "Semula: belum diketahui." in letter.body
