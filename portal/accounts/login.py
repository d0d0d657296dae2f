"""Who is signed in: sessions that can be ended, loaded with one statement."""

from flask import Flask, Response, session
from flask_login import LoginManager, login_user, logout_user
from sqlalchemy.orm import joinedload

from portal import authz, htmx
from portal.accounts.models import User
from portal.db import db

manager = LoginManager()
# Phones change their address all day: tying the session to it would only sign people out.
manager.session_protection = None


def init_app(app: Flask) -> None:
    # Its own context processor loads the person for every page, also for the one that says that the
    # database is away.
    manager.init_app(app, add_context_processor=False)


@manager.user_loader
def load(session_id: str) -> User | None:
    """The user of a session, unless it was ended since (its epoch is over). One statement."""
    user_id, _, epoch = session_id.partition(":")
    if not (user_id.isdecimal() and epoch.isdecimal()):
        return None
    user = db.session.get(User, int(user_id), options=[joinedload(User.role_rows)])
    return user if user and user.is_active and user.session_epoch == int(epoch) else None


@manager.unauthorized_handler
def ask_to_sign_in() -> Response:
    return htmx.go(authz.sign_in_url())


def start(user: User, *, stays: bool = False) -> None:
    """Begin a new session; with `stays` it outlives the browser window."""
    session.clear()
    session.permanent = stays
    login_user(user)


def end() -> None:
    logout_user()
    session.clear()
