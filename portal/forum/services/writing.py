"""Open a thread, reply, edit: what people say, and the counts that follow it."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import update

from portal import markdown
from portal.accounts.models import User
from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.assignments import services as assignments
from portal.assignments.rules import AssignmentState
from portal.attachments import services as attachments
from portal.attachments.models import Attachment
from portal.db import db
from portal.errors import DomainError
from portal.forum import queries, rules
from portal.forum.models import ForumCategory, Post, PostPhoto, PostVersion, Thread
from portal.forum.services import following, publication, record
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.organisation import queries as organisation


@dataclass(frozen=True)
class Photo:
    """A picture to attach, and what it shows, for those who cannot see it."""

    stream: BinaryIO
    alt: str


def open_thread(
    category: ForumCategory,
    *,
    title: str,
    body: str,
    by: User,
    at: datetime,
    area_code: str | None = None,
    photos: Sequence[Photo] = (),
    form_token: str | None = None,
) -> Thread:
    """Begin a conversation; its author follows it. The same form token opens nothing twice."""
    # One after the other: the same form sent twice at a moment finds the thread of the first.
    db.session.refresh(category, with_for_update={"of": ForumCategory})
    first = _written_before(form_token)
    if first is not None:
        return first.thread
    if not category.is_active:
        raise DomainError(_l("Kategori ini sudah ditutup. Pilih yang lain."), field="category")
    _check_title(title)
    _check_body(body)
    kept = _keep(photos, at)
    thread = Thread(
        category=category,
        author_id=by.id,
        title=title.strip(),
        area_code=area_code or category.area_code,
        opened_at=at,
        last_post_at=at,
    )
    db.session.add(thread)
    db.session.flush()
    post = _say(thread, body, by=by, at=at, photos=kept, form_token=form_token)
    count(category, threads=+1, posts=+1)
    record.write(
        thread,
        "thread_opened",
        at=at,
        category=category.slug,
        area=thread.area_code,
        post=post.number,
        content=record.digest(post, thread.title, post.body),
    )
    publication.index(thread)
    following.follow(thread, by=by, at=at)
    return thread


def reply(
    thread: Thread,
    *,
    body: str,
    by: User,
    at: datetime,
    photos: Sequence[Photo] = (),
    form_token: str | None = None,
) -> Post:
    """Say something in a thread. The author's own words go on to the official who had asked for them."""
    claim(thread)
    first = _written_before(form_token)
    if first is not None:
        return first
    _check_open(thread)
    _check_body(body)
    kept = _keep(photos, at)
    post = _say(thread, body, by=by, at=at, photos=kept, form_token=form_token)
    thread.reply_count += 1
    count(thread.category, posts=+1)
    record.write(post, "posted", at=at, thread=thread.number, content=record.digest(post, post.body))
    _answer_question(thread, by, at)
    following.mark_read(thread, by=by, at=at)
    jobs.enqueue("forum.tell_followers", at=at, key=f"forum.tell:{post.id}", post_id=post.id)
    return post


def edit(post: Post, *, body: str, at: datetime, title: str | None = None) -> None:
    """Say it differently: the former text stays as a version that everybody can read."""
    thread = post.thread
    claim(thread)
    db.session.refresh(post)  # as the edit before this one left it
    if post.hidden_at or post.response_id is not None:
        raise DomainError(_l("Tulisan ini tidak dapat diubah."))
    _check_open(thread)
    _check_body(body)
    if title is not None:
        _check_title(title)
    new_title = title.strip() if title is not None and post.is_opening else thread.title
    if (new_title, body.strip()) == (thread.title, post.body):
        return
    former_title = thread.title if post.is_opening else ""
    db.session.add(PostVersion(post_id=post.id, title=former_title, body=post.body, replaced_at=at))
    post.body, post.body_html = body.strip(), markdown.to_html(body.strip())
    post.edited_at, post.version = at, post.version + 1
    if post.is_opening:
        thread.title, thread.version = new_title, thread.version + 1
        db.session.flush()
        publication.index(thread)
    record.write(post, "post_edited", at=at, content=record.digest(post, new_title, post.body))


