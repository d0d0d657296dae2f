"""The shape of published figures: plain values that a page, a CSV file and a stored snapshot share.

Durations are seconds, shares between 0 and 1, moments ISO 8601 in UTC.
"""

from typing import Literal, NotRequired, TypedDict


class Estimate(TypedDict):
    """A quantile of a duration; a limit is None where the band does not reach so far."""

    answer: Literal["estimated", "not-reached", "not-estimable"]
    time: float | None
    lower: float | None
    upper: float | None


class ShareFigure(TypedDict):
    """A share with its interval; `count` of `n` where it is a plain proportion."""

    value: float
    lower: float | None
    upper: float | None
    count: int | None
    n: int


class DayShare(TypedDict):
    """Share that had the event by the end of a day; None where it is not estimable."""

    day: int
    share: ShareFigure | None
    answered_only: float | None


class Point(TypedDict):
    """One point of a drawn curve."""

    time: float
    value: float
    lower: float
    upper: float


class Timing(TypedDict):
    """One of the times: who was observed, and how long it took.

    With fewer than ten matters `is_withheld` and everything that could be read off is empty.
    """

    n: int
    events: int
    competing: int
    waiting: int
    excluded: dict[str, int]
    is_withheld: bool
    median: Estimate
    p90: Estimate
    answered_only_median: Estimate
    answered_only_p90: Estimate
    by_day: list[DayShare]
    points: list[Point]
    answered_only_points: list[Point]


class OnTime(TypedDict):
    """A stage's on-time share against the due time that counts and the one before extensions.

    Of the `late` ones `met_late` were met after all; the others were not by the cut-off.
    """

    extended: ShareFigure | None
    original: ShareFigure | None
    late: int | None
    met_late: int | None


class Flow(TypedDict):
    """What came in and went out in the period."""

    received: int
    answered: int
    closed: int
    withdrawn: int


class Stock(TypedDict):
    """What stood open at the end; ages None when nothing did."""

    at: str
    open: int
    overdue: int
    median_age: float | None
    p90_age: float | None
    oldest_age: float | None


class Satisfaction(TypedDict):
    """Ratings and how many of those who could gave one; None where too few did."""

    response: ShareFigure | None
    solved: ShareFigure | None
    stars: float | None
    n: int


class Opinion(TypedDict):
    """Ratings of single answers; they decide nothing. None where too few spoke."""

    solved: ShareFigure | None
    stars: float | None
    n: int


class Figures(TypedDict):
    """Every figure about one set of matters."""

    first_response: Timing
    first_closure: Timing
    lasting_closure: Timing
    working_response: Timing
    working_closure: Timing
    on_time: dict[str, OnTime]
    flow: Flow
    stock: Stock
    failures: ShareFigure | None
    transferred: ShareFigure | None
    hops: int
    paused: ShareFigure | None
    extended: ShareFigure | None
    satisfaction: Satisfaction
    # Of live figures alone: what reporters say of answers before the end, and supporters of any answer.
    interim_opinion: NotRequired[Opinion]
    supporters_opinion: NotRequired[Opinion]


class AgencyLine(TypedDict):
    """One agency in the city's table; every figure None when the line is withheld."""

    code: str | None
    name: str | None
    withheld: Literal["small", "neighbour"] | None
    received: int | None
    waiting: int | None
    first_response: Estimate | None
    first_closure: Estimate | None
    respond_on_time: ShareFigure | None
    resolve_on_time: ShareFigure | None


class Overview(TypedDict):
    """What the statistics page shows; `agencies` is empty on the page of one agency."""

    first_on: str
    last_on: str
    cutoff: str
    figures: Figures
    agencies: list[AgencyLine]
