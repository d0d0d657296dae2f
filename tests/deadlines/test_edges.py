"""Corners of the rules, each with its own small story."""

from datetime import date, timedelta

import pytest

from portal.deadlines import defaults
from portal.deadlines.rules.calendar import Calendar, CalendarError, CalendarHorizon
from portal.deadlines.rules.engine import LedgerError
from portal.deadlines.rules.explanation import DayState, Reason, explain
from portal.deadlines.rules.ledger import EntryKind
from portal.deadlines.rules.policy import Policy, PolicyError
from portal.deadlines.rules.reckoning import StageState, ladder
from portal.deadlines.rules.stages import Matter, Stage, Step
from tests.deadlines.ledgers import (
    FIVE_DAY,
    WIB,
    calendar,
    close,
    due_at,
    due_on,
    entry,
    extend,
    local,
    meet,
    pause,
    policy,
    recalculate,
    reckoned,
    reopen,
    resume,
    shipped,
    start,
    transfer,
)

pytestmark = pytest.mark.engine_free


def changed_calendar(
    *, without: tuple[str, ...] = (), closed: tuple[str, ...] = (), to: str = ""
) -> Calendar:
    """The five-day calendar after a decree."""
    document = defaults.calendar_document("five_day", WIB)
    document["holidays"] = [row for row in document["holidays"] if row["on"] not in without]
    document["holidays"] += [{"on": day, "kind": "closure", "name": "Banjir"} for day in closed]
    document["covered_to"] = to or document["covered_to"]
    return Calendar.from_document(document)


NEW = 9


def after_decree(entries: list, **changes: object) -> object:
    return reckoned(entries, calendars=shipped() | {NEW: changed_calendar(**changes)}).stages[Stage.RESOLVE]  # type: ignore[arg-type]


# Pauses


def test_a_question_before_opening_that_is_answered_the_same_day_costs_nothing() -> None:
    ledger = [start("2026-11-13"), pause("2026-11-17 06:00"), resume("2026-11-17 15:59")]

    assert due_on(ledger) == date(2026, 12, 3)


def test_an_answer_after_closing_time_comes_too_late_for_the_day() -> None:
    ledger = [start("2026-11-13"), pause("2026-11-17 06:00"), resume("2026-11-17 16:01")]

    assert due_on(ledger) == date(2026, 12, 4)


def test_a_question_after_closing_time_lets_the_day_count() -> None:
    ledger = [start("2026-11-13"), pause("2026-11-17 16:01"), resume("2026-11-18 08:00")]

    assert due_on(ledger) == date(2026, 12, 3)


def test_a_question_on_day_zero_leaves_day_zero_as_it_is() -> None:
    ledger = [start("2026-11-13 09:00"), pause("2026-11-13 10:00"), resume("2026-11-13 20:00")]

    assert due_on(ledger) == date(2026, 12, 3)


def test_a_pause_cannot_undo_lateness() -> None:
    ledger = [start("2026-11-02"), pause("2026-11-21")]

    late = reckoned(ledger).stages[Stage.RESOLVE]

    assert late.due_at == local("2026-11-20 16:30")
    assert (late.state, late.is_late) == (StageState.RUNNING, True)


def test_an_answer_while_paused_is_judged_by_the_days_that_were_left() -> None:
    ledger = [start("2026-11-13"), pause("2026-11-17"), meet(Stage.RESOLVE, "2026-11-23")]

    met = reckoned(ledger)

    assert met.paused_at is None
    assert met.stages[Stage.RESOLVE].due_at == local("2026-12-09 16:00")
    assert not met.stages[Stage.RESOLVE].is_late


def test_an_interim_answer_leaves_the_question_open() -> None:
    ledger = [start("2026-11-13"), pause("2026-11-17"), meet(Stage.RESPOND, "2026-11-18")]

    found = reckoned(ledger)

    assert found.paused_at == local("2026-11-17")
    assert found.stages[Stage.RESPOND].met_at == local("2026-11-18")
    assert found.stages[Stage.RESOLVE].state is StageState.PAUSED


# Transfers and extensions