def claim(thread: Thread) -> None:
    """Lock a thread for a change: positions are given one after the other."""
    db.session.flush()
    db.session.refresh(thread, with_for_update={"of": Thread})


def append(thread: Thread, post: Post) -> Post:
    """Put a post behind all others. The thread must be claimed."""
    thread.last_position += 1
    thread.last_post_at = max(thread.last_post_at, post.posted_at)
    post.thread, post.position = thread, thread.last_position
    db.session.add(post)
    db.session.flush()
    return post


def count(category: ForumCategory, *, threads: int = 0, posts: int = 0) -> None:
    """Keep what a category shows of itself."""
    # Counted by the database: two threads at the same moment are two.
    db.session.execute(
        update(ForumCategory)
        .where(ForumCategory.id == category.id)
        .values(
            thread_count=ForumCategory.thread_count + threads, post_count=ForumCategory.post_count + posts
        )
        .execution_options(synchronize_session=False)
    )
    db.session.expire(category, ["thread_count", "post_count"])


def _say(
    thread: Thread, body: str, *, by: User, at: datetime, photos: Sequence[PostPhoto], form_token: str | None
) -> Post:
    official = organisation.official_of(by)
    return append(
        thread,
        Post(
            author_id=by.id,
            agency_id=official.agency_id if official else None,
            office=official.position if official else None,
            is_by_moderator=official is None and has(by, Role.MODERATOR),
            body=body.strip(),
            body_html=markdown.to_html(body.strip()),
            salt=secrets.token_hex(16),
            posted_at=at,
            form_token=_token_digest(form_token),
            photos=list(photos),
        ),
    )


def _answer_question(thread: Thread, by: User, at: datetime) -> None:
    duty = thread.assignment
    if duty is None or by.id != thread.author_id or duty.state is not AssignmentState.OPEN:
        return
    if duty.clock.paused_at or duty.unanswered_at:
        assignments.resident_replied(duty, at=at)


def _written_before(form_token: str | None) -> Post | None:
    return queries.post_by_token(_token_digest(form_token) or "") if form_token else None


def _token_digest(form_token: str | None) -> str | None:
    return hashlib.sha256(form_token.encode()).hexdigest() if form_token else None


def _check_open(thread: Thread) -> None:
    if thread.hidden_at:
        raise DomainError(_l("Utas ini disembunyikan moderator."))
    if thread.locked_at:
        raise DomainError(_l("Utas ini dikunci moderator. Tulisan baru tidak diterima."))


def _check_title(title: str) -> None:
    if not title.strip():
        raise DomainError(_l("Tulis judulnya."), field="title")
    if len(title.strip()) > rules.TITLE_LENGTH:
        raise DomainError(_l("Judul paling panjang 150 huruf."), field="title")


def _check_body(body: str) -> None:
    if not body.strip():
        raise DomainError(_l("Tulis isinya."), field="body")
    if len(body.strip()) > rules.BODY_LENGTH:
        raise DomainError(_l("Isi paling panjang 8.000 huruf."), field="body")


def _keep(photos: Sequence[Photo], at: datetime) -> list[PostPhoto]:
    """Store the pictures, all or none."""
    if len(photos) > rules.MAX_PHOTOS:
        raise DomainError(_l("Paling banyak empat foto."), field="photo_1")
    kept: list[Attachment] = []
    for serial, photo in enumerate(photos, start=1):
        try:
            kept.append(attachments.keep_image(photo.stream, at))
        except DomainError as error:
            for attachment in kept:
                attachments.remove(attachment)
            raise DomainError(error.message, field=f"photo_{serial}") from error
    return [
        PostPhoto(attachment_id=attachment.id, position=position, alt=photo.alt.strip())
        for position, (attachment, photo) in enumerate(zip(kept, photos, strict=True))
    ]
