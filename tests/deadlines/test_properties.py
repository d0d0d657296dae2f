"""What must hold for every ledger and every calendar. `SOAK=1` tries ten times as many."""

import os
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from portal.deadlines.rules import counting
from portal.deadlines.rules.calendar import CalendarHorizon
from portal.deadlines.rules.engine import Reckoning, reckon
from portal.deadlines.rules.explanation import DayState, days_left, explain, over_days
from portal.deadlines.rules.ledger import Entry, EntryKind
from portal.deadlines.rules.reckoning import StageState, close_after, ladder
from portal.deadlines.rules.stages import LADDER, Stage
from tests.deadlines import scripts
from tests.deadlines.reference import Slow

pytestmark = [pytest.mark.engine_free, pytest.mark.heavy]

SOAK = 10 if os.environ.get("SOAK") else 1
ONE_DAY, MICROSECOND = timedelta(days=1), timedelta(microseconds=1)


def cases(count: int) -> settings:
    return settings(
        max_examples=count * SOAK,
        deadline=None,
        database=None,
        derandomize=not os.environ.get("SOAK"),
        suppress_health_check=list(HealthCheck),
    )


def reckoned(entries: Sequence[Entry], now: datetime | None = None, unit: str = "days") -> Reckoning:
    return reckon(
        entries,
        calendars=scripts.Calendars(),
        policies=scripts.Policies(unit),
        now=now or entries[-1].at,
    )


def slow(entries: list[Entry], unit: str) -> Slow:
    """The same ledger, for the slow reference."""
    named = [(key, value) for entry in entries for key, value in entry.data.items()]
    calendars = {number: scripts.document(number) for key, number in named if key.endswith("calendar")}
    policies = {number: scripts.policy_document(number, unit) for key, number in named if key == "policy"}
    return Slow(calendars, policies, entries)


later = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


units = st.sampled_from(("days", "days", "days", "minutes"))


@cases(1500)
@given(scripts.ledgers(), later, units)
def test_the_engine_agrees_with_the_slow_reference(entries: list[Entry], wait: timedelta, unit: str) -> None:
    assert_agreed(entries, entries[-1].at + wait, unit)


@pytest.mark.parametrize("seed", range(10 * SOAK))
def test_the_engine_agrees_with_the_slow_reference_in_a_thousand_lives(seed: int) -> None:
    """Drawn without hypothesis, which takes four times as long to think of a life as to check it."""
    rng = random.Random(seed)
    for _ in range(1000):
        entries = scripts.random_life(rng)
        now = entries[-1].at + timedelta(minutes=rng.randrange(40 * 24 * 60))
        assert_agreed(entries, now, rng.choice(("days", "days", "days", "minutes")))


def assert_agreed(entries: list[Entry], now: datetime, unit: str) -> None:
    reference = slow(entries, unit)
    for stage, reckoning in reckoned(entries, now, unit).stages.items():
        assert reckoning.due_at == reference.due(stage, now), (stage, unit, now, entries)


@cases(1000)
@given(scripts.ledgers(), later)
def test_no_time_is_negative(entries: list[Entry], wait: timedelta) -> None:
    now = entries[-1].at + wait
    found = reckoned(entries, now)

    for stage in (*found.stages.values(), *found.lapsed):
        assert stage.needed > 0
        assert stage.due_at is None or stage.due_at > stage.origin_at
        assert stage.used is None or stage.used >= 0
        if stage.state is StageState.PAUSED and stage.if_resumed_due_at:
            assert stage.if_resumed_due_at >= now
        if len(stage.spans) > 1 and stage.due_at:
            assert stage.due_at > stage.spans[-1].from_at  # at least one day was left