def test_a_transfer_while_paused_keeps_the_question_open_for_the_new_agency() -> None:
    ledger = [start("2026-11-16"), pause("2026-11-17"), transfer("2026-11-19")]

    waiting = reckoned(ledger)
    answered = reckoned([*ledger, resume("2026-11-24 08:00")])

    assert waiting.stages[Stage.RESPOND].state is StageState.PAUSED
    assert answered.stages[Stage.RESPOND].due_at == local("2026-11-30 16:00")  # 24 to 30 November
    assert answered.stages[Stage.RESOLVE].due_at == local("2026-12-11 16:30")  # 5 days waited for


def test_a_first_answer_survives_a_transfer() -> None:
    ledger = [start("2026-11-16"), meet(Stage.RESPOND, "2026-11-18"), transfer("2026-11-19")]

    respond = reckoned(ledger).stages[Stage.RESPOND]

    assert (respond.met_at, respond.due_at) == (local("2026-11-18"), local("2026-11-23 16:00"))


def test_lateness_before_a_transfer_stays_with_the_first_agency() -> None:
    found = reckoned([start("2026-11-02"), transfer("2026-11-10")])

    assert [(late.round, late.agency_id, late.is_late) for late in found.lapsed] == [(1, 1, True)]
    assert found.stages[Stage.RESPOND].round == 2
    assert found.stages[Stage.RESPOND].agency_id == 2
    assert found.stages[Stage.RESOLVE].agency_id == 2


@pytest.mark.parametrize(("at", "rounds"), [("2026-11-09 16:00", 1), ("2026-11-09 16:01", 2)])
def test_a_transfer_exactly_at_the_due_time_is_not_late(at: str, rounds: int) -> None:
    assert reckoned([start("2026-11-02"), transfer(at)]).stages[Stage.RESPOND].round == rounds


def test_an_extension_while_paused_counts_after_the_reply() -> None:
    ledger = [start("2026-11-13"), pause("2026-11-17"), extend(Stage.RESOLVE, 2, "2026-11-18")]

    waiting = reckoned(ledger).stages[Stage.RESOLVE]
    answered = reckoned([*ledger, resume("2026-11-23 08:00")]).stages[Stage.RESOLVE]

    assert waiting.due_at is None
    assert (answered.due_at, answered.original_due_at) == (
        local("2026-12-11 16:30"),
        local("2026-12-09 16:00"),
    )


# Closing and reopening


def test_a_matter_closed_before_its_first_day_has_all_its_days_left() -> None:
    ledger = [start("2026-11-13 08:00"), close("2026-11-13 09:00"), reopen("2026-11-20")]

    resolve = reckoned(ledger).stages[Stage.RESOLVE]

    assert resolve.due_at == due_at([start("2026-11-20")])
    assert resolve.round == 1


@pytest.mark.parametrize("closed", ["2026-12-03 16:00", "2026-12-03 20:00", "2026-12-21"])
def test_a_reopened_matter_without_days_left_gets_one(closed: str) -> None:
    ledger = [start("2026-11-13"), meet(Stage.RESOLVE, closed), reopen("2026-12-27")]

    assert due_on(ledger) == date(2026, 12, 28)


def test_late_and_reopened_keeps_the_lateness() -> None:
    found = reckoned([start("2026-11-13"), meet(Stage.RESOLVE, "2026-12-21"), reopen("2026-12-27")])

    assert [(late.round, late.met_at, late.is_late) for late in found.lapsed] == [
        (1, local("2026-12-21"), True)
    ]
    assert found.stages[Stage.RESOLVE].round == 2


def test_a_withdrawn_matter_that_goes_on_also_owes_its_first_answer() -> None:
    ledger = [start("2026-11-13"), close("2026-11-17"), reopen("2026-11-20")]

    respond = reckoned(ledger).stages[Stage.RESPOND]

    assert respond.due_at == local("2026-11-26 16:00")  # 1 day counted, 4 left


def test_a_reopened_matter_can_be_extended_beyond_its_one_day() -> None:
    ledger = [start("2026-11-13"), meet(Stage.RESOLVE, "2026-12-21"), reopen("2026-12-27")]

    assert due_on([*ledger, extend(Stage.RESOLVE, 2, "2026-12-28 09:00")]) == date(2026, 12, 30)


