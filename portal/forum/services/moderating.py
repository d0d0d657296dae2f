"""What moderators do with threads and posts; who decides it, and why, stands with moderation."""

from datetime import datetime

from portal.assignments import services as assignments
from portal.assignments.rules import UNANSWERED
from portal.db import db
from portal.errors import DomainError
from portal.forum import queries
from portal.forum.models import Post, Thread
from portal.forum.services import letters, publication, record, writing
from portal.i18n import _l

PAGES = {"report": "reports", "idea": "ideas"}  # what something can become, and where that stands


def hide(thing: Thread | Post, *, at: datetime) -> None:
    """Show its text to nobody; its place and number stay. Hiding an opening post hides the thread."""
    thing = _whole(thing)
    if thing.hidden_at is not None:
        return
    thing.hidden_at = at
    _count(thing, -1)
    if isinstance(thing, Thread):
        publication.remove(thing)
    record.write(thing, "hidden", at=at)


def unhide(thing: Thread | Post, *, at: datetime) -> None:
    """Show it again."""
    thing = _whole(thing)
    if thing.hidden_at is None:
        return
    thing.hidden_at = None
    _count(thing, +1)
    if isinstance(thing, Thread):
        publication.index(thing)
    record.write(thing, "unhidden", at=at)


def lock(thread: Thread, *, at: datetime) -> None:
    """Take no more posts; what the city owes it stays owed."""
    if thread.locked_at is None:
        thread.locked_at = at
        record.write(thread, "locked", at=at)


def unlock(thread: Thread, *, at: datetime) -> None:
    if thread.locked_at is not None:
        thread.locked_at = None
        record.write(thread, "unlocked", at=at)


def claim_to_turn(thing: Thread | Post) -> None:
    """Hold it for a change that it can go through once. Raises DomainError when it is hidden, or went on
    elsewhere already."""
    thread = thing if isinstance(thing, Thread) else thing.thread
    writing.claim(thread)
    if isinstance(thing, Post):
        db.session.refresh(thing, ["became", "hidden_at"])
    if thing.became is not None:
        raise DomainError(_l("Tulisan ini sudah dilanjutkan di tempat lain."))
    if thing.hidden_at is not None or thread.hidden_at is not None:
        raise DomainError(_l("Tulisan ini sudah disembunyikan."))


def turn_into(thing: Thread | Post, subject: str, *, at: datetime) -> None:
    """Say that it lives on as a report or an idea (`subject`, "report:MDN-26-000123" or "idea:I-7").

    Its writers and supporters are told. A thread that became something else takes no more posts, and the
    city owes it no answer: it owes one there.
    """
    claim_to_turn(thing)
    thread = thing if isinstance(thing, Thread) else thing.thread
    post = queries.opening_of(thing) if isinstance(thing, Thread) else thing
    kind, _colon, number = subject.partition(":")
    thing.became = subject
    record.write(thing, "became", at=at, into=subject)
    if isinstance(thing, Thread):
        lock(thing, at=at)
        if thing.assignment is not None and thing.assignment.state in UNANSWERED:
            assignments.withdraw(thing.assignment, at=at)
    wrote = queries.writers(thread) if isinstance(thing, Thread) else [post.author] if post.author else []
    people = {one.id: one for one in [*wrote, *queries.supporters(post)]}
    letters.tell(
        people.values(),
        thread,
        "forum_became",
        key=thing.number,
        at=at,
        path=f"/{PAGES[kind]}/{number}",
        number=number,
        is_report=kind == "report",
    )


def _whole(thing: Thread | Post) -> Thread | Post:
    return thing.thread if isinstance(thing, Post) and thing.is_opening else thing


def _count(thing: Thread | Post, sign: int) -> None:
    """Counts hold what is shown: a thread takes its posts with it, a post in a hidden thread counts later."""
    if isinstance(thing, Thread):
        writing.claim(thing)
        writing.count(thing.category, threads=sign, posts=sign * (1 + thing.reply_count))
        return
    writing.claim(thing.thread)
    thing.thread.reply_count += sign
    if thing.thread.hidden_at is None:
        writing.count(thing.thread.category, posts=sign)
