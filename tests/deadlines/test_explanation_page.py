"""The page that explains a due time, and the clocks in words."""

from datetime import date

import pytest
from flask import render_template

from portal.deadlines import importers, queries, services
from portal.deadlines.models import Clock
from portal.deadlines.presentation import ClockValue
from portal.deadlines.rules.stages import Matter, Stage
from tests.deadlines.ledgers import calendar, local


@pytest.fixture(autouse=True)
def _city(session: object) -> None:
    importers.seed(zone="Asia/Jakarta", at=local("2026-01-02"))


def opened(at: str = "2026-11-13") -> Clock:
    return services.open_clock(
        Matter.COMPLAINT, stages=(Stage.RESPOND, Stage.RESOLVE), at=local(at), agency_id=None
    )


def resolve(clock: Clock, now: str) -> ClockValue:
    return queries.clock_values([clock.id], local(now))[clock.id][1]


@pytest.mark.parametrize(
    ("now", "tone", "headline"),
    [
        ("2026-11-13 11:00", "running", "14 hari kerja lagi"),
        ("2026-12-02 20:00", "running", "1 hari kerja lagi"),
        ("2026-12-03 15:59", "running", "Jatuh tempo hari ini"),
        ("2026-12-03 16:00", "running", "Jatuh tempo hari ini"),
        ("2026-12-03 16:01", "late", "Lewat tenggat hari ini"),
        ("2026-12-06 09:00", "late", "Terlambat 1 hari kerja"),
        ("2026-12-07 09:00", "late", "Terlambat 2 hari kerja"),
    ],
)
def test_the_headline_says_how_much_is_left(now: str, tone: str, headline: str) -> None:
    clock = resolve(opened(), now)

    assert (clock.tone, clock.headline) == (tone, headline)


def test_a_running_clock_names_its_due_time() -> None:
    clock = resolve(opened(), "2026-11-16")

    assert clock.sentence == "Jatuh tempo Kamis 3 Desember 2026, 16.00 WIB."
    assert clock.due_text in clock.sentence
    assert clock.stage_label == "Penyelesaian, 14 hari kerja"


def test_a_paused_clock_says_what_an_answer_today_would_mean() -> None:
    ours = opened()
    services.pause(ours, at=local("2026-11-17 10:05"))

    clock = resolve(ours, "2026-11-23 08:00")

    assert (clock.tone, clock.headline) == ("waiting", "Menunggu jawaban warga")
    assert clock.sentence == "Jika warga menjawab hari ini, jatuh tempo Rabu 9 Desember 2026, 16.00 WIB."
    assert [day.state for day in clock.days[:8]] == ["off"] * 2 + ["ran"] + ["waiting"] * 4 + ["off"]


def test_a_met_clock_says_how_long_it_took() -> None:
    ours = opened("2026-11-02")
    services.meet(ours, Stage.RESOLVE, at=local("2026-11-12 12:00"))

    assert resolve(ours, "2026-11-20").headline == "Ditepati dalam 8 hari kerja"


def test_an_extended_clock_keeps_its_first_due_time_in_sight() -> None:
    ours = opened()
    services.extend(ours, Stage.RESOLVE, days=5, asked_at=local("2026-11-20"), at=local("2026-11-20"))

    assert (
        resolve(ours, "2026-11-23").note
        == "Diperpanjang 5 hari kerja; tenggat semula Kamis 3 Desember 2026, 16.00 WIB."
    )


def test_a_long_overdue_clock_draws_a_fringe_and_not_every_day() -> None:
    clock = resolve(opened("2026-01-05"), "2026-11-20")

    assert len(clock.days) < 60
    over = calendar().working_days_between(date(2026, 1, 26), date(2026, 11, 20))
    assert clock.headline == f"Terlambat {over} hari kerja"


def page(*clock_ids: int, now: str) -> str:
    return render_template(
        "deadlines/explanation.html",
        explanation=queries.explanation(clock_ids, local(now)),
        title="Lampu jalan mati",
        number="MDN-26-000001",
        trail=[("MDN-26-000001", "/reports/MDN-26-000001")],
        back_url="/reports/MDN-26-000001",
    )


def test_the_page_names_each_skipped_day_and_why(app: object) -> None:
    with app.test_request_context("/"):  # type: ignore[attr-defined]
        html = page(opened("2026-03-13").id, now="2026-03-16")

    for text in (
        "Hari nol: tugas dimulai",
        "cuti bersama, Cuti Bersama Hari Suci Nyepi",
        "libur nasional, Hari Suci Nyepi",
        "akhir pekan",
        "Hari kerja ke-5",
        "Perpres 76/2013",
        "60 hari kalender",
    ):
        assert text in html


def test_supervisory_weight_is_warned_of_the_legal_ceiling(app: object) -> None:
    clock = services.open_clock(
        Matter.SUPERVISORY_COMPLAINT, stages=(Stage.RESPOND, Stage.RESOLVE), at=local("2026-01-05")
    )

    values = queries.clock_values([clock.id], local("2026-01-06"))[clock.id]
    ceiling = queries.ceiling_of(values)

    assert ceiling is not None
    assert ceiling.is_crossed
    assert "Jumat 6 Maret 2026" in ceiling.text


def test_clocks_of_a_whole_list_take_two_statements(count_sql: object) -> None:
    ids = [opened().id for _ in range(10)]
    queries.clock_values(ids, local("2026-11-16"))

    with count_sql() as statements:  # type: ignore[operator]
        values = queries.clock_values(ids, local("2026-11-16"))

    assert len(values) == 10
    assert len(statements) <= 2
