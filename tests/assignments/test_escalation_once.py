"""Each rung of the ladder is climbed exactly once: by several runners, after a crash, after the clock was
set, and after a decree moved it."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from itertools import count

import pytest
import time_machine
from flask import Flask

from portal.assignments import letters
from portal.assignments.models import Assignment
from portal.db import db, transaction
from portal.deadlines import defaults
from portal.deadlines import jobs as clocks
from portal.deadlines import services as deadlines
from portal.deadlines.models import Calendar, StageDeadline
from portal.jobs import registry, rules, runner
from portal.ledger.models import Event
from portal.notifications.models import Notification
from tests.assignments import duties, dying
from tests.builders import make_agency, make_official
from tests.support.runners import shared_portal, side_by_side

RUNNERS = 3
OURS = ("deadlines.end-pauses", "deadlines.escalate")
FIRST, HALF = "2026-11-16 17:00", "2026-11-19 17:00"
_serial = count(1)


class Crash(BaseException):
    """The process dies: nothing in the code under test may catch this."""


@pytest.fixture(scope="module")
def shared_app(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with shared_portal(new_database(), tmp_path_factory.mktemp("ladder")) as app:
        with app.app_context(), transaction():
            duties.seed_calendars()
        yield app


@pytest.fixture(autouse=True)
def _only_ladders(shared_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The runner does nothing but what clocks need."""
    duties.remember()
    kept = {name: one for name, one in registry.periodics.items() if name in OURS}
    monkeypatch.setattr(registry, "periodics", kept)
    with shared_app.app_context():
        yield
        db.session.remove()


@pytest.fixture
def duty() -> str:
    return make_duties(1)[0]


def make_duties(number: int) -> list[str]:
    """Numbers of duties that were disposed on Monday 16 November at 09.00; respond in five days."""
    with transaction():
        agency = make_agency()
        made = []
        for _ in range(number):
            official = make_official(agency, email=f"petugas{next(_serial)}@kota.example")
            made.append(duties.make_duty(official).number)
        return made


def run(moment: str | datetime) -> None:
    """A minute of a runner, and the letters that wait."""
    at = duties.at(moment) if isinstance(moment, str) else moment
    with time_machine.travel(at, tick=False):
        runner.run_periodics()
        runner.drain_outbox()


def steps(number: str, stage: str = "respond") -> list[str]:
    """What the record says that was climbed."""
    events = db.session.scalars(
        db.select(Event)
        .where(Event.subject == f"trial:{number}", Event.kind == "escalated")
        .order_by(Event.id)
    ).all()
    db.session.rollback()
    return [event.details["step"] for event in events if event.details["stage"] == stage]


def told(number: str) -> Counter[str]:
    """Which messages about a duty were written, by kind and receiver."""
    found = db.session.scalars(
        db.select(Notification).where(
            Notification.path == f"/desk/{number}", Notification.kind.like("escalation_%")
        )
    ).all()
    db.session.rollback()
    return Counter(f"{one.kind} {one.address}" for one in found)


def sweep(moment: str) -> None:
    with transaction():
        clocks.escalate(duties.at(moment))


def test_three_runners_side_by_side_climb_each_rung_once(
    shared_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "BATCH", 8)
    numbers = make_duties(20)  # more than one batch

    side_by_side(shared_app, lambda: [sweep(HALF) for _ in range(4)], RUNNERS)

    assert {number: steps(number) for number in numbers} == {number: ["remind"] for number in numbers}
    assert {sum(told(number).values()) for number in numbers} == {1}


