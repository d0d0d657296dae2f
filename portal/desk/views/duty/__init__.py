"""One duty: its page, and everything that can be done with it."""

from portal.desk.views.duty import (
    beginnings,
    category,
    contributions,
    drafts,
    editing,
    evidence,
    feedback,
    page,
    passing,
    place,
    refusals,
    responding,
)

__all__ = [
    "beginnings",
    "category",
    "contributions",
    "drafts",
    "editing",
    "evidence",
    "feedback",
    "page",
    "passing",
    "place",
    "refusals",
    "responding",
]
