"""The demo's post box, and the administrator's page about mail that came in."""

from portal.mailroom.views import demo, inbound

BLUEPRINTS = (demo.bp, inbound.bp)
__all__ = ["BLUEPRINTS"]
