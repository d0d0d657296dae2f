"""The geometry of the curves, ready for the SVG macros."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from portal.statistics.documents import Estimate, Point, Timing

WIDTH, HEIGHT = 480, 280
LEFT, RIGHT, TOP, BOTTOM = 60, 470, 12, 234
DAY_SECONDS = 86_400
TICKS = {14: (0, 1, 3, 5, 7, 10, 14), 60: (0, 5, 14, 30, 45, 60)}


class Tick(NamedTuple):
    """A place on an axis and the value that it stands for."""

    at: float
    value: float


class Chart(NamedTuple):
    """Path data of a curve with its band, of the misleading curve, and the axes.

    `median` is where half is reached, None when that lies outside.
    """

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    shares: list[Tick]
    days: list[Tick]
    curve: str
    band: str
    misleading: str
    median: tuple[float, float] | None


def incidence(timing: Timing, days: int) -> Chart:
    """The share that had the event, from the start to so many days after it (14 or 60)."""
    drawing = _Drawing(days * DAY_SECONDS)
    points, misleading = timing["points"], timing["answered_only_points"]
    return Chart(
        WIDTH,
        HEIGHT,
        LEFT,
        RIGHT,
        TOP,
        BOTTOM,
        shares=[Tick(drawing.y(percent / 100), percent / 100) for percent in (0, 25, 50, 75, 100)],
        days=[Tick(drawing.x(day * DAY_SECONDS), day) for day in TICKS[days]],
        curve=drawing.steps(points, "value"),
        band=drawing.band(points),
        misleading=drawing.steps(misleading, "value"),
        median=drawing.median(timing["median"]),
    )


class _Drawing:
    """Places on the sheet for one span of time."""

    def __init__(self, span: float) -> None:
        self.span = span

    def x(self, seconds: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(seconds / self.span, 1), 1)

    def y(self, share: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)

    def inside(self, points: Sequence[Point]) -> list[Point]:
        """The points within the span, the last of them drawn on to its end where more follow."""
        within = [point for point in points if point["time"] <= self.span]
        if within and len(within) < len(points):
            within.append({**within[-1], "time": self.span})
        return within

    def steps(self, points: Sequence[Point], side: Literal["value", "upper"]) -> str:
        """A staircase from nothing at the start."""
        within = self.inside(points)
        if not within:
            return ""
        return f"M{LEFT} {BOTTOM}" + "".join(f"H{self.x(p['time'])}V{self.y(p[side])}" for p in within)

    def band(self, points: Sequence[Point]) -> str:
        """The area between the limits: along the upper staircase and back along the lower."""
        upper = self.steps(points, "upper")
        if not upper:
            return ""
        corners = [(float(LEFT), float(BOTTOM))]
        corners += [(self.x(point["time"]), self.y(point["lower"])) for point in self.inside(points)]
        back = "".join(f"V{y}H{x}" for x, y in reversed(corners[:-1]))
        return f"{upper}V{corners[-1][1]}{back}Z"

    def median(self, median: Estimate) -> tuple[float, float] | None:
        if median["time"] is None or median["time"] > self.span:
            return None
        return self.x(median["time"]), self.y(0.5)
