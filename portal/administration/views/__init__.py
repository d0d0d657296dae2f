"""The administrator's pages, and the one page of those whom they invite."""

from portal.administration.views import (
    agencies,
    areas,
    calendars,
    categories,
    history,
    index,
    invitations,
    jobs,
    officials,
    outside_bodies,
    policies,
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
    "index",
    "invitations",
    "jobs",
    "officials",
    "outside_bodies",
    "policies",
    "routing",
]
