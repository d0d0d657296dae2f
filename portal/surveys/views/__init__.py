"""The pages of the surveys."""

from portal.surveys.views import agency_services, answering, changes, managing, public, remarks
from portal.surveys.views.blueprint import bp

__all__ = ["agency_services", "answering", "bp", "changes", "managing", "public", "remarks"]
