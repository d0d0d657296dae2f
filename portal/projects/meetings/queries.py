"""Meetings of a project."""

from collections.abc import Sequence

from flask import abort
from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import User
from portal.db import db
from portal.projects import keys
from portal.projects.meetings.models import Meeting, MeetingRegistration
from portal.projects.models import Project

MOST = 100  # a project with more meetings than that has other troubles


def meeting_or_404(number: str) -> Meeting:
    """A meeting of a public project by its number "M-3"."""
    row_id = keys.number(number.removeprefix("M-")) if number.startswith("M-") else None
    if row_id is None:
        abort(404)
    query = (
        select(Meeting)
        .join(Meeting.project)
        .options(
            contains_eager(Meeting.project).options(
                joinedload(Project.agency), joinedload(Project.official), selectinload(Project.phases)
            )
        )
        .where(Meeting.id == row_id, Project.published_at.is_not(None))
    )
    return db.session.scalar(query) or abort(404)


def of_project(project: Project) -> Sequence[Meeting]:
    """The newest first."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.project_id == project.id)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(MOST)
    ).all()


def is_registered(meeting: Meeting, user: User) -> bool:
    found = exists().where(
        MeetingRegistration.meeting_id == meeting.id, MeetingRegistration.user_id == user.id
    )
    return bool(db.session.scalar(select(found)))


def registered(meeting: Meeting) -> Sequence[str]:
    """The names of those who want to come, in the order of registering: for the organisers only."""
    return db.session.scalars(
        select(User.name)
        .join(MeetingRegistration, MeetingRegistration.user_id == User.id)
        .where(MeetingRegistration.meeting_id == meeting.id)
        .order_by(MeetingRegistration.id)
    ).all()
