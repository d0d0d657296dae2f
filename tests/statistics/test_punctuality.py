"""On-time share: the stages that fell due, met by then."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.statistics.rules.punctuality import DueStage, punctuality

pytestmark = pytest.mark.engine_free

START = datetime(2026, 10, 1, tzinfo=UTC)
END = datetime(2026, 11, 1, tzinfo=UTC)
CUTOFF = datetime(2026, 11, 16, tzinfo=UTC)
DUE = datetime(2026, 10, 15, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("stage", "due", "on_time"),
    [
        (DueStage(DUE, DUE), 1, 1),
        (DueStage(DUE, DUE + SECOND), 1, 0),
        (DueStage(DUE, None), 1, 0),
        (DueStage(DUE, None, ended_at=DUE - SECOND), 0, 0),
        (DueStage(DUE, None, ended_at=DUE + SECOND), 1, 0),
        (DueStage(DUE, DUE - SECOND, ended_at=DUE - SECOND), 1, 1),
        (DueStage(START - SECOND, START), 0, 0),
        (DueStage(START, START), 1, 1),
        (DueStage(END, END), 0, 0),
    ],
)
def test_stage_counts_when_its_due_time_fell_in_the_period(stage, due, on_time):
    result = punctuality([stage], start=START, end=END, cutoff=CUTOFF)

    assert (result.due, result.on_time) == (due, on_time)


def test_due_time_after_the_cutoff_has_not_fallen_yet():
    result = punctuality([DueStage(DUE, DUE)], start=START, end=END, cutoff=DUE - SECOND)

    assert result.due == 0


def test_share_has_wilsons_interval():
    stages = [DueStage(DUE, DUE)] * 531 + [DueStage(DUE, None)] * 81

    result = punctuality(stages, start=START, end=END, cutoff=CUTOFF)

    assert result.late == 81
    assert round(result.share, 3) == 0.868
    assert [round(limit, 3) for limit in result.interval] == [0.838, 0.892]


def test_no_share_when_nothing_fell_due():
    assert punctuality([], start=START, end=END, cutoff=CUTOFF).share is None
