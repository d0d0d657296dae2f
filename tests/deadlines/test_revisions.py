"""A new calendar or policy arrives: open matters follow it, and both sides can be told."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.deadlines import defaults, hooks, importers, jobs, queries, services
from portal.deadlines.models import Calendar, Clock, StageDeadline
from portal.deadlines.rules.stages import Matter, Stage
from portal.deadlines.services import previews, revisions
from portal.errors import DomainError
from portal.jobs.models import Job
from tests.builders import make_agency
from tests.deadlines.ledgers import local

BOTH = (Stage.RESPOND, Stage.RESOLVE)


@pytest.fixture(autouse=True)
def _city(session: object) -> None:
    importers.seed(zone="Asia/Jakarta", at=local("2026-01-02"))


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch) -> list[hooks.Moved]:
    heard: list[hooks.Moved] = []
    monkeypatch.setattr(hooks, "move_listeners", [lambda moved, at: heard.append(moved)])
    return heard


def five_day(session: sa.orm.Session) -> Calendar:
    return session.scalars(sa.select(Calendar).where(Calendar.key == "five_day")).one()


def flood(session: sa.orm.Session, day: str = "2026-11-25", at: str = "2026-11-18") -> object:
    """A local closure is decreed."""
    document = defaults.calendar_document("five_day", "Asia/Jakarta")
    document["holidays"].append({"on": day, "kind": "closure", "name": "Banjir"})
    return services.import_calendar_version(
        five_day(session), document, at=local(at), decree="SK Wali Kota 7/2026", decree_on=date(2026, 11, 17)
    )


def stage(clock: Clock, name: Stage = Stage.RESOLVE) -> StageDeadline:
    return next(row for row in clock.stages if row.stage is name)


def run_jobs(session: sa.orm.Session, at: str) -> None:
    while job := session.scalars(sa.select(Job).where(Job.name == services.RECALCULATE)).first():
        payload = job.payload
        session.delete(job)
        jobs.recalculate(payload, local(at))


def test_open_matters_follow_a_new_calendar(session: sa.orm.Session, moves: list[hooks.Moved]) -> None:
    clocks = [services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-13")) for _ in range(60)]
    met = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-13"))
    services.meet(met, Stage.RESOLVE, at=local("2026-11-16"))

    flood(session)
    run_jobs(session, "2026-11-18")

    assert {stage(clock).due_at for clock in clocks} == {local("2026-12-04 16:30")}
    assert stage(met).due_at == local("2026-12-03 16:00")
    # Respond was due on the 20th, before the closure: it did not move.
    assert {moved.moves for moved in moves} == {
        (hooks.Move(Stage.RESOLVE, local("2026-12-03 16:00"), local("2026-12-04 16:30")),)
    }
    assert {moved.cause for moved in moves} == {
        hooks.Cause(hooks.CauseKind.CALENDAR, 2, "SK Wali Kota 7/2026", date(2026, 11, 17))
    }
    assert len(moves) == 60
    assert [entry.kind for entry in clocks[0].entries] == ["start", "recalculate"]


def test_a_matter_is_counted_anew_once_however_often_the_job_runs(session: sa.orm.Session) -> None:
    clock = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-13"))
    version = flood(session)

    counts = [
        services.recalculate_batch(revisions.of_calendar(version), at=local("2026-11-18"))[0]
        for _ in range(2)
    ]
    services.recalculate(
        clock, revisions.of_calendar(version), at=local("2026-11-18")
    )  # a second worker that came too late

    assert counts == [1, 0]
    assert len(clock.entries) == 2


def test_matter_that_cannot_be_counted_keeps_back_no_other(
    session: sa.orm.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = [services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-13")) for _ in range(60)]
    broken, count_anew = clocks[0].id, revisions.count_anew

    def failing(clock: Clock, *facts: Any, **values: Any) -> hooks.Moved:
        if clock.id == broken:
            raise RuntimeError
        return count_anew(clock, *facts, **values)

    monkeypatch.setattr(revisions, "count_anew", failing)

    flood(session)
    run_jobs(session, "2026-11-18")

    moved = [clock.id for clock in clocks if stage(clock).due_at == local("2026-12-04 16:30")]
    assert moved == [clock.id for clock in clocks[1:]]


def test_an_agency_with_another_calendar_is_left_alone(session: sa.orm.Session) -> None:
    clock = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-18"), calendar_key="six_day")
    version = flood(session, day="2026-11-23")
    services.recalculate_batch(revisions.of_calendar(version), at=local("2026-11-18"))

    assert stage(clock, Stage.RESPOND).due_at == local("2026-11-24 14:00")
    assert stage(clock).due_at == local("2026-12-09 16:00")


def test_a_reopened_matter_goes_on_with_the_newest_calendar(session: sa.orm.Session) -> None:
    clock = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-02"))
    services.meet(clock, Stage.RESOLVE, at=local("2026-11-12 12:00"))
    flood(session, day="2026-11-27", at="2026-11-20")

    services.reopen(clock, at=local("2026-11-25"))

    assert stage(clock).due_at == local("2026-12-07 16:00")


def test_imported_matters_are_never_counted_anew(session: sa.orm.Session) -> None:
    due = local("2026-12-03 11:11")
    clock = services.import_due(Matter.COMPLAINT, due={Stage.RESOLVE: due}, at=local("2026-11-13"))
    session.flush()

    assert services.recalculate_batch(revisions.of_calendar(flood(session)), at=local("2026-11-18")) == (
        0,
        [],
    )
    assert stage(clock).due_at == due


def test_a_due_time_is_computed_when_its_year_arrives(
    session: sa.orm.Session, moves: list[hooks.Move]
) -> None:
    clock = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2027-12-20"))
    assert (stage(clock).due_at, stage(clock).is_open) == (None, True)

    rows = [{"on": "2028-01-03", "kind": "national", "name": "Tahun Baru"}]
    version = importers.import_holidays(five_day(session), rows, at=local("2027-12-22"))
    services.recalculate_batch(revisions.of_calendar(version), at=local("2027-12-22"))

    assert version.document["covered_to"] == "2028-12-31"
    assert stage(clock).due_at == local("2028-01-11 16:00")
    assert [moved.clock_id for moved in moves] == [clock.id]
    assert hooks.Move(Stage.RESOLVE, None, local("2028-01-11 16:00")) in moves[0].moves


def test_the_portal_warns_before_the_calendar_ends() -> None:
    # Verified in 3 days, 60 of supervisory weight with 30 more, and three questions of 10 days each.
    assert queries.policy(local("2027-07-09")).longest_days == 3 + 60 + 30 + 3 * 10
    assert queries.horizon_warnings(local("2027-07-09")) == []
    assert [warning.key for warning in queries.horizon_warnings(local("2027-07-12"))] == ["five_day"]
    assert len(queries.horizon_warnings(local("2027-08-07"))) == 2


def test_a_calendar_cannot_shrink_or_repeat_itself(session: sa.orm.Session) -> None:
    calendar = five_day(session)
    same = defaults.calendar_document("five_day", "Asia/Jakarta")

    with pytest.raises(DomainError):
        services.import_calendar_version(calendar, same, at=local("2026-02-01"))
    with pytest.raises(DomainError):
        services.import_calendar_version(
            calendar, same | {"covered_to": "2026-12-31"}, at=local("2026-02-01")
        )
    with pytest.raises(DomainError):
        services.import_calendar_version(calendar, {"zone": "?"}, at=local("2026-02-01"))


def test_open_matters_keep_their_policy_unless_told_otherwise(session: sa.orm.Session) -> None:
    document = defaults.policy_document()
    document["matters"]["complaint"]["resolve"]["limit"] = 20
    old = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-13"))

    version = services.import_policy_version(document, at=local("2026-11-16"))
    new = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-16"))
    run_jobs(session, "2026-11-16")
    before = stage(old).due_at
    services.apply_policy(version, reason="Putusan Ombudsman", at=local("2026-11-16"))
    run_jobs(session, "2026-11-16")

    assert before == local("2026-12-03 16:00")
    assert stage(old).due_at == local("2026-12-11 16:30")
    assert stage(new).due_at == local("2026-12-14 16:00")


def test_holidays_from_a_file_replace_their_year_and_keep_closures(session: sa.orm.Session) -> None:
    flood(session)
    rows = [row for row in defaults.decreed_holidays(range(2026, 2027)) if row["on"] != "2026-12-24"]

    version = importers.import_holidays(five_day(session), rows, at=local("2026-11-20"))

    days = {row["on"] for row in version.document["holidays"]}
    assert "2026-12-24" not in days
    assert {"2026-11-25", "2025-12-25", "2027-01-01"} <= days


def test_a_closure_alone_takes_no_holiday_away(session: sa.orm.Session) -> None:
    rows = [{"on": "2026-11-25", "kind": "closure", "name": "Banjir"}]

    version = importers.import_holidays(five_day(session), rows, at=local("2026-11-20"))

    assert len(version.document["holidays"]) == len(defaults.decreed_holidays(defaults.YEARS)) + 1


def test_a_part_of_a_year_is_refused(session: sa.orm.Session) -> None:
    rows = [{"on": "2026-12-31", "kind": "joint_leave", "name": "Cuti Bersama"}]

    with pytest.raises(DomainError, match="2026"):
        importers.import_holidays(five_day(session), rows, at=local("2026-11-20"))


def test_each_bad_line_of_a_file_is_told() -> None:
    lines = ["date,kind,name", "2026-12-24,cuti_bersama,Natal", "2026-13-01,closure,y", "2026-12-26,x,z"]

    rows, bad = importers.read_holidays(lines)

    assert rows == [{"on": "2026-12-24", "kind": "joint_leave", "name": "Natal"}]
    assert [line.split(":")[0] for line in bad] == ["3", "4"]


def test_the_jobs_climb_the_ladder_and_end_pauses(
    session: sa.orm.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(hooks, "step_listeners", [lambda row, step, at: told.append((row.stage, step))])
    monkeypatch.setattr(hooks, "pause_listeners", [lambda clock, at: told.append("capped")])
    running = services.open_clock(Matter.COMPLAINT, stages=(Stage.RESOLVE,), at=local("2026-11-13"))
    waiting = services.open_clock(Matter.COMPLAINT, stages=(Stage.RESOLVE,), at=local("2026-11-13"))
    services.pause(waiting, at=local("2026-11-13 11:00"))

    for at in ("2026-11-24 16:00", "2026-11-24 16:01", "2026-11-27 16:31", "2026-11-27 16:32"):
        jobs.end_pauses(local(at))
        jobs.escalate(local(at))

    assert told == [(Stage.RESOLVE, "remind"), "capped"]
    assert stage(running).step_count == 1
    assert stage(waiting).due_at == local("2026-12-17 16:00")


def test_a_second_worker_does_not_take_the_same_rung(session: sa.orm.Session) -> None:
    clock = services.open_clock(Matter.COMPLAINT, stages=(Stage.RESOLVE,), at=local("2026-11-13"))
    row = stage(clock)
    session.refresh(row)
    # The other worker was here in the meantime, and this session does not know it yet.
    session.connection().execute(
        sa.update(StageDeadline.__table__).where(StageDeadline.id == row.id).values(step_count=1)
    )

    assert services.take_step(row, at=local("2026-11-25")) is None
    assert row.step_count == 1


def test_a_lapsed_question_is_told_before_a_decree_counts_anew(
    session: sa.orm.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The runner stood still for days, and the decree's job comes before the one that ends pauses."""
    lapsed: list[int] = []
    monkeypatch.setattr(hooks, "pause_listeners", [lambda clock, at: lapsed.append(clock.id)])
    clock = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-10-30"))
    services.pause(clock, at=local("2026-11-02"))

    flood(session, at="2026-11-18")
    run_jobs(session, "2026-11-18")
    jobs.end_pauses(local("2026-11-18 10:01"))

    assert lapsed == [clock.id]
    assert [entry.kind for entry in clock.entries] == ["start", "pause", "resume", "recalculate"]


