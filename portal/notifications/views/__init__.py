"""Pages about what people are told: the list, what they want to hear of, and the link that ends it."""

from portal.notifications.views import choosing, muting, reading
from portal.notifications.views.blueprint import bp

__all__ = ["bp", "choosing", "muting", "reading"]
