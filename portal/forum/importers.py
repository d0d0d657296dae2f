"""Whole conversations of the past, brought in as rows: no letters, no jobs, counts set at the end."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal import markdown
from portal.accounts.models import User
from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.db import db
from portal.forum.models import ForumCategory, Post, PostSupport, Thread, ThreadReader
from portal.forum.services import counting, publication, record
from portal.organisation import queries as organisation
from portal.organisation.models import Official


@dataclass(frozen=True, kw_only=True)
class PastPost:
    """Something that was said, in Markdown, and who stood behind it."""

    author: User
    body: str
    at: datetime
    supporters: Sequence[User] = ()


@dataclass(frozen=True, kw_only=True)
class PastThread:
    """A conversation in the order of its posts; the first is its own text."""

    category: ForumCategory
    title: str
    posts: Sequence[PastPost]
    area_code: str | None = None
    followers: Sequence[User] = ()


def bring_in(conversations: Iterable[PastThread]) -> list[Thread]:
    """Store them, make them findable, and count. What follows (a question to the city, its answer) is
    done with the services, at its own time."""
    threads: list[Thread] = []
    officials: dict[int, Official | None] = {}
    for told in conversations:
        thread = _thread(told)
        db.session.add(thread)
        db.session.flush()
        posts = [
            _post(thread, position, said, officials) for position, said in enumerate(told.posts, start=1)
        ]
        db.session.add_all(posts)
        db.session.flush()
        _add_people(thread, posts, told)
        publication.index(thread)
        record.write(thread, "thread_opened", at=thread.opened_at, category=told.category.slug)
        threads.append(thread)
    counting.recount()
    return threads


def _thread(told: PastThread) -> Thread:
    opening = told.posts[0]
    return Thread(
        category=told.category,
        author_id=opening.author.id,
        title=told.title,
        area_code=told.area_code or told.category.area_code,
        opened_at=opening.at,
        last_post_at=told.posts[-1].at,
    )


def _post(thread: Thread, position: int, said: PastPost, officials: dict[int, Official | None]) -> Post:
    author = said.author
    if author.id not in officials:
        officials[author.id] = organisation.official_of(author)
    official = officials[author.id]
    return Post(
        thread_id=thread.id,
        position=position,
        author_id=author.id,
        agency_id=official.agency_id if official else None,
        office=official.position if official else None,
        is_by_moderator=official is None and has(author, Role.MODERATOR),
        body=said.body.strip(),
        body_html=markdown.to_html(said.body.strip()),
        salt=secrets.token_hex(16),
        posted_at=said.at,
    )


def _add_people(thread: Thread, posts: Sequence[Post], told: PastThread) -> None:
    supports: list[dict[str, Any]] = [
        {"post_id": post.id, "user_id": user.id, "at": said.at}
        for post, said in zip(posts, told.posts, strict=True)
        for user in said.supporters
        if user.id != said.author.id
    ]
    readers: list[dict[str, Any]] = [
        {
            "thread_id": thread.id,
            "user_id": user_id,
            "is_following": True,
            "read_position": len(posts),
            "read_at": told.posts[-1].at,
        }
        for user_id in dict.fromkeys([thread.author_id, *(one.id for one in told.followers)])
    ]
    if supports:
        db.session.execute(db.insert(PostSupport), supports)
    db.session.execute(db.insert(ThreadReader), readers)
