"""Write, edit, hide and show comments."""

from datetime import datetime

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.ledger import services as ledger
from portal.projects import record
from portal.projects.comments import homes
from portal.projects.comments.models import ProjectComment, ProjectCommentVersion
from portal.projects.models import Project

LONGEST = 4000


def write(project: Project, about: str, *, body: str, by: User, at: datetime) -> ProjectComment:
    """Say something about an idea or a pin (`about` is its name, "idea:I-1")."""
    text = _checked(body)
    comment = ProjectComment(project_id=project.id, about=about, author=by, body=text, at=at)
    comment.salt = record.new_salt()
    db.session.add(comment)
    db.session.flush()
    _record(comment, "comment_written", at)
    if home := homes.of(about):
        home[0].counted(home[1], +1)
        home[0].written(comment)
    return comment


def edit(comment: ProjectComment, *, body: str, at: datetime) -> None:
    """Correct it: the former text stays as a version that everybody can read."""
    text = _checked(body)
    if text == comment.body:
        return
    comment.versions.append(ProjectCommentVersion(body=comment.body, replaced_at=at))
    comment.body, comment.edited_at = text, at
    comment.version += 1
    _record(comment, "comment_edited", at)


def hide(comment: ProjectComment, *, at: datetime) -> None:
    """Its text is no longer shown; its place in the talk stays."""
    if comment.hidden_at is None:
        comment.hidden_at = at
        _count(comment, -1)
        _record(comment, "comment_hidden", at)


def unhide(comment: ProjectComment, *, at: datetime) -> None:
    if comment.hidden_at is not None:
        comment.hidden_at = None
        _count(comment, +1)
        _record(comment, "comment_shown", at)


def _checked(body: str) -> str:
    text = body.strip()
    if not text:
        raise DomainError(_l("Tulis komentar Anda."), field="body")
    if len(text) > LONGEST:
        raise DomainError(_l("Komentar paling panjang 4.000 huruf."), field="body")
    return text


def _count(comment: ProjectComment, by: int) -> None:
    if home := homes.of(comment.about):
        home[0].counted(home[1], by)


def _record(comment: ProjectComment, kind: str, at: datetime) -> None:
    ledger.record(
        kind,
        subject=comment.subject,
        at=at,
        about=comment.about,
        version=comment.version,
        content=record.digest(comment.salt, comment.body),
    )
