"""Who may do what with ideas, and until when."""

from datetime import datetime
from typing import Any

from portal import config
from portal.projects import policy as projects
from portal.projects import rules
from portal.projects.ideas.models import Idea
from portal.projects.ideas.rules import IdeaStatus
from portal.projects.models import Project
from portal.projects.rules import PhaseKind, Standing


def may_give(user: Any, project: Project, at: datetime) -> bool:
    """Whoever has an account, while ideas are collected."""
    collecting = rules.open_phase(PhaseKind.COLLECT, project.phases, at, config.current().zone)
    return collecting is not None and projects.may_take_part(user, project)


def is_author(user: Any, idea: Idea) -> bool:
    return bool(user.is_authenticated and idea.author_id == user.id)


def may_edit(user: Any, idea: Idea, at: datetime) -> bool:
    """Its author, while ideas are collected: afterwards others have judged the text as it is."""
    return is_author(user, idea) and stands(idea) and _is_collecting(idea, at)


def may_withdraw(user: Any, idea: Idea) -> bool:
    """Its author, until it was decided."""
    return is_author(user, idea) and stands(idea) and idea.status == IdeaStatus.WAITING


def may_support(user: Any, idea: Idea) -> bool:
    """Everybody else with an account, until it was decided."""
    return bool(user.is_authenticated and not is_author(user, idea) and is_undecided(idea))


def may_judge(user: Any, idea: Idea) -> bool:
    """Its author says what they think of the status that it got."""
    return is_author(user, idea) and idea.assignment_id is not None


def is_undecided(idea: Idea) -> bool:
    return stands(idea) and idea.status == IdeaStatus.WAITING


def stands(idea: Idea) -> bool:
    """Neither taken back nor hidden."""
    return idea.withdrawn_at is None and idea.hidden_at is None


def _is_collecting(idea: Idea, at: datetime) -> bool:
    today = rules.local_day(at, config.current().zone)
    return rules.standing(idea.phase, today) != Standing.OVER
