"""Letters to those who write in, follow or support a thread. Texts stand in templates/letters/."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.forum import queries
from portal.forum.models import Thread
from portal.notifications import services as notifications


def tell(
    people: Iterable[User],
    thread: Thread,
    letter: str,
    *,
    key: str,
    at: datetime,
    path: str = "",
    **values: Any,
) -> None:
    """Write to each of them, once per `key`; whoever lost their account hears nothing."""
    for person in people:
        if person.is_active:
            notifications.tell(
                notifications.to_user(person),
                letter,
                key=f"thread:{thread.number}:{letter}:{key}:{person.id}",
                at=at,
                path=path or f"/forum/{thread.number}",
                about=thread.subject,
                title=thread.title,
                **values,
            )


def author_of(thread: Thread) -> User:
    return db.session.get_one(User, thread.author_id)


def audience(thread: Thread) -> list[User]:
    """The author and everybody who follows, each once; of a hidden thread its author alone."""
    author = author_of(thread)
    others = [] if thread.hidden_at else queries.followers(thread)
    return [author, *(one for one in others if one.id != author.id)]


def moderators() -> Iterable[User]:
    return accounts.users_with(Role.MODERATOR)
