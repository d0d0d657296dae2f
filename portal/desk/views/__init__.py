"""The pages of those who answer: the desk, one duty, the team, the triage."""

from portal.desk.views import duty, export, figures, index, leave, team, triage
from portal.desk.views.blueprint import bp

__all__ = ["bp", "duty", "export", "figures", "index", "leave", "team", "triage"]
