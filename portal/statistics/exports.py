"""The tables and curves as CSV: machine-readable numbers, headings in English, durations in hours."""

from collections.abc import Iterable, Sequence
from typing import Any

from portal.sheets import table
from portal.statistics.documents import Estimate, Overview, ShareFigure, Timing

HOUR = 3600
TIMINGS = ("first_response", "first_closure", "lasting_closure", "working_response", "working_closure")
SHARES = ("failures", "transferred", "paused", "extended")


def figures(overview: Overview) -> str:
    """Every figure on a line of its own, with its interval and what it is of."""
    return table(
        ("figure", "detail", "value", "unit", "lower", "upper", "count", "n"), list(_figure_rows(overview))
    )


def _figure_rows(overview: Overview) -> Iterable[Sequence[Any]]:
    shown = overview["figures"]
    for name in TIMINGS:
        yield from _timing_rows(name, shown[name])  # type: ignore[literal-required]  # TIMINGS are its keys
    for stage, punctual in shown["on_time"].items():
        yield "on_time", f"{stage}, extended due time", *_share(punctual["extended"])
        yield "on_time", f"{stage}, original due time", *_share(punctual["original"])
        yield "on_time", f"{stage}, late", punctual["late"], "reports", None, None, None, None
        yield "on_time", f"{stage}, met late", punctual["met_late"], "reports", None, None, None, None
    for name in SHARES:
        yield name, "", *_share(shown[name])  # type: ignore[literal-required]  # SHARES are its keys
    if shown["transferred"]:
        yield "transferred", "hops in all", shown["hops"], "transfers", None, None, None, None
    for detail, count in shown["flow"].items():
        yield "flow", detail, count, "reports", None, None, None, None
    stock = shown["stock"]
    yield "stock", "open", stock["open"], "reports", None, None, None, None
    yield "stock", "overdue", stock["overdue"], "reports", None, None, None, None
    for age in ("median_age", "p90_age", "oldest_age"):
        yield "stock", age, _hours(stock[age]), "hours", None, None, None, stock["open"]
    satisfaction = shown["satisfaction"]
    yield "satisfaction", "response", *_share(satisfaction["response"])
    yield "satisfaction", "solved", *_share(satisfaction["solved"])
    yield "satisfaction", "stars", satisfaction["stars"], "stars", None, None, None, satisfaction["n"]
    opinions = (
        ("interim_opinion", shown.get("interim_opinion")),
        ("supporters_opinion", shown.get("supporters_opinion")),
    )
    for name, said in opinions:
        if said is not None:  # figures that were kept before these were counted have none
            yield name, "solved", *_share(said["solved"])
            yield name, "stars", said["stars"], "stars", None, None, None, said["n"]


def _timing_rows(name: str, timing: Timing) -> Iterable[Sequence[Any]]:
    yield name, "median", *_estimate(timing["median"], timing["n"])
    yield name, "p90", *_estimate(timing["p90"], timing["n"])
    yield name, "median, answered only", *_estimate(timing["answered_only_median"], timing["events"])
    yield name, "p90, answered only", *_estimate(timing["answered_only_p90"], timing["events"])
    for row in timing["by_day"]:
        yield name, f"by day {row['day']}", *_share(row["share"])
    for reason, count in timing["excluded"].items():
        yield name, f"excluded: {reason}", None, "reports", None, None, count, None


def _estimate(value: Estimate, n: int) -> Sequence[Any]:
    if value["answer"] != "estimated":
        return value["answer"], "hours", None, None, None, n
    return _hours(value["time"]), "hours", _hours(value["lower"]), _hours(value["upper"]), None, n


def _share(value: ShareFigure | None) -> Sequence[Any]:
    if value is None:
        return None, "share", None, None, None, None
    return value["value"], "share", value["lower"], value["upper"], value["count"], value["n"]


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / HOUR


def agencies(overview: Overview) -> str:
    """One line for each agency; a withheld one says so and nothing more."""
    headings = (
        "agency",
        "name",
        "withheld",
        "received",
        "waiting",
        "first_response_median_hours",
        "first_response_lower",
        "first_response_upper",
        "first_closure_median_hours",
        "first_closure_lower",
        "first_closure_upper",
        "respond_on_time",
        "respond_due",
        "resolve_on_time",
        "resolve_due",
    )
    return table(headings, (_agency_row(line) for line in overview["agencies"]))


def _agency_row(line: Any) -> Sequence[Any]:
    return (
        line["code"],
        line["name"],
        line["withheld"],
        line["received"],
        line["waiting"],
        *_median(line["first_response"]),
        *_median(line["first_closure"]),
        *_on_time(line["respond_on_time"]),
        *_on_time(line["resolve_on_time"]),
    )


def _median(value: Estimate | None) -> Sequence[Any]:
    if value is None:
        return None, None, None
    if value["answer"] != "estimated":
        return value["answer"], None, None
    return tuple(_hours(value[side]) for side in ("time", "lower", "upper"))


def _on_time(value: ShareFigure | None) -> Sequence[Any]:
    return (None, None) if value is None else (value["value"], value["n"])


def curve(timing: Timing) -> str:
    """The drawn curve with its band, and the misleading one of the answered alone."""
    rows = [("all", *_point(point)) for point in timing["points"]]
    rows += [("answered only", *_point(point)) for point in timing["answered_only_points"]]
    return table(("curve", "hours", "share", "lower", "upper"), rows)


def _point(point: Any) -> Sequence[Any]:
    return _hours(point["time"]), point["value"], point["lower"], point["upper"]
