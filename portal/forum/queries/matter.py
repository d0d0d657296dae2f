"""One thread, and what was said in it. Hidden posts keep their place; their text is handed to nobody."""

from collections.abc import Sequence
from typing import Any

from flask import abort
from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.accounts.models import User
from portal.assignments import queries as duties
from portal.assignments.models import Assignment, Response
from portal.assignments.rules import MEETS_RESOLVE
from portal.attachments.models import Attachment
from portal.db import db
from portal.forum import rules
from portal.forum.models import Post, PostPhoto, PostVersion, Thread
from portal.organisation.models import Agency

FEED_SIZE = 30


def thread_or_404(number: str) -> Thread:
    """The thread with the names that its page shows, in one statement; also a hidden one."""
    thread_id = rules.id_in(number, rules.THREAD_PREFIX)
    if thread_id is None:
        abort(404)
    course = joinedload(Thread.assignment).options(*duties.with_course())
    found = db.session.scalars(_threads().where(Thread.id == thread_id).options(course))
    return found.unique().one_or_none() or abort(404)


def thread_of(assignment: Assignment) -> Thread:
    """The thread that a duty is about."""
    return db.session.scalars(
        select(Thread).filter_by(assignment_id=assignment.id).options(joinedload(Thread.category))
    ).one()


def post_or_404(number: str) -> Post:
    """A post with its thread; also a hidden one."""
    post_id = rules.id_in(number, rules.POST_PREFIX)
    if post_id is None:
        abort(404)
    return db.session.scalar(
        select(Post).where(Post.id == post_id).options(joinedload(Post.thread), *_names())
    ) or abort(404)


def opening_of(thread: Thread) -> Post:
    """The thread's own text with its photos."""
    found = db.session.scalars(
        select(Post)
        .where(Post.thread_id == thread.id, Post.position == 1)
        .options(*_names(), joinedload(Post.photos).joinedload(PostPhoto.attachment))
    )
    return found.unique().one()


def opening_asked(assignment: Assignment) -> Post:
    """The text that a duty is about, with its thread and photos, in one statement."""
    found = db.session.scalars(
        select(Post)
        .join(Post.thread)
        .where(Thread.assignment_id == assignment.id, Post.position == 1)
        .options(
            contains_eager(Post.thread).joinedload(Thread.category),
            *_names(),
            joinedload(Post.photos).joinedload(PostPhoto.attachment),
        )
    )
    return found.unique().one()


def post_by_token(digest: str) -> Post | None:
    return db.session.scalar(select(Post).filter_by(form_token=digest))


def posts_on(thread: Thread, page: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The posts on a page in their order: a span of positions, so page 400 costs what page 1 does."""
    first, last = rules.span_of(page)
    return db.session.execute(
        posts_with_texts()
        .where(Post.thread_id == thread.id, Post.position.between(first, last))
        .order_by(Post.position)
    ).all()


def post_of(thread: Thread, post_id: int) -> Row[*tuple[Any, ...]] | None:
    """One post of a thread with its words; None when it stands elsewhere."""
    return db.session.execute(
        posts_with_texts().where(Post.id == post_id, Post.thread_id == thread.id)
    ).first()


def post_at(thread: Thread, position: int) -> int | None:
    """The id of the post at a position."""
    return db.session.scalar(select(Post.id).filter_by(thread_id=thread.id, position=position))


def official_answer(thread: Thread) -> Row[*tuple[Any, ...]] | None:
    """The last answer or refusal, pinned above all posts."""
    if thread.assignment_id is None or thread.answered_at is None:
        return None
    return db.session.execute(
        posts_with_texts()
        .where(Response.assignment_id == thread.assignment_id, Response.kind.in_(MEETS_RESOLVE))
        .order_by(Response.id.desc())
        .limit(1)
    ).first()


def newest_posts(
    *, thread_id: int | None = None, category_id: int | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """What a feed tells: the newest public posts of a thread; of a category or of all, what opened the
    newest threads."""
    query = posts_with_texts().where(Post.hidden_at.is_(None), Thread.hidden_at.is_(None))
    if thread_id is not None:
        query = query.where(Post.thread_id == thread_id).order_by(Post.position.desc())
    else:
        query = query.where(Post.position == 1).order_by(Thread.id.desc())
        if category_id is not None:
            query = query.where(Thread.category_id == category_id)
    return db.session.execute(query.limit(FEED_SIZE)).all()


def posts_with_texts() -> Select[*tuple[Any, ...]]:
    """Posts with who spoke; `said` is what an official said through the duty, in place of `body_html`."""
    is_shown = Post.hidden_at.is_(None)
    return (
        select(
            Post.id,
            Post.thread_id,
            Post.position,
            Post.author_id,
            Post.office,
            Post.is_by_moderator,
            Post.posted_at,
            Post.supporter_count,
            Post.hidden_at,
            Post.became,
            Post.response_id,
            case((is_shown, Post.body), else_="").label("body"),
            case((is_shown, Post.body_html), else_="").label("body_html"),
            case((is_shown, Response.body), else_=None).label("said"),
            func.coalesce(Post.edited_at, Response.edited_at).label("edited_at"),
            Response.kind.label("response_kind"),
            Response.basis,
            Response.overturned_at,
            User.name.label("author"),
            Agency.name.label("agency"),
            Thread.title,
        )
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(User, User.id == Post.author_id)
        .outerjoin(Agency, Agency.id == Post.agency_id)
        .outerjoin(Response, Response.id == Post.response_id)
    )


def photos_of(posts: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, list[tuple[PostPhoto, Attachment]]]:
    """The photos of some posts, by post; hidden ones show none."""
    shown = [post.id for post in posts if post.hidden_at is None]
    found: dict[int, list[tuple[PostPhoto, Attachment]]] = {}
    for photo, attachment in db.session.execute(
        select(PostPhoto, Attachment)
        .join(Attachment, Attachment.id == PostPhoto.attachment_id)
        .where(PostPhoto.post_id.in_(shown))
        .order_by(PostPhoto.post_id, PostPhoto.position)
    ):
        found.setdefault(photo.post_id, []).append((photo, attachment))
    return found


def former_texts(post: Post) -> Sequence[PostVersion]:
    """What a post said before it was edited, oldest first."""
    return db.session.scalars(select(PostVersion).filter_by(post_id=post.id).order_by(PostVersion.id)).all()


def words_of_author(thread: Thread) -> Sequence[Post]:
    """What the author added after the opening, oldest first."""
    return db.session.scalars(
        select(Post)
        .where(
            Post.thread_id == thread.id,
            Post.author_id == thread.author_id,
            Post.position > 1,
            Post.hidden_at.is_(None),
        )
        .order_by(Post.position)
        .limit(50)
    ).all()


def _threads() -> Select[Thread]:
    return select(Thread).options(
        joinedload(Thread.category),
        joinedload(Thread.area),
        joinedload(Thread.author).lazyload(User.role_rows),
        joinedload(Thread.assignment).joinedload(Assignment.agency),
        joinedload(Thread.assignment).joinedload(Assignment.official),
    )


def _names() -> tuple[Any, ...]:
    return (
        joinedload(Post.author).lazyload(User.role_rows),
        joinedload(Post.agency),
        joinedload(Post.response),
    )


def refusal(response_id: int) -> Response | None:
    """A refusal with the body that it points to."""
    statement = (
        select(Response)
        .where(Response.id == response_id)
        .options(joinedload(Response.outside_body).joinedload(Agency.channels))
    )
    return db.session.scalars(statement).unique().one_or_none()
