"""What people talk about in public: categories, threads, posts and who supports or follows them.

A thread's own text is its first post (position 1), and whoever supports that supports the thread.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.assignments.models import Assignment, Response
from portal.attachments.models import Attachment
from portal.categories.models import Category
from portal.db import Model
from portal.forum.rules import Asked, post_number, thread_number
from portal.organisation.models import Agency
from portal.places.models import Area
from portal.places.rules import district_of


def _district(context: Any) -> str | None:
    return district_of(context.get_current_parameters().get("area_code"))


class ForumCategory(Model):
    """A theme or an area to talk about. `category_code` leads its questions to an agency.

    Counts are kept by writes; hidden threads and posts are not in them.
    """

    __tablename__ = "forum_categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name_id: Mapped[str]
    name_en: Mapped[str]
    description_id: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    category_code: Mapped[str | None] = mapped_column(ForeignKey("categories.code"))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))  # its threads are about it
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    thread_count: Mapped[int] = mapped_column(default=0)
    post_count: Mapped[int] = mapped_column(default=0)

    category: Mapped[Category | None] = relationship()
    area: Mapped[Area | None] = relationship()


class Thread(Model):
    """A conversation. `version` grows with each edit of its title.

    `last_position` is the position given last: posts keep theirs when others are hidden, so a page of
    the thread is a span of positions. `asked_at` without an assignment: no agency was found yet.
    """

    __tablename__ = "threads"
    __table_args__ = (
        CheckConstraint("(asked_at IS NULL) = (asked_because IS NULL)", name="asked_for_a_reason"),
        # Lists show what was talked about last, whatever they are narrowed to.
        Index("ix_threads_last_post_at_id", "last_post_at", "id"),
        Index("ix_threads_category_id", "category_id", "last_post_at", "id"),
        Index("ix_threads_district_code", "district_code", "last_post_at", "id"),
        Index("ix_threads_asked_at", "asked_at"),
        Index("ix_threads_answered_at", "answered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("forum_categories.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    title: Mapped[str]
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    district_code: Mapped[str | None] = mapped_column(default=_district)
    opened_at: Mapped[datetime]
    last_post_at: Mapped[datetime]
    last_position: Mapped[int] = mapped_column(default=0)
    reply_count: Mapped[int] = mapped_column(default=0)  # without hidden ones
    supporter_count: Mapped[int] = mapped_column(default=0)
    follower_count: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    hidden_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    asked_because: Mapped[Asked | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_reason: Mapped[str] = mapped_column(default="")
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), unique=True)
    answered_at: Mapped[datetime | None]  # when the city answered or refused last
    became: Mapped[str | None]  # the subject of the report or idea that it was turned into

    category: Mapped[ForumCategory] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    area: Mapped[Area | None] = relationship()
    assignment: Mapped[Assignment | None] = relationship()

    @property
    def number(self) -> str:
        return thread_number(self.id)

    @property
    def subject(self) -> str:
        return f"thread:{self.number}"


class Post(Model):
    """Something that was said, by a person as that person stood then: `agency_id` and `office` are set
    for officials. What the city said through a duty lies in its response; `body` is empty then."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("thread_id", "position"),
        CheckConstraint("(office IS NULL) = (agency_id IS NULL)", name="office_of_an_agency"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    position: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    office: Mapped[str | None]  # the position that the official held
    is_by_moderator: Mapped[bool] = mapped_column(default=False)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("responses.id"), unique=True)
    body: Mapped[str]
    body_html: Mapped[str]
    salt: Mapped[str] = mapped_column(default="")  # of the digest that stands in the public record
    posted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    hidden_at: Mapped[datetime | None]
    supporter_count: Mapped[int] = mapped_column(default=0)
    form_token: Mapped[str | None] = mapped_column(unique=True)  # its digest
    became: Mapped[str | None]

    thread: Mapped[Thread] = relationship()
    author: Mapped[User | None] = relationship()
    agency: Mapped[Agency | None] = relationship()
    response: Mapped[Response | None] = relationship()
    photos: Mapped[list["PostPhoto"]] = relationship(order_by="PostPhoto.position")

    @property
    def number(self) -> str:
        return post_number(self.id)

    @property
    def subject(self) -> str:
        return f"post:{self.number}"

    @property
    def is_opening(self) -> bool:
        return self.position == 1


class PostVersion(Model):
    """A former text of an edited post; `title` where it opened a thread."""

    __tablename__ = "post_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    replaced_at: Mapped[datetime]


class PostPhoto(Model):
    __tablename__ = "post_photos"
    __table_args__ = (UniqueConstraint("post_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), unique=True)
    position: Mapped[int]
    alt: Mapped[str]

    attachment: Mapped[Attachment] = relationship()


class PostSupport(Model):
    """Somebody supports a post, once; of an opening post: the thread."""

    __tablename__ = "post_supports"
    __table_args__ = (UniqueConstraint("post_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime]


class ThreadReader(Model):
    """How far somebody has read a thread, and whether they follow it.

    One letter goes out about new posts until the reader came back, or a day passed: `told_at` is the
    last one's.
    """

    __tablename__ = "thread_readers"
    __table_args__ = (UniqueConstraint("thread_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    is_following: Mapped[bool] = mapped_column(default=False)
    read_position: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