@cases(800)
@given(scripts.ledgers(ends_with="reopen"), st.integers(1, 10))
def test_an_extension_moves_the_due_time_by_its_days(entries: list[Entry], days: int) -> None:
    before = reckoned(entries).stages[Stage.RESOLVE]
    assume(before.is_open)

    extended = [*entries, Entry(EntryKind.EXTEND, entries[-1].at, Stage.RESOLVE, {"days": days})]
    after = reckoned(extended).stages[Stage.RESOLVE]

    assert after.original_due_at == before.original_due_at
    if before.due_at and after.due_at:
        calendar = before.spans[-1].calendar
        day = calendar.local_date(before.due_at)
        assert calendar.working_days_between(day, calendar.local_date(after.due_at)) >= days
        if not after.pauses:
            assert after.due_at == calendar.closes_at(calendar.add_working_days(day, days))


@cases(800)
@given(scripts.ledgers(ends_with="pause resume"))
def test_a_pause_never_makes_anything_due_earlier(entries: list[Entry]) -> None:
    kinds = (EntryKind.PAUSE, EntryKind.RESUME)
    without = [entry for entry in entries if entry.kind not in kinds]

    paused, plain = reckoned(entries), reckoned(without, entries[-1].at)

    for stage in plain.stages:
        due, plain_due = paused.stages[stage].due_at, plain.stages[stage].due_at
        # Reopening gives back at least one day: only a matter that was never reopened can be compared.
        if len(plain.stages[stage].spans) == 1 and due:
            assert plain_due is not None
            assert due >= plain_due


@cases(800)
@given(scripts.ledgers())
def test_a_transfer_never_changes_the_total(entries: list[Entry]) -> None:
    without = [entry for entry in entries if entry.kind is not EntryKind.TRANSFER]

    with_transfers, plain = reckoned(entries), reckoned(without, entries[-1].at)

    resolve = Stage.RESOLVE
    assert with_transfers.stages[resolve].due_at == plain.stages[resolve].due_at


@cases(800)
@given(scripts.ledgers(ends_with="reopen pause"), later)
def test_it_does_not_matter_whether_the_job_wrote_the_end_of_a_pause(
    entries: list[Entry], wait: timedelta
) -> None:
    cap_at = reckoned(entries).pause_ends_at
    assume(cap_at is not None)
    now = cap_at + wait + MICROSECOND

    written = [*entries, Entry(EntryKind.RESUME, cap_at)]

    assert dues(reckoned(written, now)) == dues(reckoned(entries, now))


@cases(800)
@given(scripts.ledgers(), later, scripts.numbers)
def test_counting_anew_on_the_same_calendars_changes_nothing(
    entries: list[Entry], wait: timedelta, other: int
) -> None:
    at = entries[-1].at + wait
    moved = Entry(EntryKind.RECALCULATE, at, None, {"city_calendar": other, "agency_calendar": other})
    again = replace(moved, at=at + timedelta(days=3))

    once, twice = reckoned([*entries, moved], again.at), reckoned([*entries, moved, again], again.at)

    for stage, found in once.stages.items():
        if found.due_at is not None or found.state is StageState.PAUSED:
            assert twice.stages[stage].due_at == found.due_at
            assert twice.stages[stage].if_resumed_due_at == found.if_resumed_due_at


@cases(1200)
@given(scripts.ledgers(), later, scripts.numbers)
def test_a_new_calendar_never_moves_a_due_time_before_the_next_working_day(
    entries: list[Entry], wait: timedelta, other: int
) -> None:
    at = entries[-1].at + wait
    before = reckoned(entries, at)
    changes = {"city_calendar": other, "agency_calendar": other}
    after = reckoned([*entries, Entry(EntryKind.RECALCULATE, at, None, changes)], at)

    for stage, was in before.stages.items():
        now_due = after.stages[stage].due_at
        if not was.is_open and was.due_at:
            assert now_due == was.due_at  # what was met stays
        elif was.due_at and now_due and now_due < was.due_at:
            earliest = close_after(scripts.calendar(other), at, 1)
            assert earliest is None or now_due >= min(earliest, was.due_at)


