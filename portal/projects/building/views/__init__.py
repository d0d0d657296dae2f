"""The building page for everybody, and what those who run the project write there."""

from portal.projects.building.views import evidence, site, work
from portal.projects.building.views.blueprint import bp

__all__ = ["bp", "evidence", "site", "work"]
