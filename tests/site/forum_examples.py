"""Examples for the addresses of the forum."""

from typing import Any

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.categories.models import Category
from portal.forum import queries, services
from tests.builders import MONDAY, make_forum_category, make_thread, make_user

QUESTION = ("verdict", "judge", "reopen")  # of the author, after it was asked
POST = ("permalink", "history", "options", "support", "withdraw_support")
OWN_POST = ("edit", "update")


def parts(category: Category, resident: User | None) -> dict[str, dict[str, Any]]:
    """A thread of somebody else, and one of the resident's that became a question."""
    talk = make_forum_category(category)
    thread, own = make_thread(talk), make_thread(talk, by=resident)
    services.ask(own, reason="Penting.", by=make_user(Role.MODERATOR), at=MONDAY)
    return {
        "forum": {"number": thread.number, "slug": talk.slug},
        **{f"forum.{name}": {"number": own.number} for name in QUESTION},
        **{f"forum.{name}": {"number": queries.opening_of(thread).number} for name in POST},
        **{f"forum.{name}": {"number": queries.opening_of(own).number} for name in OWN_POST},
    }