@cases(800)
@given(scripts.ledgers(), later)
def test_the_explained_days_add_up_to_the_limit(entries: list[Entry], wait: timedelta) -> None:
    found = reckoned(entries, entries[-1].at + wait)

    for stage in (*found.stages.values(), *found.lapsed):
        explained = explain(stage)
        days = explained.days
        assert all(later.on - day.on == ONE_DAY for day, later in pairwise(days))
        due = stage.if_resumed_due_at if stage.state is StageState.PAUSED else stage.due_at
        if due is not None:
            assert explained.counted == stage.needed
            assert [day.number for day in days if day.is_due] == [stage.needed]
        assert all((day.number is None) == (day.state in UNCOUNTED) for day in days)


UNCOUNTED = (DayState.OFF, DayState.WAITING, DayState.OVER)


@cases(300)
@given(scripts.ledgers(), later)
def test_what_a_list_counts_is_what_the_days_say(entries: list[Entry], wait: timedelta) -> None:
    found = reckoned(entries, entries[-1].at + wait)

    running = [one for one in found.stages.values() if one.state is StageState.RUNNING and one.due_at]

    for stage in running:
        days, today = explain(stage).days, stage.spans[-1].calendar.local_date(stage.reckoned_at)
        assert over_days(stage, partial(explain, stage)) == sum(day.state is DayState.OVER for day in days)
        assert days_left(stage) == sum(day.number is not None and day.on > today for day in days)


@cases(600)
@given(scripts.ledgers(ends_with="reopen"), st.booleans())
def test_exactly_at_the_due_time_is_on_time(entries: list[Entry], is_late: bool) -> None:
    stage = reckoned(entries).stages[Stage.RESOLVE]
    assume(stage.is_open and stage.due_at is not None and stage.due_at > entries[-1].at)
    at = stage.due_at + (MICROSECOND if is_late else timedelta())

    met = reckoned([*entries, Entry(EntryKind.MEET, at, Stage.RESOLVE)]).stages[Stage.RESOLVE]

    assert met.due_at == stage.due_at
    assert met.is_late is is_late


@cases(600)
@given(scripts.ledgers())
def test_the_rungs_of_the_ladder_stand_in_order(entries: list[Entry]) -> None:
    for stage in reckoned(entries).stages.values():
        steps = ladder(stage, scripts.policy())
        moments = [steps[step] for step in LADDER if step in steps]
        assert moments == sorted(moments)


@cases(400)
@given(scripts.ledgers())
def test_minutes_of_office_hours_are_used_up_exactly_at_the_due_time(entries: list[Entry]) -> None:
    stage = reckoned(entries, unit="minutes").stages[Stage.RESOLVE]
    assume(stage.due_at is not None and stage.used is not None)

    spans = [*stage.spans[:-1], replace(stage.spans[-1], until_at=stage.due_at)]
    assert counting.used(spans, stage.pauses, stage.limit.unit) == stage.needed  # type: ignore[union-attr]
    assert abs(explain(stage).minutes - stage.needed) <= len(stage.spans)


@cases(600)
@given(scripts.numbers, st.tuples(scripts.origins, scripts.origins, scripts.origins))
def test_office_time_adds_up(number: int, moments: tuple[tuple[int, int], ...]) -> None:
    calendar = scripts.calendar(number)
    first, second, third = (
        scripts.moment(scripts.COVERED[0] + timedelta(days=1 + days), hour) for days, hour in moments
    )
    between = calendar.working_time_between

    assert between(first, third) == between(first, second) + between(second, third)
    assert between(first, second) == -between(second, first)
    if first <= second and between(first, second):
        try:
            reached = calendar.add_working_time(first, between(first, second))
        except CalendarHorizon:
            return
        assert reached <= second
        assert between(reached, second) == timedelta()


def dues(found: Reckoning) -> dict[Stage, datetime | None]:
    return {stage: reckoning.due_at for stage, reckoning in found.stages.items()}
