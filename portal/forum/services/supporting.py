"""Support a post, once; enough supporters of a thread make it a question to the city."""

from datetime import datetime

from sqlalchemy import update

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.forum import policy, queries
from portal.forum.models import Post, PostSupport, Thread
from portal.forum.services import asking, record
from portal.i18n import _l


def support(post: Post, *, by: User, at: datetime) -> None:
    """Stand behind what somebody said. Of an opening post it is support for the thread."""
    if not policy.may_support(by, post):
        raise DomainError(_l("Tulisan ini tidak dapat Anda dukung."))
    if queries.supports(post, by):
        return
    db.session.add(PostSupport(post_id=post.id, user_id=by.id, at=at))
    _count(post, +1, at)
    if post.is_opening:
        asking.ask_when_supported(post.thread, at=at)


def withdraw_support(post: Post, *, by: User, at: datetime) -> None:
    """Take it back. A question that was asked by then stays asked."""
    kept = db.session.scalar(db.select(PostSupport).filter_by(post_id=post.id, user_id=by.id))
    if kept is None:
        return
    db.session.delete(kept)
    _count(post, -1, at)


def _count(post: Post, step: int, at: datetime) -> None:
    db.session.flush()
    # Counted by the database: two neighbours at the same moment are two.
    _add(Post, post.id, step)
    db.session.refresh(post, ["supporter_count"])
    if post.is_opening:
        _add(Thread, post.thread_id, step)
        db.session.refresh(post.thread, ["supporter_count"])
    record.write(post, "supporters_counted", at=at, count=post.supporter_count)


def _add(model: type[Post] | type[Thread], row_id: int, step: int) -> None:
    db.session.execute(
        update(model)
        .where(model.id == row_id)
        .values(supporter_count=model.supporter_count + step)
        .execution_options(synchronize_session=False)
    )
