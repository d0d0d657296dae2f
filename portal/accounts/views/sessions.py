"""Signing in and out."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx
from portal.accounts import forms, labels, login, queries, services
from portal.accounts.models import User
from portal.accounts.rules import DEMO_PASSWORD, Role
from portal.accounts.views.blueprint import TRIES_PER_ADDRESS, bp
from portal.errors import DomainError
from portal.security import limiter

ROOMS = {
    Role.OFFICIAL: "desk.index",
    Role.SUPERVISOR: "desk.team",
    Role.HEAD: "desk.team",
    Role.INSPECTORATE: "desk.team",
    Role.MODERATOR: "pages.today",
    Role.ADMINISTRATOR: "administration.index",
}


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return htmx.go(authz.safe_next(request.args.get("next")) or url_for(".account"))
    form = forms.SignIn(formdata=None, next=request.args.get("next", ""))
    return _sign_in_page(form)


@bp.post("/sign-in")
@limiter.limit(TRIES_PER_ADDRESS)
def open_session() -> ResponseReturnValue:
    form = forms.SignIn()
    if not form.validate():
        return _sign_in_page(form, 422)
    try:
        user = services.sign_in(**form.credentials, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _sign_in_page(form, 422)
    login.start(user, stays=form.stays.data)
    return htmx.go(authz.safe_next(form.next.data) or _room_of(user))


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    login.end()
    return htmx.go(url_for("pages.home"))


def _room_of(user: User) -> str:
    """Where the person's work waits; those who have no one room for it are told what waits where."""
    rooms = (endpoint for role, endpoint in ROOMS.items() if role in user.roles)
    return url_for(next(rooms, "pages.today"))


def _sign_in_page(form: forms.SignIn, status: int = 200) -> ResponseReturnValue:
    demo = queries.demo_accounts() if config.current().demo else []
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        demo_accounts=[(labels.ROLE[role], user) for role, user in demo],
        demo_password=DEMO_PASSWORD,
    )
    return page, status
