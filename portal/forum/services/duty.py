"""What a thread does when its duty moves: registered with the assignments at app start."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from portal.assignments import owners, refusal_words
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import ResponseKind, Verdict
from portal.deadlines.hooks import Moved
from portal.errors import DomainError
from portal.forum import queries
from portal.forum.models import Post, Thread
from portal.forum.services import letters, record, writing
from portal.i18n import _l
from portal.surveys import verdicts

LETTERS = {
    ResponseKind.QUESTION: "forum_question",
    ResponseKind.INTERIM: "forum_interim",
    ResponseKind.ANSWER: "forum_answered",
    ResponseKind.REFUSAL: "forum_refused",
}


def register_owner(
    brief: Callable[[Assignment], owners.Brief],
    is_own: Callable[[Assignment], bool],
    is_hidden: Callable[[Assignment], bool],
) -> None:
    """Called once at app start, with what tells the handlers of a thread, and what knows its author."""
    owners.register(
        "thread",
        owners.Owner(
            label=_l("Forum"),
            endpoint="forum.show",
            brief=brief,
            is_own=is_own,
            is_hidden=is_hidden,
            responded=_responded,
            resolved=_resolved,
            refused=_resolved,
            moved=_moved,
            due_moved=_due_moved,
            overturned=_overturned,
            reminded=_reminded,
            fell_silent=_fell_silent,
        ),
    )


def judge(thread: Thread, *, verdict: Verdict, stars: int | None, comment: str, at: datetime) -> None:
    """The author says what the answer is worth; "not solved" opens the question once more."""
    verdicts.give(_duty(thread), verdict=verdict, stars=stars, comment=comment, at=at)


def reopen(thread: Thread, *, at: datetime) -> None:
    """The author comes back to a question that had ended."""
    verdicts.reopen(_duty(thread), at=at)


def _duty(thread: Thread) -> Assignment:
    if thread.assignment is None:
        raise DomainError(_l("Utas ini belum menjadi pertanyaan resmi."))
    return thread.assignment


def _responded(assignment: Assignment, response: Response) -> None:
    """What the city says stands among the posts, as the agency's own; its text stays in the response."""
    if response.kind not in LETTERS:
        return
    thread = queries.thread_of(assignment)
    writing.claim(thread)
    official = response.official
    post = writing.append(
        thread,
        Post(
            author_id=response.author_id,
            agency_id=response.agency_id if official else None,
            office=official.position if official else None,
            is_by_moderator=official is None,
            response_id=response.id,
            body="",
            body_html="",
            salt=secrets.token_hex(16),
            posted_at=response.at,
        ),
    )
    thread.reply_count += 1
    writing.count(thread.category, posts=+1)
    record.write(post, "posted", at=response.at, thread=thread.number, response=response.id)
    is_question = response.kind is ResponseKind.QUESTION
    letters.tell(
        [letters.author_of(thread)] if is_question else letters.audience(thread),
        thread,
        LETTERS[response.kind],
        key=str(response.id),
        at=response.at,
        path=f"/forum/posts/{post.number}",
        agency=response.agency.name,
        answer=response.body,
        **refusal_words.told(response),
    )


def _resolved(assignment: Assignment, response: Response) -> None:
    queries.thread_of(assignment).answered_at = response.at


def _overturned(assignment: Assignment, response: Response, at: datetime) -> None:
    _tell_author(
        assignment, "forum_refusal_overturned", str(response.id), at, reason=response.overturn_reason
    )


def _reminded(assignment: Assignment, key: str, at: datetime) -> None:
    _tell_author(assignment, "forum_verdict_reminder", key, at, react_by=assignment.react_by)


def _fell_silent(assignment: Assignment, at: datetime) -> None:
    _tell_author(assignment, "forum_closed_by_silence", at.isoformat(), at)


def _tell_author(assignment: Assignment, letter: str, key: str, at: datetime, **values: Any) -> None:
    thread = queries.thread_of(assignment)
    letters.tell([letters.author_of(thread)], thread, letter, key=key, at=at, **values)


def _due_moved(assignment: Assignment, moved: Moved, at: datetime) -> None:
    thread = queries.thread_of(assignment)
    author = [letters.author_of(thread)]
    letters.tell(
        author, thread, "forum_moved", key=at.isoformat(), at=at, moves=moved.moves, cause=moved.cause
    )


def _moved(assignment: Assignment, at: datetime) -> None:
    """The page reads whose it is from the duty itself."""
