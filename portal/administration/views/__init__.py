"""The administrator's pages, and the one page of those whom they invite."""

from portal.administration.views import (
    agencies,
    areas,
    calendars,
    categories,
    history,
    imports,
    index,
    invitations,
    jobs,
    learning,
    officials,
    open311,
    outside_bodies,
    policies,
    questions,
    routing,
)
from portal.administration.views.blueprint import bp

__all__ = [
    "agencies",
    "areas",
    "bp",
    "calendars",
    "categories",
    "history",
    "imports",
    "index",
    "invitations",
    "jobs",
    "learning",
    "officials",
    "open311",
    "outside_bodies",
    "policies",
    "questions",
    "routing",
]
