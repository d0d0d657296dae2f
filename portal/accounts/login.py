"""Who is signed in."""

from flask import Flask
from flask_login import LoginManager
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.db import db

manager = LoginManager()


def init_app(app: Flask) -> None:
    manager.init_app(app)


@manager.user_loader
def load(session_id: str) -> User | None:
    """The user of a session, unless it was ended since (its epoch is over). One statement."""
    user_id, _, epoch = session_id.partition(":")
    if not (user_id.isdecimal() and epoch.isdecimal()):
        return None
    user = db.session.get(User, int(user_id), options=[joinedload(User.role_rows)])
    return user if user and user.is_active and user.session_epoch == int(epoch) else None
