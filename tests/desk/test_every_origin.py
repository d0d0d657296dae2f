"""An official's duty does not care where it came from: the same is true of a report, a thread and an idea."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from portal.accounts.models import User
from portal.assignments.models import Assignment
from portal.assignments.rules import AssignmentState, Verdict
from portal.db import db
from portal.deadlines import jobs as deadline_jobs
from portal.deadlines.models import StageDeadline
from portal.i18n import local
from portal.ledger import queries as ledger
from portal.notifications.models import Notification
from portal.statistics import overviews, queries
from portal.statistics.rules.case import Case
from portal.statistics.rules.scope import Scope
from tests.assignments.duties import at, officer
from tests.desk.conftest import NOW, City
from tests.desk.origins import DOUBT, ORIGINS, REPLY, TEXT, TITLE, Origin
from tests.support.client import CheckingClient

TUESDAY = at("2026-11-17 10:00")
LATER = at("2026-12-14 10:00")  # five working days past every due time


@pytest.fixture(params=ORIGINS, ids=str)
def origin(request: pytest.FixtureRequest) -> Origin:
    return request.param  # type: ignore[no-any-return]  # one of ORIGINS


@pytest.fixture
def duty(city: City, origin: Origin) -> Assignment:
    found = origin.bring(city)
    db.session.flush()
    return found


@pytest.fixture
def tuesday(duty: Assignment) -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


def answer(desk: CheckingClient, duty: Assignment, origin: Origin) -> Any:
    page = desk.get(f"/desk/{duty.number}")
    return desk.submit(page, "/responses", body="Lampu sudah kami ganti.", **origin.answer)


def scope(cutoff: Any = LATER) -> Scope:
    return Scope(date(2026, 11, 1), date(2026, 11, 30), cutoff, local(NOW).tzinfo)  # type: ignore[arg-type]


def the_case(cutoff: Any = LATER) -> Case:
    """The only case that there is: it is counted once."""
    [case] = queries.cases(scope(cutoff))
    return case


def stages(duty: Assignment) -> list[StageDeadline]:
    found = db.select(StageDeadline).filter_by(clock_id=duty.clock_id).order_by(StageDeadline.id)
    return list(db.session.scalars(found))


def test_it_stands_on_the_same_desk_with_its_clock(
    origin: Origin, duty: Assignment, desk: CheckingClient
) -> None:
    page = desk.get("/desk").get_data(as_text=True)

    assert TITLE in page
    assert f'href="/desk/{duty.number}"' in page
    assert origin.label in page
    assert "hari kerja lagi" in page
    assert page.count("weave--strip") == 1


def test_the_desk_can_be_narrowed_to_where_it_came_from(
    origin: Origin, duty: Assignment, desk: CheckingClient
) -> None:
    other = next(one.name for one in ORIGINS if one is not origin)

    assert TITLE in desk.get(f"/desk?origin={origin.name}").get_data(as_text=True)
    assert "Tidak ada tugas yang cocok" in desk.get(f"/desk?origin={other}").get_data(as_text=True)


def test_it_opens_with_its_text_its_author_and_its_public_page(
    origin: Origin, duty: Assignment, desk: CheckingClient, client: CheckingClient
) -> None:
    page = desk.get(f"/desk/{duty.number}")
    text = page.get_data(as_text=True)

    assert TITLE in text
    assert TEXT in text
    assert "Ibu Rosmawati" in text
    assert "Diteruskan kepada petugas" in text
    assert f'href="{_public(origin, duty)}"' in text
    assert client.get(_public(origin, duty)).status_code == 200


def test_everybody_reads_why_it_is_due_when_it_is_due(
    origin: Origin, duty: Assignment, client: CheckingClient
) -> None:
    page = client.get(f"/duties/{duty.number}/deadline", follow_redirects=True).get_data(as_text=True)

    assert "Mengapa tanggal ini?" in page
    assert duty.number in page


def test_its_page_costs_the_same_as_any_other(
    origin: Origin, duty: Assignment, desk: CheckingClient, count_sql: Callable[[], Any]
) -> None:
    db.session.expunge_all()
    with count_sql() as statements:
        desk.get(f"/desk/{duty.number}")

    assert len(statements) <= 8, "\n\n".join(statements)


def test_a_stranger_does_not_read_it(duty: Assignment, login: Callable[[User], CheckingClient]) -> None:
    stranger, _official = officer()

    assert login(stranger).get(f"/desk/{duty.number}").status_code == 404


def test_it_is_passed_on_to_a_named_receiver(
    origin: Origin, duty: Assignment, desk: CheckingClient, login: Callable[[User], CheckingClient]
) -> None:
    receiver, official = officer()
    page = desk.get(f"/desk/{duty.number}?act=transfer&agency={official.agency_id}")

    desk.submit(page, "/transfer", official=str(official.id), body="Tiang ini milik dinas lain.")

    assert TITLE not in desk.get("/desk").get_data(as_text=True)
    assert TITLE in login(receiver).get("/desk").get_data(as_text=True)
    assert the_case().hop_count == 1


@pytest.mark.usefixtures("tuesday")
def test_a_question_stops_its_clock_until_its_author_replies(
    origin: Origin, duty: Assignment, desk: CheckingClient
) -> None:
    desk.submit(desk.get(f"/desk/{duty.number}?act=ask"), "/responses", body="Tiang yang mana?")
    waiting = desk.get("/desk").get_data(as_text=True)

    origin.reply(duty, TUESDAY + timedelta(days=2))

    assert "Menunggu warga" in waiting
    assert "Menunggu jawaban warga" in waiting
    assert duty.clock.paused_at is None
    assert the_case().pauses == [(TUESDAY, TUESDAY + timedelta(days=2))]
    assert REPLY in desk.get(f"/desk/{duty.number}").get_data(as_text=True)


@pytest.mark.usefixtures("tuesday")
def test_the_answer_meets_its_stages_and_everybody_reads_it(
    origin: Origin, duty: Assignment, desk: CheckingClient, client: CheckingClient
) -> None:
    done = answer(desk, duty, origin)
    db.session.expire_all()

    assert done.status_code == 303, done.get_data(as_text=True)
    assert duty.state is AssignmentState.ANSWERED
    assert {stage.met_at for stage in stages(duty)} == {TUESDAY}
    assert "Lampu sudah kami ganti." in client.get(_public(origin, duty)).get_data(as_text=True)


@pytest.mark.usefixtures("tuesday")
def test_its_answer_counts_once_with_the_same_figures(
    origin: Origin, duty: Assignment, desk: CheckingClient
) -> None:
    answer(desk, duty, origin)
    db.session.flush()

    case, figures = the_case(), overviews.of_city(scope())["figures"]

    assert (case.origin, case.agency_id) == (origin.name, duty.agency_id)
    assert (case.received_at, case.disposed_at) == (NOW, NOW)
    assert (case.first_response_at, case.first_closed_at, case.closed_at) == (TUESDAY, TUESDAY, TUESDAY)
    assert figures["flow"] == {"received": 1, "answered": 1, "closed": 1, "withdrawn": 0}
    assert figures["stock"]["open"] == 0


@pytest.mark.usefixtures("tuesday")
def test_who_is_not_content_opens_it_again_and_the_closure_failed(
    origin: Origin, duty: Assignment, desk: CheckingClient
) -> None:
    answer(desk, duty, origin)

    origin.judge(duty, Verdict.NOT, TUESDAY + timedelta(days=1))
    db.session.flush()

    assert duty.state is AssignmentState.OPEN
    assert "Dibuka kembali" in desk.get("/desk").get_data(as_text=True)
    assert DOUBT in desk.get(f"/desk/{duty.number}").get_data(as_text=True)
    [closure] = the_case().closures
    assert closure == (TUESDAY, TUESDAY + timedelta(days=1))
    assert overviews.of_city(scope())["figures"]["stock"]["open"] == 1


@pytest.mark.usefixtures("tuesday")
def test_who_is_content_ends_it(origin: Origin, duty: Assignment, desk: CheckingClient) -> None:
    answer(desk, duty, origin)

    origin.judge(duty, Verdict.SOLVED, TUESDAY + timedelta(days=1))

    assert duty.state is AssignmentState.CLOSED
    assert the_case().ended_at == TUESDAY + timedelta(days=1)


def test_it_climbs_the_same_ladder(city: City, duty: Assignment) -> None:
    for _ in range(8):
        deadline_jobs.escalate(LATER)
    db.session.flush()

    told = db.session.scalars(db.select(Notification.kind).where(Notification.user_id == city.boss.id))
    written = [
        one.details["step"]
        for one in ledger.events_of(f"{duty.origin}:{duty.number}")
        if one.kind == "escalated"
    ]
    assert "escalation_warn" in list(told)
    assert {"remind", "warn", "due", "overdue"} <= set(written)


def test_it_is_late_when_it_is_late(origin: Origin, duty: Assignment, desk: CheckingClient) -> None:
    with time_machine.travel(LATER, tick=False):
        page = desk.get("/desk").get_data(as_text=True)

    assert page.index("Terlambat") < page.index(TITLE)
    assert the_case().unmet_due_at is not None
    assert overviews.of_city(scope())["figures"]["stock"]["overdue"] == 1
    due = queries.due_stages(Scope(date(2026, 11, 1), date(2026, 12, 31), LATER, scope().zone))
    assert {row.clock_id for row in due if row.met_at is None} == {duty.clock_id}


def test_figures_can_be_narrowed_to_where_it_came_from(origin: Origin, duty: Assignment) -> None:
    other = next(one.name for one in ORIGINS if one is not origin)

    assert len(queries.cases(scope(), origin=origin.name)) == 1
    assert queries.cases(scope(), origin=other) == []


def _public(origin: Origin, duty: Assignment) -> str:
    rooms = {"report": "reports", "thread": "forum", "idea": "ideas"}
    return f"/{rooms[origin.name]}/{duty.number}"
