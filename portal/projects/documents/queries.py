"""Papers of a project."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from portal.db import db
from portal.projects.documents.models import ProjectDocument
from portal.projects.models import Project

MOST = 200


def of_project(project: Project) -> Sequence[ProjectDocument]:
    """The newest first."""
    return db.session.scalars(
        select(ProjectDocument)
        .where(ProjectDocument.project_id == project.id)
        .order_by(ProjectDocument.dated_on.desc(), ProjectDocument.id.desc())
        .limit(MOST)
    ).all()


def by_token(token: str) -> ProjectDocument | None:
    """One of a public project, by its public name."""
    return db.session.scalar(
        select(ProjectDocument)
        .join(ProjectDocument.project)
        .options(contains_eager(ProjectDocument.project))
        .where(ProjectDocument.token == token, Project.published_at.is_not(None))
    )


def is_kept(sha256: str) -> bool:
    """Does any paper still show these bytes?"""
    return bool(db.session.scalar(select(exists().where(ProjectDocument.sha256 == sha256))))
