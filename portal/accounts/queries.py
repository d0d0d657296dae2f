"""Find accounts."""

from collections.abc import Sequence

from sqlalchemy.orm import joinedload

from portal.accounts.models import User, UserRole
from portal.accounts.rules import DEMO_DOMAIN, Role, fold_email
from portal.db import db


def user_by_email(address: str) -> User | None:
    user: User | None = db.session.scalar(db.select(User).where(User.email == fold_email(address)))
    return user


def user_by_id(user_id: int) -> User | None:
    return db.session.get(User, user_id)


def users_with(role: Role) -> Sequence[User]:
    """Everybody who has the role and may sign in, by name."""
    return db.session.scalars(
        db.select(User)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == role, User.disabled_at.is_(None), User.confirmed_at.is_not(None))
        .order_by(User.name, User.id)
    ).all()


def demo_accounts() -> list[tuple[Role, User]]:
    """The first demo account of each role, in the order of the roles."""
    users = (
        db.session.scalars(
            db.select(User)
            .where(User.email.endswith(f"@{DEMO_DOMAIN}"))
            .options(joinedload(User.role_rows))
            .order_by(User.id)
        )
        .unique()
        .all()
    )
    first: dict[Role, User] = {}
    for user in users:
        for role in user.roles:
            first.setdefault(role, user)
    return [(role, first[role]) for role in Role if role in first]
