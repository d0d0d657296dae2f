"""What a reply becomes: the same services, policies and limits as on the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.rules import fold_email
from portal.assignments import approvals, extensions, owners
from portal.assignments import policy as duties
from portal.assignments import queries as assignments
from portal.assignments.models import Assignment, PendingAnswer
from portal.assignments.rules import BODY_LENGTH, ResponseKind
from portal.db import db
from portal.forum import policy as threads
from portal.forum import queries as forum
from portal.forum import services as talking
from portal.mailroom.rules import words
from portal.mailroom.rules.states import Reason
from portal.mailroom.rules.words import Word
from portal.notifications.models import Notification
from portal.notifications.replies import Replying
from portal.projects import policy as projects
from portal.projects.comments import services as comments
from portal.projects.ideas import policy as ideas_policy
from portal.projects.ideas import queries as ideas
from portal.reports import queries as reports
from portal.reports import services as reporting
from portal.reports.rules import MESSAGE_LENGTH


class NotTaken(Exception):
    """The reply becomes nothing, for a reason that its sender is told."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What somebody wrote back. `user` is None for a reporter without an account; `key` tells it apart."""

    letter: Notification
    user: User | None
    text: str
    key: str
    at: datetime

    @property
    def number(self) -> str:
        """The matter's number: the letter is about "report:MDN-26-000123"."""
        return (self.letter.about or "").partition(":")[2]


def take(reply: Reply, replying: Replying) -> str:
    """Do what the reply says; names what it became. Raises NotTaken, DomainError, or 404 for no matter."""
    if not reply.text:
        raise NotTaken(Reason.EMPTY)
    return BECOMES[replying](reply)


def _message(reply: Reply) -> str:
    """The reporter answers, or adds something."""
    report = reports.report_or_404(reply.number)
    if not _is_reporter(reply, report.reporter.user_id, report.reporter.email) or report.is_confidential:
        raise NotTaken(Reason.NOT_ALLOWED)
    _check_length(reply.text, MESSAGE_LENGTH)
    message = reporting.answer_question(report, body=reply.text, at=reply.at)
    return f"message:{message.id}"


def _duty(reply: Reply) -> str:
    """News for the resident; what the first line names instead: the answer, or a note."""
    user, assignment = _person(reply), _readable(reply)
    word, text = words.split(reply.text)
    kind = {Word.RESOLVED: ResponseKind.ANSWER, Word.NOTE: ResponseKind.NOTE}.get(
        word or Word.DENIED, ResponseKind.INTERIM
    )
    body = text if kind is not ResponseKind.INTERIM else reply.text
    allowed = duties.may_note if kind is ResponseKind.NOTE else duties.may_respond
    if not allowed(user, assignment):
        raise NotTaken(Reason.NOT_ALLOWED)
    owner = owners.of(assignment)
    if kind is ResponseKind.ANSWER and (owner.answer_endpoint or owner.outcomes):
        raise NotTaken(Reason.ELSEWHERE)
    _check_length(body, BODY_LENGTH)
    said = approvals.say(assignment, kind=kind, body=body, by=user, at=reply.at)
    db.session.flush()
    return f"pending:{said.id}" if isinstance(said, PendingAnswer) else f"response:{said.id}"


def _decision(reply: Reply) -> str:
    """More time, or not: the supervisor says so in one word."""
    user, assignment = _person(reply), _readable(reply)
    word, _rest = words.split(reply.text)
    if word not in (Word.GRANTED, Word.DENIED):
        raise NotTaken(Reason.UNDECIDED)
    waiting = [one for one in assignment.extensions if duties.may_decide_extension(user, one)]
    if not waiting:
        raise NotTaken(Reason.NOT_ALLOWED)
    extensions.decide(waiting[-1], is_granted=word is Word.GRANTED, by=user, at=reply.at)
    return f"extension:{waiting[-1].id}"


def _post(reply: Reply) -> str:
    user, thread = _person(reply), forum.thread_or_404(reply.number)
    if not threads.may_reply(user, thread):
        raise NotTaken(Reason.NOT_ALLOWED)
    post = talking.reply(thread, body=reply.text, by=user, at=reply.at, form_token=f"mail:{reply.key}")
    return post.subject


def _comment(reply: Reply) -> str:
    """A comment of its author resumes the clock that waited for it."""
    user, idea = _person(reply), ideas.idea(reply.number)
    if idea is None or not ideas_policy.stands(idea) or not projects.may_take_part(user, idea.project):
        raise NotTaken(Reason.NOT_ALLOWED)
    comment = comments.write(idea.project, idea.subject, body=reply.text, by=user, at=reply.at)
    return comment.subject


BECOMES: dict[Replying, Callable[[Reply], str]] = {
    Replying.MESSAGE: _message,
    Replying.DUTY: _duty,
    Replying.DECISION: _decision,
    Replying.POST: _post,
    Replying.COMMENT: _comment,
}


def _person(reply: Reply) -> User:
    """Whoever speaks with a name needs the account that they had."""
    if reply.user is None:
        raise NotTaken(Reason.NOT_ALLOWED)
    return reply.user


def _readable(reply: Reply) -> Assignment:
    """The duty, as far as the person may still read it."""
    statement = select(Assignment).where(
        Assignment.number == reply.number, Assignment.is_confidential.is_(False)
    )
    found = db.session.scalar(assignments.visible_to(statement, _person(reply)))
    if found is None:
        raise NotTaken(Reason.NOT_ALLOWED)
    return found


def _is_reporter(reply: Reply, user_id: int | None, email: str | None) -> bool:
    if user_id is not None:
        return reply.user is not None and reply.user.id == user_id
    return email is not None and fold_email(email) == fold_email(reply.letter.address or "")


def _check_length(text: str, longest: int) -> None:
    if len(text) > longest:
        raise NotTaken(Reason.TOO_LONG)
