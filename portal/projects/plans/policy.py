"""Who may put a plan on the table, and who may pin something on it."""

from datetime import datetime
from typing import Any

from portal import config
from portal.projects import policy as projects
from portal.projects import rules as phases
from portal.projects.models import Project
from portal.projects.plans.models import Pin
from portal.projects.rules import PhaseKind


def is_open(project: Project, at: datetime) -> bool:
    """Is a phase for notes on the plan open? Its dates alone decide."""
    zone = config.current().zone
    return phases.open_phase(PhaseKind.ANNOTATE, project.phases, at, zone) is not None


def may_prepare(user: Any, project: Project) -> bool:
    """Those who run the project upload versions and judge pins."""
    return projects.may_run(user, project)


def may_pin(user: Any, project: Project, at: datetime) -> bool:
    """Whoever has an account, while notes are asked for."""
    return projects.may_take_part(user, project) and is_open(project, at)


def is_author(user: Any, pin: Pin) -> bool:
    return bool(user.is_authenticated and pin.author_id == user.id)


def may_change(user: Any, pin: Pin, at: datetime) -> bool:
    """The author, while notes are asked for; what a moderator hid stays as it was."""
    return is_author(user, pin) and pin.is_shown and is_open(pin.project, at)


def may_support(user: Any, pin: Pin, at: datetime) -> bool:
    """Everybody else with an account, while notes are asked for."""
    return may_pin(user, pin.project, at) and pin.is_shown and not is_author(user, pin)