def test_only_a_finished_matter_can_be_reopened() -> None:
    with pytest.raises(LedgerError):
        reckoned([start("2026-11-13"), reopen("2026-11-14")])


def test_a_ledger_begins_with_a_start() -> None:
    with pytest.raises(LedgerError):
        reckoned([pause("2026-11-13")])
    with pytest.raises(LedgerError):
        reckoned([start("2026-11-13"), start("2026-11-14")])


def test_a_day_of_closing_and_reopening_is_explained_once() -> None:
    ledger = [start("2026-11-13 08:00"), close("2026-11-13 09:00"), reopen("2026-11-13 10:00")]

    days = explain(reckoned(ledger).stages[Stage.RESOLVE]).days

    assert [day.reason for day in days[:2]] == [Reason.ZERO, Reason.WEEKEND]
    assert days[-1].on == date(2026, 12, 3)


def test_a_day_counts_although_the_matter_was_reopened_that_evening() -> None:
    ledger = [start("2026-11-13"), meet(Stage.RESOLVE, "2026-11-16 17:00"), reopen("2026-11-16 20:00")]

    resolve = reckoned(ledger).stages[Stage.RESOLVE]

    assert resolve.due_at == local("2026-12-03 16:00")
    assert explain(resolve).counted == 14


# A new calendar


def test_a_new_holiday_moves_the_due_time_later() -> None:
    ledger = [start("2026-11-13"), recalculate("2026-11-18", city_calendar=NEW)]

    assert after_decree(ledger, closed=("2026-11-25",)).due_at == local("2026-12-04 16:30")  # type: ignore[attr-defined]


def test_a_holiday_taken_back_moves_it_earlier_but_never_before_tomorrow() -> None:
    # Respond and resolve stand on different calendars; here the city's drops eight days of joint leave.
    origin = start("2026-03-13", Matter.INFORMATION_REQUEST, Stage.RESOLVE)  # due 27 March
    dropped = ("2026-03-18", "2026-03-20", "2026-03-23", "2026-03-24")

    early = after_decree([origin, recalculate("2026-03-16", city_calendar=NEW)], without=dropped)
    late = after_decree([origin, recalculate("2026-03-25 10:00", city_calendar=NEW)], without=dropped)
    last = after_decree([origin, recalculate("2026-03-27 10:00", city_calendar=NEW)], without=dropped)

    assert early.due_at == local("2026-03-23 16:00")  # type: ignore[attr-defined]
    assert late.due_at == local("2026-03-26 16:00")  # type: ignore[attr-defined]
    assert last.due_at == local("2026-03-27 16:30")  # type: ignore[attr-defined]


def test_days_granted_for_a_new_calendar_are_explained() -> None:
    origin = start("2026-03-13", Matter.INFORMATION_REQUEST, Stage.RESOLVE)
    dropped = ("2026-03-18", "2026-03-20", "2026-03-23", "2026-03-24")

    found = after_decree([origin, recalculate("2026-03-25 10:00", city_calendar=NEW)], without=dropped)

    assert found.grace == 3  # type: ignore[attr-defined]
    assert explain(found).counted == 8  # type: ignore[arg-type]


def test_a_new_calendar_while_paused_counts_after_the_reply() -> None:
    ledger = [start("2026-11-13"), pause("2026-11-17"), recalculate("2026-11-18", city_calendar=NEW)]

    assert after_decree(ledger, closed=("2026-11-25",)).due_at is None  # type: ignore[attr-defined]
    answered = after_decree([*ledger, resume("2026-11-23 08:00")], closed=("2026-11-25",))
    assert answered.due_at == local("2026-12-10 16:00")  # type: ignore[attr-defined]


def test_a_met_stage_stays_as_it_was() -> None:
    ledger = [
        start("2026-11-13"),
        meet(Stage.RESOLVE, "2026-11-17"),
        recalculate("2026-11-18", city_calendar=NEW),
    ]

    assert after_decree(ledger, closed=("2026-11-25",)).due_at == local("2026-12-03 16:00")  # type: ignore[attr-defined]


