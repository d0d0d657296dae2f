"""Who has a desk, a team, a triage."""

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.organisation import policy as organisation
from portal.organisation.models import Official
from portal.reports.models import Report


def may_use_desk(user: User) -> bool:
    """Officials of every rank."""
    return _has(user, Role.OFFICIAL, Role.SUPERVISOR, Role.HEAD)


def may_open_duty(user: User) -> bool:
    """Everybody who may be shown a duty; which ones: assignments.queries.visible_to."""
    return may_use_desk(user) or _has(user, Role.MODERATOR, Role.INSPECTORATE)


def may_see_team(user: User) -> bool:
    """Supervisors and heads see those below them; the inspectorate sees every agency."""
    return organisation.may_lead_a_team(user) or _has(user, Role.INSPECTORATE)


def only_oversees(user: User) -> bool:
    """The inspectorate's own people: they look at every agency and lead none."""
    return may_see_team(user) and not organisation.may_lead_a_team(user)


def may_see_figures(user: User, official: Official) -> bool:
    """An official's own figures are for them and for whoever stands above; for no role beside."""
    is_own = user.is_authenticated and official.user_id == user.id
    return bool(is_own) or organisation.may_direct(user, official)


def may_see_leave(user: User) -> bool:
    """Supervisors and heads that of those below them, administrators everybody's."""
    return organisation.may_lead_a_team(user) or _has(user, Role.ADMINISTRATOR)


def may_triage(user: User) -> bool:
    """Moderators verify, correct and route."""
    return _has(user, Role.MODERATOR)


def may_see_reporter(user: User, report: Report) -> bool:
    """The handling side reads the name, unless the reporter asked to stay anonymous."""
    return may_open_duty(user) and not report.is_anonymous


def _has(user: User, *roles: Role) -> bool:
    return bool(user.is_authenticated and user.roles & set(roles))
