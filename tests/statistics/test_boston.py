"""The golden figures of Boston's service requests, where a file with them is given.

`BOSTON311_CSV` names an export with the columns open_dt, sla_target_dt, closed_dt and sample; its
naive times are taken at a fixed offset. Without it there is nothing to check and no test.
"""

import csv
import os
from datetime import UTC, datetime

import pytest

from portal.statistics.rules.curves import Curve, curve_of
from portal.statistics.rules.observation import Course, Observed, observe
from portal.statistics.rules.punctuality import DueStage, punctuality

pytestmark = pytest.mark.engine_free

CUTOFF = datetime(2026, 11, 1, tzinfo=UTC)
START = datetime(2015, 1, 1, tzinfo=UTC)
HOUR, DAY = 3600, 86_400
MIXED, ANIMALS = "mixed_2015_2024_closed", "2019_animal_housing_open_and_closed"
GOLDEN = {
    (MIXED, "closed only"): ([11.95, 10.72, 13.09], 262.11, None),
    (MIXED, "all"): ([11.95, 10.72, 13.09], 262.11, [63.9, 76.0, 81.4, 91.8, 98.9]),
    (ANIMALS, "closed only"): ([1.75, 1.69, 1.84], 143.35, None),
    (ANIMALS, "all"): ([91.99, 61.79, 135.31], None, [47.0, 49.5, 50.8, 52.9, 53.9]),
}
LATE = {MIXED: (475, 4284), ANIMALS: (991, 5411)}


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text.strip()).replace(tzinfo=UTC) if text.strip() else None


def requests(path: str, sample: str) -> list[dict[str, datetime | None]]:
    columns = ("open_dt", "sla_target_dt", "closed_dt")
    with open(path, newline="") as file:
        return [
            {column: moment(row[column]) for column in columns}
            for row in csv.DictReader(file)
            if row["sample"] == sample
        ]


def figures(curve: Curve) -> tuple[list[float], float | None]:
    median, p90 = curve.quantile(0.5), curve.quantile(0.9)
    hours = [round(time / HOUR, 2) for time in median[1:]]
    return hours, round(p90.time / HOUR, 2) if p90.answer == "estimated" else None


if BOSTON := os.environ.get("BOSTON311_CSV"):

    @pytest.mark.parametrize(("sample", "who"), GOLDEN)
    def test_boston_times_are_the_golden_ones(sample, who):
        rows = requests(BOSTON, sample)
        courses = [Course(row["open_dt"], row["closed_dt"], None) for row in rows]
        observed: Observed = observe(courses, CUTOFF)

        curve = curve_of(observed.answered_only() if who == "closed only" else observed)

        hours, p90, shares = GOLDEN[sample, who]
        assert figures(curve) == (hours, p90)
        if shares:
            by_day = [curve.share_by(day * DAY).value for day in (1, 3, 5, 14, 60)]
            assert [round(100 * share, 1) for share in by_day] == shares

    @pytest.mark.parametrize("sample", LATE)
    def test_boston_lateness_is_the_golden_one(sample):
        stages = [
            DueStage(row["sla_target_dt"], row["closed_dt"])
            for row in requests(BOSTON, sample)
            if row["sla_target_dt"]
        ]

        result = punctuality(stages, start=START, end=CUTOFF, cutoff=CUTOFF)

        assert (result.late, result.due) == LATE[sample]
