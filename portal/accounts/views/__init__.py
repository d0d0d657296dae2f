"""Pages for signing up, signing in and looking after one's account."""

from portal.accounts.views import account, forgotten, privacy, sessions, signing_up
from portal.accounts.views.blueprint import bp

__all__ = ["account", "bp", "forgotten", "privacy", "sessions", "signing_up"]
