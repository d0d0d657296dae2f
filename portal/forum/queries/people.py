"""Who supports, follows and writes, and how far somebody has read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import lazyload

from portal.accounts.models import User
from portal.db import db
from portal.forum.models import Post, PostSupport, Thread, ThreadReader
from portal.forum.queries.browsing import public_rows

SHOWN = 50  # followed threads on one page


def reader(thread: Thread, user: User) -> ThreadReader | None:
    """What a person keeps about a thread; None before they followed or read on."""
    return db.session.scalar(select(ThreadReader).filter_by(thread_id=thread.id, user_id=user.id))


def first_unread(thread: Thread, user: User) -> int:
    """The position from which on a person has not read; behind the last one it is the last."""
    kept = reader(thread, user)
    return min((kept.read_position if kept else 0) + 1, max(thread.last_position, 1))


def supports(post: Post, user: User) -> bool:
    return bool(
        db.session.scalar(
            select(exists().where(PostSupport.post_id == post.id, PostSupport.user_id == user.id))
        )
    )


def followed_by(user: User) -> Sequence[Row[*tuple[Any, ...]]]:
    """The threads that a person follows, by their last post; each row says how far was read."""
    return db.session.execute(
        public_rows()
        .add_columns(Thread.last_position, ThreadReader.read_position)
        .join(ThreadReader, ThreadReader.thread_id == Thread.id)
        .where(ThreadReader.user_id == user.id, ThreadReader.is_following)
        .order_by(Thread.last_post_at.desc(), Thread.id.desc())
        .limit(SHOWN)
    ).all()


def followers(thread: Thread) -> Sequence[User]:
    return db.session.scalars(
        _people()
        .join(ThreadReader, ThreadReader.user_id == User.id)
        .where(ThreadReader.thread_id == thread.id, ThreadReader.is_following)
    ).all()


def supporters(post: Post) -> Sequence[User]:
    """Who supports a post; of an opening post: the thread."""
    return db.session.scalars(
        _people().join(PostSupport, PostSupport.user_id == User.id).where(PostSupport.post_id == post.id)
    ).all()


def writers(thread: Thread) -> Sequence[User]:
    """Who wrote in a thread, each once; whose every post is hidden is not among them."""
    wrote = select(Post.author_id).where(Post.thread_id == thread.id, Post.hidden_at.is_(None))
    return db.session.scalars(_people().where(User.id.in_(wrote))).all()


def _people() -> Any:
    return select(User).options(lazyload(User.role_rows)).order_by(User.id)
