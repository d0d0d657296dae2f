"""Support a post, once; enough supporters of a thread make it a question to the city."""

from datetime import datetime

from sqlalchemy import delete, update

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.forum import policy
from portal.forum.models import Post, PostSupport, Thread
from portal.forum.services import asking, record
from portal.i18n import _l
from portal.jobs.services import insert


def support(post: Post, *, by: User, at: datetime) -> None:
    """Stand behind what somebody said. Of an opening post it is support for the thread."""
    if not policy.may_support(by, post):
        raise DomainError(_l("Tulisan ini tidak dapat Anda dukung."))
    new = insert(PostSupport).values(post_id=post.id, user_id=by.id, at=at).on_conflict_do_nothing()
    if db.session.scalar(new.returning(PostSupport.id)) is None:
        return
    _count(post, +1, at)
    if post.is_opening:
        asking.ask_when_supported(post.thread, at=at)


def withdraw_support(post: Post, *, by: User, at: datetime) -> None:
    """Take it back. A question that was asked by then stays asked."""
    kept = delete(PostSupport).where(PostSupport.post_id == post.id, PostSupport.user_id == by.id)
    if db.session.scalar(kept.returning(PostSupport.id)) is not None:
        _count(post, -1, at)


def _count(post: Post, step: int, at: datetime) -> None:
    db.session.flush()
    # Counted by the database: two neighbours at the same moment are two. The thread first, as edits
    # take them: two who wait for each other would both fail.
    if post.is_opening:
        _add(Thread, post.thread_id, step)
        db.session.refresh(post.thread, ["supporter_count"])
    _add(Post, post.id, step)
    db.session.refresh(post, ["supporter_count"])
    record.write(post, "supporters_counted", at=at, count=post.supporter_count)


def _add(model: type[Post] | type[Thread], row_id: int, step: int) -> None:
    db.session.execute(
        update(model)
        .where(model.id == row_id)
        .values(supporter_count=model.supporter_count + step)
        .execution_options(synchronize_session=False)
    )
