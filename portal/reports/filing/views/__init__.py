"""Filing a report: every question is a page of its own, kept as soon as it is answered."""

from portal.reports.filing.views import category, check, directing, person, photos, place, what
from portal.reports.filing.views.base import bp

__all__ = ["bp", "category", "check", "directing", "person", "photos", "place", "what"]
