"""The vote's pages: question and result for everybody, the ballot for residents, its making for officials."""

from portal.projects.voting.views import ballot, making, reading
from portal.projects.voting.views.blueprint import bp

__all__ = ["ballot", "bp", "making", "reading"]
