"""What is stored and published of an edition: plain values that the page, edition.json and files share."""

from typing import Any, TypedDict

from portal.statistics.editions.figures import EditionFigures


class Caution(TypedDict):
    """Something a reader should know before believing a figure; `values` fill the sentence in words.py."""

    key: str
    values: dict[str, Any]


class About(TypedDict):
    """What edition.json says; days are local, moments ISO 8601 in UTC."""

    format: str
    number: int
    city: str
    zone: str
    first_on: str
    last_on: str
    cutoff: str
    published_at: str
    corrects: int | None
    reason: str
    previous_root: str
    seal: dict[str, Any] | None  # the newest seal over the record at the cut-off
    definitions: str
    inputs: dict[str, str]  # digests of the files that the figures were computed from
    agencies: dict[str, str]  # names by code
    comments: dict[str, str]
    warnings: list[Caution]


class EditionDocument(TypedDict):
    """Everything that the page of an edition shows."""

    about: About
    figures: EditionFigures


# The parts of the page that a moderator may comment, in their order.
SECTIONS = (
    "first_response",
    "first_closure",
    "lasting_closure",
    "working_time",
    "on_time",
    "flow",
    "stock",
    "failures",
    "handling",
    "satisfaction",
    "agencies",
    "categories",
)
