"""The golden due times, to the minute: each row was worked out by hand."""

from datetime import date, datetime

import pytest

from portal.deadlines.rules.stages import Matter, Stage
from tests.deadlines.ledgers import (
    FIVE_DAY_WITA,
    SIX_DAY,
    WITA,
    close,
    due_at,
    due_on,
    local,
    pause,
    reckoned,
    reopen,
    resume,
    start,
    transfer,
    utc,
)

pytestmark = pytest.mark.engine_free

LIMITS = {  # working days of the shipped policy -> a kind of matter and a stage that have them
    3: (Matter.COMPLAINT, Stage.VERIFY),
    5: (Matter.INFORMATION_REQUEST, Stage.RESOLVE),
    10: (Matter.FORMAL_INFORMATION_REQUEST, Stage.RESOLVE),
    14: (Matter.COMPLAINT, Stage.RESOLVE),
    60: (Matter.SUPERVISORY_COMPLAINT, Stage.RESOLVE),
}


def due_after(origin: str | datetime, days: int, **kwargs: object) -> datetime | None:
    matter, stage = LIMITS[days]
    return due_at([start(origin, matter, stage, **kwargs)], stage)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("origin", "days", "due"),
    [
        ("2026-03-13", 3, "2026-03-25T09:00Z"),
        ("2026-03-13", 5, "2026-03-27T09:30Z"),
        ("2026-02-20", 5, "2026-02-27T08:30Z"),
        ("2026-11-13", 14, "2026-12-03T09:00Z"),
        ("2026-12-18", 5, "2026-12-29T09:00Z"),
        ("2026-12-23", 10, "2027-01-12T09:00Z"),
        ("2027-03-04", 5, "2027-03-19T09:30Z"),
    ],
)
@pytest.mark.parametrize("hour", ["00:00", "07:29", "10:00", "16:00", "23:59"])
def test_due_time_after_day_zero_whatever_its_hour(origin: str, days: int, due: str, hour: str) -> None:
    assert due_after(f"{origin} {hour}", days) == utc(due)


def test_kupang_is_due_an_hour_earlier_in_utc() -> None:
    due = due_after("2026-03-13", 5, city=FIVE_DAY_WITA, zone=WITA)

    assert due == utc("2026-03-27T08:30Z")


def test_a_late_evening_belongs_to_another_day_in_kupang() -> None:
    received = utc("2026-11-19T16:30Z")

    assert due_after(received, 3) == utc("2026-11-24T09:00Z")
    assert due_after(received, 3, city=FIVE_DAY_WITA) == utc("2026-11-25T08:00Z")


@pytest.mark.parametrize(
    ("origin", "due"),
    [
        ("2026-11-13", "2026-11-19 14:00"),
        ("2026-03-13", "2026-03-26 14:00"),
        ("2026-12-18", "2026-12-26 12:00"),
    ],
)
def test_a_six_day_office_counts_saturdays(origin: str, due: str) -> None:
    assert due_after(origin, 5, city=SIX_DAY) == local(due)


@pytest.mark.parametrize(
    ("resumed", "due"), [("2026-11-23 08:00", date(2026, 12, 9)), ("2026-11-23 17:00", date(2026, 12, 10))]
)
def test_days_at_whose_close_the_clock_stood_still_do_not_count(resumed: str, due: date) -> None:
    ledger = [start("2026-11-13"), pause("2026-11-17 10:05"), resume(resumed)]

    assert due_on(ledger) == due


def test_a_pause_over_a_weekend_costs_nothing() -> None:
    ledger = [
        start("2026-11-17", Matter.INFORMATION_REQUEST, Stage.RESOLVE),
        pause("2026-11-20 17:00"),
        resume("2026-11-23 07:00"),
    ]

    assert due_on(ledger) == date(2026, 11, 24)


@pytest.mark.parametrize("job", [[], [resume("2026-12-31 16:00")], [resume("2027-01-02 09:00")]])
def test_a_question_without_reply_lets_the_clock_run_on_after_ten_working_days(job: list) -> None:
    ledger = [start("2026-12-14"), pause("2026-12-15")]

    waiting = reckoned(ledger, "2026-12-31 16:00")
    assert waiting.pause_ends_at == local("2026-12-31 16:00")
    assert waiting.stages[Stage.RESOLVE].due_at is None

    running = reckoned(ledger + job, "2027-01-04")
    assert running.paused_at is None
    # Of the 14 days none had counted; 4 January is the first one after New Year and the cap.
    assert running.stages[Stage.RESOLVE].due_at == local("2027-01-22 16:30")


def test_a_transfer_restarts_respond_and_never_the_total() -> None:
    ledger = [start("2026-11-16"), transfer("2026-11-19")]

    assert due_on(ledger, Stage.RESPOND) == date(2026, 11, 26)
    assert due_on(ledger, Stage.RESOLVE) == date(2026, 12, 4)


def test_a_reopened_matter_has_the_days_left_from_the_day_after() -> None:
    ledger = [start("2026-11-02"), close("2026-11-12 12:00"), reopen("2026-11-25")]

    closed, reopened = reckoned(ledger[:2]), reckoned(ledger)

    assert closed.stages[Stage.RESOLVE].used == 7
    assert reopened.stages[Stage.RESOLVE].due_at == local("2026-12-04 16:30")


def test_supervisory_weight_takes_sixty_working_days() -> None:
    due = due_on([start("2026-01-05", Matter.SUPERVISORY_COMPLAINT, Stage.RESOLVE)])

    assert due == date(2026, 4, 10)
    assert (due - date(2026, 1, 5)).days == 95
