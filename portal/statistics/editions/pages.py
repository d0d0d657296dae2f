"""What the page of an edition or a draft shows, made of its stored document."""

from datetime import date, datetime
from typing import Any, cast

from portal import sheets
from portal.statistics import charts, exports
from portal.statistics import words as figure_words
from portal.statistics.documents import Estimate, Overview, ShareFigure
from portal.statistics.editions import words
from portal.statistics.editions.documents import EditionDocument
from portal.statistics.editions.figures import Cell

HOUR = 3600


def shown(document: EditionDocument, comments: dict[str, str]) -> dict[str, Any]:
    """Values of the templates that draw figures."""
    about, figures = document["about"], document["figures"]
    city, names = figures["city"], about["agencies"]
    return {
        "about": about,
        "f": city,
        "words": figure_words,
        "comments": comments,
        "period": words.period(date.fromisoformat(about["first_on"]), date.fromisoformat(about["last_on"])),
        "cutoff": datetime.fromisoformat(about["cutoff"]),
        "warnings": [words.warning(caution) for caution in about["warnings"]],
        "response_chart": charts.incidence(city["first_response"], days=14),
        "closure_chart": charts.incidence(city["first_closure"], days=60),
        "agencies": [(words.agency(cell["code"], names), cell) for cell in figures["agencies"]],
        "categories": [(words.group(cell["code"]), cell) for cell in figures["categories"]],
    }


def figures_csv(document: EditionDocument) -> str:
    """Every figure of the city, as on the page of the statistics."""
    return exports.figures(cast(Overview, {"figures": document["figures"]["city"]}))


def tables_csv(document: EditionDocument) -> str:
    """A line for each agency and each group of categories; a withheld cell is empty."""
    headings = (
        "table", "code", "received", "answered_n", "waiting", "first_response_median_hours",
        "first_response_lower", "first_response_upper", "closed_n", "first_closure_median_hours",
        "first_closure_lower", "first_closure_upper", "respond_on_time", "respond_due", "resolve_on_time",
        "resolve_due",
    )  # fmt: skip
    figures = document["figures"]
    rows = [("agency", *_cell(cell)) for cell in figures["agencies"]]
    rows += [("category", *_cell(cell)) for cell in figures["categories"]]
    return sheets.table(headings, rows)


def _cell(cell: Cell) -> tuple[Any, ...]:
    return (
        cell["code"],
        cell["received"],
        cell["answered_n"],
        cell["waiting"],
        *_median(cell["first_response"]),
        cell["closed_n"],
        *_median(cell["first_closure"]),
        *_share(cell["respond_on_time"]),
        *_share(cell["resolve_on_time"]),
    )


def _median(value: Estimate | None) -> tuple[Any, ...]:
    if value is None or value["answer"] != "estimated":
        return value and value["answer"], None, None
    sides = (value["time"], value["lower"], value["upper"])
    return tuple(None if side is None else side / HOUR for side in sides)


def _share(value: ShareFigure | None) -> tuple[Any, ...]:
    return (None, None) if value is None else (value["value"], value["n"])
