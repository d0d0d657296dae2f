"""The rooms of moderation. Import the package: `views.bp`."""

from portal.moderation.views import conversions, deciding, flagging, public
from portal.moderation.views.blueprint import bp

__all__ = ["bp", "conversions", "deciding", "flagging", "public"]