def test_another_policy_moves_an_open_stage() -> None:
    document = defaults.policy_document()
    document["matters"]["complaint"]["resolve"]["limit"] = 20
    longer = Policy.from_document(document)
    ledger = [start("2026-11-13"), recalculate("2026-11-18", policy=2)]

    found = reckoned(ledger, policies={1: policy(), 2: longer}).stages[Stage.RESOLVE]

    assert found.due_at == local("2026-12-11 16:30")


# Both ends of the calendar


@pytest.mark.parametrize("origin", ["2027-12-20", "2027-12-31", "2028-03-01", "2021-12-30"])
def test_outside_the_calendar_nothing_is_guessed(origin: str) -> None:
    stage = reckoned([start(origin)], calendars={FIVE_DAY: calendar()}).stages[Stage.RESOLVE]

    assert (stage.due_at, stage.state, stage.is_late) == (None, StageState.UNKNOWN, False)
    assert ladder(stage, policy()) == {}
    assert all(day.on <= date(2027, 12, 31) for day in explain(stage).days)


def test_the_day_before_the_calendar_begins_can_be_day_zero() -> None:
    assert due_at([start("2021-12-31")]) == local("2022-01-20 16:00")


def test_an_unknown_due_time_is_computed_when_the_calendar_arrives() -> None:
    longer = changed_calendar(to="2028-12-31")
    ledger = [start("2027-12-20"), recalculate("2028-01-03", city_calendar=NEW)]

    found = reckoned(ledger, calendars={FIVE_DAY: calendar(), NEW: longer}).stages[Stage.RESOLVE]

    # 21, 22, 23, 27 to 31 December, then January without holidays yet
    assert found.due_at == local("2028-01-10 16:00")


def test_an_unknown_due_time_in_the_past_becomes_the_next_working_day() -> None:
    longer = changed_calendar(to="2028-12-31")
    ledger = [start("2027-12-20"), recalculate("2028-02-01", city_calendar=NEW)]

    found = reckoned(ledger, calendars={FIVE_DAY: calendar(), NEW: longer}).stages[Stage.RESOLVE]

    assert (found.due_at, found.is_late) == (local("2028-02-02 16:00"), False)


def test_an_answer_before_the_calendar_arrived_is_on_time() -> None:
    longer = changed_calendar(to="2028-12-31")
    ledger = [
        start("2027-12-20"),
        meet(Stage.RESOLVE, "2028-01-12"),
        recalculate("2028-02-01", city_calendar=NEW),
    ]

    found = reckoned(ledger, calendars={FIVE_DAY: calendar(), NEW: longer}).stages[Stage.RESOLVE]

    assert (found.due_at is not None, found.is_late) == (True, False)


def test_a_pause_whose_cap_is_unknown_waits_for_the_calendar() -> None:
    found = reckoned([start("2027-12-01"), pause("2027-12-27")], "2028-02-01")

    assert (found.paused_at, found.pause_ends_at) == (local("2027-12-27"), None)


def test_asking_the_calendar_outside_its_days_is_an_error() -> None:
    for day in (date(2021, 12, 31), date(2028, 1, 1)):
        with pytest.raises(CalendarHorizon):
            calendar().is_working_day(day)


def test_of_two_regimes_the_one_named_later_holds() -> None:
    document = defaults.calendar_document("five_day", WIB)
    first, last = "2026-11-16", "2026-11-20"
    for opens in ("09:00", "10:00"):
        week = {"mon": [opens, "12:00"]}
        document["regimes"].append({"name": opens, "from": first, "to": last, "week": week})

    days = Calendar.from_document(document)

    assert days.opens_at(date(2026, 11, 16)) == local("2026-11-16 10:00")
    assert not days.is_working_day(date(2026, 11, 17))


# Hours


def hours_policy(minutes: int) -> Policy:
    document = defaults.policy_document()
    document["matters"]["complaint"]["resolve"] |= {"limit": minutes, "unit": "minutes"}
    return Policy.from_document(document)


