"""What is typed is never lost, says nothing to anybody, and never overwrites what others said."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from portal.accounts.models import User
from portal.assignments import drafts
from portal.assignments.models import Draft
from portal.db import db
from portal.deadlines.models import ClockEntry
from portal.ledger.models import Event
from tests.desk.conftest import NOW, City
from tests.desk.pressing import HTMX, keep, send
from tests.support.client import CheckingClient


@pytest.fixture
def boss(city: City, login: Callable[[User], CheckingClient]) -> CheckingClient:
    return login(city.boss)


def test_a_draft_waits_in_the_box_and_on_the_desk(city: City, desk: CheckingClient) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=update")

    kept = keep(desk, page, body="Tim berangkat besok.")
    landed = desk.get(kept.location).get_data(as_text=True)
    again = desk.get(f"/desk/{report.number}").get_data(as_text=True)

    assert "Draf tersimpan." in landed
    assert "Tim berangkat besok.</textarea>" in again
    assert ", 09.00 WIB." in again
    assert "Draf Anda" in desk.get("/desk").get_data(as_text=True)


def test_a_draft_stops_no_clock_and_leaves_no_trace(city: City, desk: CheckingClient) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=ask")
    before = (db.session.query(ClockEntry).count(), db.session.query(Event).count(), report.assignment.lock)

    keep(desk, page, body="Di mana persisnya?")

    after = (db.session.query(ClockEntry).count(), db.session.query(Event).count(), report.assignment.lock)
    assert after == before


def test_a_draft_is_kept_as_one_types_and_gone_when_it_is_sent(city: City, desk: CheckingClient) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=update")

    state = keep(desk, page, headers=HTMX, body="Tim berangkat")
    state = keep(desk, page, headers=HTMX, body="Tim berangkat besok.")

    assert ", 09.00 WIB." in state.get_data(as_text=True)
    assert [draft.fields["body"] for draft in db.session.query(Draft)] == ["Tim berangkat besok."]
    desk.submit(desk.get(f"/desk/{report.number}"), "/responses")
    assert db.session.query(Draft).count() == 0
    assert report.assignment.responses[0].body == "Tim berangkat besok."


def test_an_emptied_box_forgets_its_draft(city: City, desk: CheckingClient) -> None:
    report = city.report()
    page = desk.get(f"/desk/{report.number}?act=update")
    keep(desk, page, body="Salah ketik")

    keep(desk, page, body=" ")

    assert db.session.query(Draft).count() == 0


def test_the_words_of_a_draft_follow_to_another_act(city: City, desk: CheckingClient) -> None:
    report = city.report()
    keep(desk, desk.get(f"/desk/{report.number}?act=update"), body="Menunggu suku cadang.")

    other = desk.get(f"/desk/{report.number}?act=extend").get_data(as_text=True)

    assert "Menunggu suku cadang.</textarea>" in other


def test_nobody_reads_the_draft_of_another_but_sees_that_they_write(
    city: City, desk: CheckingClient, boss: CheckingClient
) -> None:
    report = city.report()
    keep(desk, desk.get(f"/desk/{report.number}?act=update"), body="Tim berangkat besok.")

    now = boss.get(f"/desk/{report.number}").get_data(as_text=True)
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        later = boss.get(f"/desk/{report.number}").get_data(as_text=True)

    assert f"{city.user.name} sedang menulis di tugas ini." in now
    assert "Tim berangkat besok." not in now
    assert "sedang menulis" not in later


def test_who_is_overtaken_sees_the_other_answer_and_sends_again_on_purpose(
    city: City, desk: CheckingClient, boss: CheckingClient
) -> None:
    report = city.report()
    mine = desk.get(f"/desk/{report.number}?act=update")
    boss.submit(boss.get(f"/desk/{report.number}?act=update"), "/responses", body="Tim berangkat besok.")

    late = desk.submit(mine, "/responses", body="Lampu sedang dipesan.")
    text = late.get_data(as_text=True)
    box = text[text.index('id="answer-box"') :]

    assert late.status_code == 422
    assert "Belum terkirim: tugas ini berubah sejak Anda membukanya" in box
    assert "Tim berangkat besok." in box
    assert "Kepala Bidang" in box
    assert "Lampu sedang dipesan.</textarea>" in box
    assert len(report.assignment.responses) == 1
    assert desk.submit(late, "/responses").status_code == 303
    assert [one.body for one in report.assignment.responses] == [
        "Tim berangkat besok.",
        "Lampu sedang dipesan.",
    ]


def test_words_that_came_too_late_are_kept_when_the_duty_is_over(
    city: City, desk: CheckingClient, boss: CheckingClient
) -> None:
    report = city.report()
    mine = desk.get(f"/desk/{report.number}?act=update")
    boss.submit(boss.get(f"/desk/{report.number}"), "/responses", body="Lampu sudah diganti.")

    late = desk.submit(mine, "/responses", body="Lampu sedang dipesan.")
    text = late.get_data(as_text=True)

    assert late.status_code == 422
    assert "Lampu sudah diganti." in text[text.index('id="answer-box"') :]
    assert "Lampu sedang dipesan." in text
    assert db.session.query(Draft).one().fields["body"] == "Lampu sedang dipesan."


def test_a_fragment_shows_the_conflict_in_place(
    city: City, desk: CheckingClient, boss: CheckingClient
) -> None:
    report = city.report()
    mine = desk.get(f"/desk/{report.number}?act=update")
    boss.submit(boss.get(f"/desk/{report.number}?act=update"), "/responses", body="Tim berangkat besok.")

    state = keep(desk, mine, headers=HTMX, body="Lampu sedang")
    late = send(desk, mine, headers=HTMX, body="Lampu sedang dipesan.")

    assert "Tugas ini berubah sejak Anda membukanya." in state.get_data(as_text=True)
    assert late.get_data(as_text=True).lstrip().startswith('<section class="card answer-box"')
    assert "Tim berangkat besok." in late.get_data(as_text=True)


def test_a_draft_tells_what_changed_since_it_was_kept(
    city: City, desk: CheckingClient, boss: CheckingClient
) -> None:
    report = city.report()
    keep(desk, desk.get(f"/desk/{report.number}?act=update"), body="Lampu sedang dipesan.")
    boss.submit(boss.get(f"/desk/{report.number}?act=note"), "/responses", body="Tunggu dulu.")

    text = desk.get(f"/desk/{report.number}").get_data(as_text=True)
    box = text[text.index('id="answer-box"') :]

    assert "Tugas ini berubah sejak draf Anda disimpan" in box
    assert "Tunggu dulu." in box
    assert "Lampu sedang dipesan.</textarea>" in box


def test_old_drafts_are_forgotten(city: City, desk: CheckingClient) -> None:
    report = city.report()
    keep(desk, desk.get(f"/desk/{report.number}?act=update"), body="Lama sekali.")

    drafts.forget_old(NOW + timedelta(days=89))
    assert db.session.query(Draft).count() == 1
    drafts.forget_old(NOW + timedelta(days=91))
    assert db.session.query(Draft).count() == 0
