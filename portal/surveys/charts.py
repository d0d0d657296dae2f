"""The geometry of the index on its band of grades, ready for the template."""

from typing import NamedTuple

from portal.surveys.rules import satisfaction
from portal.surveys.rules.results import Result

WIDTH = 600
LOWEST, HIGHEST = float(satisfaction.LOWEST), float(satisfaction.HIGHEST)


class Zone(NamedTuple):
    """A grade's stretch of the band."""

    letter: str
    x: float
    width: float
    middle: float


class Band(NamedTuple):
    """Where the grades, the index (`at`) and its interval lie; `lower` is None without one."""

    width: int
    zones: list[Zone]
    at: float
    lower: float | None
    upper: float | None


def band(result: Result) -> Band | None:
    """None where the index is withheld, or there is none."""
    if result["index"] is None:
        return None
    starts = [(grade.letter, _x(float(grade.lowest))) for grade in reversed(satisfaction.GRADES)]
    ends = [x for _letter, x in starts[1:]] + [float(WIDTH)]
    zones = [
        Zone(letter, x, round(end - x, 1), round((x + end) / 2, 1))
        for (letter, x), end in zip(starts, ends, strict=True)
    ]
    return Band(
        WIDTH,
        zones,
        _x(float(result["index"])),
        _x(float(result["lower"])) if result["lower"] else None,
        _x(float(result["upper"])) if result["upper"] else None,
    )


def _x(index: float) -> float:
    return round((index - LOWEST) / (HIGHEST - LOWEST) * WIDTH, 1)
