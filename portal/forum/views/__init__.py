"""The rooms of the forum."""

from portal.forum.views import arranging, browsing, feeds, joining, questions, writing
from portal.forum.views.blueprint import bp

__all__ = ["arranging", "bp", "browsing", "feeds", "joining", "questions", "writing"]