@pytest.mark.parametrize(
    ("origin", "minutes", "due"),
    [
        ("2026-11-16 09:00", 180, "2026-11-16 12:00"),
        ("2026-11-16 15:00", 180, "2026-11-17 09:30"),
        ("2026-11-13 20:00", 180, "2026-11-16 10:30"),
        ("2026-12-23 15:00", 90, "2026-12-28 08:00"),
        ("2026-02-20 15:00", 60, "2026-02-23 08:30"),
    ],
)
def test_an_hour_policy_counts_exact_minutes(origin: str, minutes: int, due: str) -> None:
    assert due_at([start(origin)], policies={1: hours_policy(minutes)}) == local(due)


def test_an_hour_policy_stands_still_while_paused() -> None:
    ledger = [start("2026-11-16 09:00"), pause("2026-11-16 10:00"), resume("2026-11-16 14:30")]

    assert due_at(ledger, policies={1: hours_policy(180)}) == local("2026-11-17 08:00")


# Others


def test_a_category_may_have_a_limit_of_its_own() -> None:
    document = defaults.policy_document()
    document["exceptions"] = [
        {"category": "lampu", "matter": "complaint", "stage": "resolve", "limit": 5, "basis": {"id": "x"}}
    ]
    ledger = [start("2026-11-13")]
    ledger[0].data["category"] = "lampu"

    assert due_on(ledger, policies={1: Policy.from_document(document)}) == date(2026, 11, 20)


def test_a_limit_of_one_day_sends_no_reminder_at_half_of_it() -> None:
    stage = reckoned([start("2026-11-13", Matter.DECLINED_TRANSFER, Stage.VERIFY)]).stages[Stage.VERIFY]

    steps = ladder(stage, policy())

    assert list(steps) == [Step.WARN, Step.DUE, Step.OVERDUE]
    assert steps[Step.WARN] == local("2026-11-16 14:18")  # 408 of 510 minutes


def test_days_waited_for_do_not_move_the_shares_of_the_ladder() -> None:
    plain = reckoned([start("2026-11-13")]).stages[Stage.RESOLVE]
    paused = reckoned([start("2026-11-13"), pause("2026-11-16 07:00"), resume("2026-11-23 07:00")])

    # Monday to Monday: the same weekdays run, a week later.
    later = ladder(paused.stages[Stage.RESOLVE], policy())[Step.REMIND]
    assert later == ladder(plain, policy())[Step.REMIND] + timedelta(days=7)


def test_an_overdue_matter_is_drawn_to_the_last_day() -> None:
    days = explain(reckoned([start("2026-11-02")], "2026-11-24").stages[Stage.RESOLVE]).days

    assert days[0].reason is Reason.ZERO
    assert [day.on for day in days if day.is_due] == [date(2026, 11, 20)]
    assert [day.on.day for day in days if day.state is DayState.OVER] == [23, 24]


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "Asia/Medan"},
        {"covered_to": "2020-01-01"},
        {"week": {"mon": ["16:00", "07:30"]}},
        {"week": {}},
        {"week": {"senin": ["07:30", "16:00"]}},
        {"holidays": [{"on": "2026-01-01", "kind": "weekend", "name": "?"}]},
        {"holidays": [{"on": "2026-02-30", "kind": "national", "name": "?"}]},
        {"holidays": [{"kind": "national", "name": "?"}]},
        {"regimes": [{"name": "Ramadan", "from": "2026-03-20", "to": "2026-02-19", "week": {}}]},
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(change: dict) -> None:
    with pytest.raises(CalendarError):
        Calendar.from_document(defaults.calendar_document("five_day", WIB) | change)


@pytest.mark.parametrize(
    "change",
    [
        {"pause_cap_days": 0},
        {"warn_share": 0.4},
        {"silence_reminder_days": [5, 10]},
        {"matters": {"complaint": {"resolve": {"limit": 0, "basis": {}}}}},
        {"matters": {"complaint": {"resolve": {"limit": 2.5, "basis": {}}}}},
        {"matters": {"gosip": {"resolve": {"limit": 2, "basis": {}}}}},
        {"max_pauses": "2"},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(change: dict) -> None:
    with pytest.raises(PolicyError):
        Policy.from_document(defaults.policy_document() | change)


def test_an_unstarted_stage_cannot_be_met() -> None:
    with pytest.raises(LedgerError):
        reckoned([start("2026-11-13"), entry(EntryKind.MEET, "2026-11-14", Stage.VERIFY)])
