"""Follow a thread, read it, and be told of what is new: one letter until the reader came back."""

from datetime import datetime, timedelta

from sqlalchemy import update

from portal.accounts.models import User
from portal.db import db
from portal.forum import queries, rules
from portal.forum.models import Post, Thread, ThreadReader
from portal.forum.services import letters, record
from portal.jobs.services import insert

TOLD_AGAIN_AFTER = timedelta(days=1)


def follow(thread: Thread, *, by: User, at: datetime) -> None:
    """Be told of what is new from here on."""
    kept = _reader(thread, by)
    if _turn(kept, is_following=True):
        _read_all(kept, thread, at)
        _count(thread, +1, at)


def unfollow(thread: Thread, *, by: User, at: datetime) -> None:
    kept = queries.reader(thread, by)
    if kept is not None and _turn(kept, is_following=False):
        _count(thread, -1, at)


def mark_read(thread: Thread, *, by: User, at: datetime) -> None:
    """The person has come as far as the thread goes now."""
    _read_all(_reader(thread, by), thread, at)


def tell_followers(post: Post, *, at: datetime) -> None:
    """Tell those who follow of a new post, but not its writer, and nobody twice before they came back."""
    thread = post.thread
    if post.hidden_at or thread.hidden_at:
        return
    waiting = _waiting(thread, at)
    to = [one for one in queries.followers(thread) if one.id in waiting and one.id != post.author_id]
    letters.tell(
        to,
        thread,
        "forum_new_posts",
        key=post.number,
        at=at,
        path=f"/forum/{thread.number}/unread",
        writer=post.author.name if post.author else "",
        text=post.body[: rules.QUOTE_LENGTH],
    )
    for one in to:
        waiting[one.id].told_at = at


def _waiting(thread: Thread, at: datetime) -> dict[int, ThreadReader]:
    """Followers who read on since the last letter, or whose last letter is a day old, by person."""
    kept = db.session.scalars(db.select(ThreadReader).filter_by(thread_id=thread.id, is_following=True))
    return {
        one.user_id: one
        for one in kept
        if one.told_at is None
        or (one.read_at is not None and one.read_at > one.told_at)
        or at - one.told_at >= TOLD_AGAIN_AFTER
    }


def _reader(thread: Thread, user: User) -> ThreadReader:
    kept = queries.reader(thread, user)
    if kept is not None:
        return kept
    new = {"thread_id": thread.id, "user_id": user.id, "is_following": False, "read_position": 0}
    db.session.execute(insert(ThreadReader).values(**new).on_conflict_do_nothing())
    made: ThreadReader = db.session.scalars(
        db.select(ThreadReader).filter_by(thread_id=thread.id, user_id=user.id)
    ).one()
    return made


def _turn(kept: ThreadReader, *, is_following: bool) -> bool:
    """Does this change it? Of the same wish sent twice at a moment one does, and is counted."""
    changed = db.session.execute(
        update(ThreadReader)
        .where(ThreadReader.id == kept.id, ThreadReader.is_following.is_(not is_following))
        .values(is_following=is_following)
        .returning(ThreadReader.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    db.session.refresh(kept, ["is_following"])
    return changed is not None


def _read_all(kept: ThreadReader, thread: Thread, at: datetime) -> None:
    kept.read_position, kept.read_at = thread.last_position, at


def _count(thread: Thread, step: int, at: datetime) -> None:
    db.session.flush()
    db.session.execute(
        update(Thread)
        .where(Thread.id == thread.id)
        .values(follower_count=Thread.follower_count + step)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(thread, ["follower_count"])
    record.write(thread, "followers_counted", at=at, count=thread.follower_count)
