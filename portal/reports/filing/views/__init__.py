"""Filing a report: every question is a page of its own, kept as soon as it is answered."""

from portal.reports.filing.views import (
    category,
    check,
    closing,
    covering,
    directing,
    kept,
    person,
    photos,
    place,
    questions,
    similar,
    uploads,
    what,
)
from portal.reports.filing.views.base import bp

__all__ = [
    "bp",
    "category",
    "check",
    "closing",
    "covering",
    "directing",
    "kept",
    "person",
    "photos",
    "place",
    "questions",
    "similar",
    "uploads",
    "what",
]
