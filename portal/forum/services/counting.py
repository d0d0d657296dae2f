"""Counts as they follow from the rows: for those who bring in many rows at once."""

from typing import Any

from sqlalchemy import func, select, update

from portal.db import db
from portal.forum.models import ForumCategory, Post, PostSupport, Thread, ThreadReader


def recount() -> None:
    """Set every kept count of the forum from what is there; five statements, whatever the size."""
    db.session.flush()
    _set(Post, supporter_count=_count(PostSupport, PostSupport.post_id == Post.id))
    of_thread = Post.thread_id == Thread.id
    _set(
        Thread,
        last_position=_of(func.coalesce(func.max(Post.position), 0), of_thread),
        last_post_at=func.coalesce(_of(func.max(Post.posted_at), of_thread), Thread.opened_at),
        reply_count=_count(Post, of_thread, Post.position > 1, Post.hidden_at.is_(None)),
        supporter_count=func.coalesce(_of(func.max(Post.supporter_count), of_thread, Post.position == 1), 0),
        follower_count=_count(ThreadReader, ThreadReader.thread_id == Thread.id, ThreadReader.is_following),
    )
    shown = (Thread.category_id == ForumCategory.id, Thread.hidden_at.is_(None))
    _set(
        ForumCategory,
        thread_count=_count(Thread, *shown),
        post_count=_of(func.coalesce(func.sum(1 + Thread.reply_count), 0), *shown),
    )
    db.session.expire_all()


def _count(model: type[Any], *conditions: Any) -> Any:
    return select(func.count()).select_from(model).where(*conditions).scalar_subquery()


def _of(value: Any, *conditions: Any) -> Any:
    return select(value).where(*conditions).scalar_subquery()


def _set(model: type[Any], **values: Any) -> None:
    db.session.execute(update(model).values(**values).execution_options(synchronize_session=False))
