"""Which phases are open: from dates alone, in the city's zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from portal.projects import rules
from portal.projects.rules import PhaseKind, Standing

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")


@dataclass(frozen=True)
class Span:
    kind: PhaseKind
    opens_on: date
    closes_on: date


FIRST = Span(PhaseKind.ANNOTATE, date(2026, 11, 2), date(2026, 11, 10))
SECOND = Span(PhaseKind.ANNOTATE, date(2026, 11, 20), date(2026, 12, 6))
COLLECT = Span(PhaseKind.COLLECT, date(2026, 11, 9), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("at", "zone", "is_open"),
    [
        (datetime(2026, 11, 19, 16, 59, 59, tzinfo=UTC), WIB, False),
        (datetime(2026, 11, 19, 17, 0, tzinfo=UTC), WIB, True),
        (datetime(2026, 11, 19, 15, 0, tzinfo=UTC), WIT, True),
        (datetime(2026, 12, 6, 16, 59, 59, tzinfo=UTC), WIB, True),
        (datetime(2026, 12, 6, 17, 0, tzinfo=UTC), WIB, False),
        (datetime(2026, 12, 6, 15, 0, tzinfo=UTC), WIT, False),
    ],
)
def test_phase_opens_and_closes_at_midnight_of_the_city(at, zone, is_open):
    found = rules.open_phase(PhaseKind.ANNOTATE, [FIRST, SECOND], at, zone)

    assert found == (SECOND if is_open else None)


def test_closing_instant_is_the_midnight_after_the_last_day():
    assert rules.closing_instant(date(2026, 11, 30), WIB) == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert rules.opening_instant(date(2026, 11, 30), WIB) == datetime(2026, 11, 29, 17, tzinfo=UTC)


def test_between_two_rounds_nothing_is_open():
    at = datetime(2026, 11, 15, 5, tzinfo=UTC)

    assert rules.open_phase(PhaseKind.ANNOTATE, [FIRST, SECOND], at, WIB) is None
    assert rules.open_phases([FIRST, SECOND, COLLECT], at, WIB) == [COLLECT]


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 11, 1), Standing.AHEAD),
        (date(2026, 11, 2), Standing.OPEN),
        (date(2026, 11, 10), Standing.OPEN),
        (date(2026, 11, 11), Standing.OVER),
    ],
)
def test_both_days_belong_to_the_phase(day, standing):
    assert rules.standing(FIRST, day) == standing


@pytest.mark.parametrize(
    ("day", "phase"),
    [(5, FIRST), (15, SECOND), (25, SECOND)],
)
def test_what_is_given_between_rounds_belongs_to_the_next(day, phase):
    at = datetime(2026, 11, day, 5, tzinfo=UTC)

    assert rules.phase_for(PhaseKind.ANNOTATE, [FIRST, SECOND], at, WIB) == phase


def test_what_is_given_after_the_last_round_belongs_to_it():
    at = datetime(2027, 5, 1, tzinfo=UTC)

    assert rules.phase_for(PhaseKind.ANNOTATE, [FIRST, SECOND], at, WIB) == SECOND
    assert rules.phase_for(PhaseKind.PRIORITISE, [FIRST, SECOND], at, WIB) is None


def test_project_is_finished_when_its_last_phase_is_over():
    assert not rules.is_finished([FIRST, SECOND], datetime(2026, 12, 6, 5, tzinfo=UTC), WIB)
    assert rules.is_finished([FIRST, SECOND], datetime(2026, 12, 7, 5, tzinfo=UTC), WIB)
    assert not rules.is_finished([], datetime(2026, 12, 7, 5, tzinfo=UTC), WIB)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Taman Amplas untuk semua umur", "taman-amplas-untuk-semua-umur"),
        ("  Café & kolam!  ", "cafe-kolam"),
        ("公園", "proyek"),
    ],
)
def test_title_becomes_an_address(title, slug):
    assert rules.slug(title) == slug


def test_page_of_new_projects_keeps_its_address():
    assert list(islice(rules.slugs("new"), 2)) == ["new-2", "new-3"]