def test_no_decree_makes_a_due_time_earlier_than_the_close_of_the_next_working_day(
    session: sa.orm.Session,
) -> None:
    clock = services.open_clock(Matter.COMPLAINT, stages=[Stage.RESPOND], at=local("2026-12-18"))
    before = stage(clock, Stage.RESPOND).due_at
    document = defaults.calendar_document("five_day", "Asia/Jakarta")
    document["holidays"] = [row for row in document["holidays"] if row["on"] != "2026-12-24"]

    services.import_calendar_version(five_day(session), document, at=local("2026-12-28"))
    run_jobs(session, "2026-12-28")

    # Without the joint leave it would have been due on the 28th at 16.00, on the day of the import.
    assert before == local("2026-12-29 16:00")
    assert stage(clock, Stage.RESPOND).due_at == local("2026-12-29 16:00")


def test_an_agency_that_changes_its_calendar_takes_its_open_answers_along(
    session: sa.orm.Session, moves: list[hooks.Moved]
) -> None:
    agency, other = make_agency(), make_agency()
    mine, theirs = (
        services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-18"), agency_id=one.id)
        for one in (agency, other)
    )
    late = services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local("2026-11-06"), agency_id=agency.id)
    preview = previews.of_agency(agency.id, "six_day", at=local("2026-11-19"))

    agency.calendar_key = "six_day"
    services.follow_agency_calendar(agency.id, at=local("2026-11-19"))
    run_jobs(session, "2026-11-19")

    assert stage(mine, Stage.RESPOND).due_at == local("2026-11-24 14:00")
    assert stage(mine).due_at == stage(theirs).due_at == local("2026-12-08 16:00")
    assert stage(late, Stage.RESPOND).due_at == local("2026-11-13 16:30")  # late already, and stays so
    assert stage(theirs, Stage.RESPOND).due_at == local("2026-11-25 16:00")
    assert [moved.cause.kind for moved in moves] == [hooks.CauseKind.AGENCY]
    assert [(one.stage, one.before, one.after) for one in preview.largest] == list(moves[0].moves)


def test_a_preview_says_exactly_what_will_move(session: sa.orm.Session, moves: list[hooks.Moved]) -> None:
    for day in ("2026-11-12", "2026-11-13", "2026-11-16"):
        services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local(day), calendar_key="six_day")
        services.open_clock(Matter.COMPLAINT, stages=BOTH, at=local(day))
    document = defaults.calendar_document("five_day", "Asia/Jakarta")
    document["holidays"].append({"on": "2026-11-19", "kind": "closure", "name": "Banjir"})
    drafted = services.read_calendar(document)

    preview = previews.of_calendar(five_day(session), drafted, at=local("2026-11-18"))
    services.import_calendar_version(five_day(session), document, at=local("2026-11-18"))
    run_jobs(session, "2026-11-18")

    promised = {(one.clock_id, one.stage, one.before, one.after) for one in preview.largest}
    assert promised == {(moved.clock_id, *move) for moved in moves for move in moved.moves}
    assert (preview.open_count, preview.matter_count, preview.move_count) == (6, 6, 9)
    assert {row.stage: row.count for row in preview.stages} == {Stage.RESPOND: 3, Stage.RESOLVE: 6}
    sizes = [one.size for one in preview.largest]
    assert sizes == sorted(sizes, reverse=True)
