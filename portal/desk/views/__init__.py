"""The pages of those who answer: the desk, one duty, the team, the triage."""

from portal.desk.views import (
    beginnings,
    canned,
    drafts,
    duty,
    editing,
    index,
    passing,
    refusals,
    responding,
    returned,
    team,
    triage,
)
from portal.desk.views.blueprint import bp

__all__ = [
    "beginnings",
    "bp",
    "canned",
    "drafts",
    "duty",
    "editing",
    "index",
    "passing",
    "refusals",
    "responding",
    "returned",
    "team",
    "triage",
]
