"""Who may do what in the forum; views and templates ask the same functions."""

from typing import Any

from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.forum.models import Post, Thread


def may_write(user: Any) -> bool:
    """Everybody with an account opens threads."""
    return bool(user.is_authenticated)


def may_reply(user: Any, thread: Thread) -> bool:
    return may_write(user) and thread.hidden_at is None and thread.locked_at is None


def may_edit(user: Any, post: Post) -> bool:
    """One's own words at any time; what was said through a duty is corrected at the desk."""
    return (
        is_author(user, post)
        and post.response_id is None
        and post.hidden_at is None
        and post.thread.hidden_at is None
        and post.thread.locked_at is None
    )


def may_support(user: Any, post: Post) -> bool:
    """Anybody with an account, once; nobody supports what they said themselves."""
    return (
        may_write(user)
        and not is_author(user, post)
        and post.hidden_at is None
        and post.thread.hidden_at is None
    )


def is_author(user: Any, thing: Post | Thread) -> bool:
    return bool(user.is_authenticated and thing.author_id == user.id)


def may_ask(user: Any, thread: Thread) -> bool:
    """A moderator asks the city on behalf of a thread, or chooses the agency where no rule found one."""
    return may_moderate(user) and thread.hidden_at is None and thread.assignment_id is None


def may_moderate(user: Any) -> bool:
    return has(user, Role.MODERATOR)


def may_arrange(user: Any) -> bool:
    """Categories are kept by moderators and administrators."""
    return has(user, Role.MODERATOR, Role.ADMINISTRATOR)
