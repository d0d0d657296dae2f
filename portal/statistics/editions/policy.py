"""Who may prepare, read and confirm editions before everybody may read them."""

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.statistics.editions.models import EditionDraft


def may_prepare(user: User) -> bool:
    """Moderators publish the statistics; they read each other's drafts."""
    return bool(user.is_authenticated and Role.MODERATOR in user.roles)


def may_comment(user: User, draft: EditionDraft) -> bool:
    """Who prepared it: what the second person publishes was written by another."""
    return may_prepare(user) and user.id == draft.prepared_by_id


def may_confirm(user: User, draft: EditionDraft) -> bool:
    """A second person."""
    return may_prepare(user) and user.id != draft.prepared_by_id