def test_crash_inside_the_transaction_leaves_the_step_to_the_next_runner(
    duty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(letters, "escalate", crash)
        with pytest.raises(Crash):
            sweep(HALF)
    assert (steps(duty), told(duty)) == ([], Counter())

    sweep(HALF)
    sweep(HALF)

    assert steps(duty) == ["remind"]
    assert list(told(duty).values()) == [1]


def test_killed_runner_leaves_each_step_and_letter_once(shared_app: Flask, duty: str) -> None:
    moment = duties.at("2026-11-19 16:00")
    for minutes, where in enumerate((dying.BEFORE_COMMIT, dying.BEFORE_LETTER, dying.WHILE_SENDING)):
        assert die(shared_app, where, moment + timedelta(minutes=minutes)) == -signal.SIGKILL
    run(moment + timedelta(minutes=3) + rules.LEASE)

    assert steps(duty) == ["remind"]
    assert list(told(duty).values()) == [1]
    assert len(letters_about(shared_app, duty)) == 1


def die(app: Flask, where: str, moment: datetime) -> int:
    """A runner that is killed; returns how its process ended."""
    settings = app.extensions["settings"]
    words = (settings.database_url, str(settings.data_dir), moment.isoformat(), where)
    return subprocess.run([sys.executable, "-m", "tests.assignments.dying", *words], check=False).returncode


def letters_about(app: Flask, number: str) -> set[str]:
    """Message ids of the reminders in the letter box: one handed over twice is one letter to its reader."""
    folder = app.extensions["settings"].data_dir / "letters"
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
    return {
        letter["Message-ID"]
        for letter in found
        if "separuh" in letter["Subject"] and f"/{number}" in letter.get_content()
    }


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=40)], ids=str)
def test_clock_that_is_set_back_repeats_no_step(duty: str, back: timedelta) -> None:
    moment = duties.at(HALF)
    run(moment)
    run(moment - back)
    run(moment)

    assert steps(duty) == ["remind"]
    assert list(told(duty).values()) == [1]


def test_clock_that_is_set_back_stops_no_runner(shared_app: Flask) -> None:
    """A clock that was a year ahead must not make the ladder stand still for a year."""
    run(duties.at("2027-11-16 09:00"))
    [number] = make_duties(1)

    run(HALF)

    assert steps(number) == ["remind"]


def test_clock_that_leaps_forward_loses_no_step(duty: str) -> None:
    run(FIRST)
    leap = duties.at("2026-12-02 09:00")
    for minutes in range(5):  # a rung a minute
        run(leap + timedelta(minutes=minutes))

    assert steps(duty) == ["remind", "warn", "due", "overdue"]


def decree(at: str, *closed: str, opened: str = "") -> None:
    """A new version of the calendar: more days closed, or one that is worked after all."""
    with transaction():
        calendar = db.session.scalars(db.select(Calendar).filter_by(key="five_day")).one()
        document = defaults.calendar_document("five_day", duties.ZONE)
        document["holidays"] = [row for row in document["holidays"] if row["on"] != opened]
        document["holidays"] += [{"on": day, "kind": "closure", "name": "Banjir"} for day in closed]
        number = next(_serial)
        document["holidays"].append(
            {"on": f"2027-12-{number % 28 + 1:02}", "kind": "closure", "name": f"{number}"}
        )
        deadlines.import_calendar_version(
            calendar, document, at=duties.at(at), decree=f"SK {number}", decree_on=date(2026, 11, 16)
        )


def next_step_at(number: str) -> datetime | None:
    found = db.session.scalar(
        db.select(StageDeadline.next_step_at)
        .join(Assignment, Assignment.clock_id == StageDeadline.clock_id)
        .where(Assignment.number == number, StageDeadline.stage == "respond")
    )
    db.session.rollback()
    return found


def test_step_that_a_decree_moved_later_fires_once_at_its_new_time(duty: str) -> None:
    before = next_step_at(duty)
    decree(FIRST, "2026-11-17", "2026-11-18")
    run(FIRST)
    after = next_step_at(duty)

    run(before + timedelta(minutes=1))
    early = steps(duty)
    run(after + timedelta(minutes=1))
    run(after + timedelta(minutes=2))

    assert before < after
    assert early == []
    assert steps(duty) == ["remind"]


def test_step_that_a_decree_moved_later_after_it_fired_does_not_fire_again(duty: str) -> None:
    run(HALF)
    decree("2026-11-19 18:00", "2026-11-20", "2026-11-23")
    run("2026-11-19 18:01")
    for day in (20, 23, 24, 25):
        run(f"2026-11-{day} 17:00")

    assert Counter(steps(duty))["remind"] == 1


def test_step_that_a_decree_moved_earlier_fires_once(shared_app: Flask) -> None:
    decree("2026-11-15 09:00", "2026-11-17", "2026-11-18", "2026-11-19")
    [duty] = make_duties(1)
    before = next_step_at(duty)
    decree(FIRST)  # those days are worked after all
    run(FIRST)
    after = next_step_at(duty)

    run(after + timedelta(minutes=1))
    run(before + timedelta(minutes=1))

    assert after < before
    assert Counter(steps(duty))["remind"] == 1
