"""Pages of plans: what lies on the table, the pins on it, and the version in the making."""

from portal.projects.plans.views import drafts, pins, plans

BLUEPRINTS = (drafts.bp, pins.bp, plans.bp)

__all__ = ["BLUEPRINTS"]
