"""The project that an address names, for those who run it."""

from flask import abort
from flask_login import current_user

from portal import authz
from portal.projects import policy, queries
from portal.projects.models import Project


def to_run(slug: str) -> Project:
    """Public or not. A draft stays unknown to everybody else."""
    project = queries.draft_or_404(slug)
    is_ours = policy.may_run(current_user, project)
    if project.published_at is None and not is_ours:
        abort(404)
    authz.require(is_ours)
    return project
