"""A new password for somebody who forgot theirs."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx
from portal.accounts import forms, services
from portal.accounts.models import User
from portal.accounts.rules import MINIMUM_PASSWORD_LENGTH
from portal.accounts.views.blueprint import LETTERS_PER_ADDRESS, TRIES_PER_ADDRESS, bp
from portal.errors import DomainError
from portal.i18n import _
from portal.security import limiter


@bp.get("/forgotten-password")
def forgotten_password() -> ResponseReturnValue:
    form = forms.ForgottenPassword(formdata=None)
    return render_template("accounts/forgotten_password.html", form=form)


@bp.post("/forgotten-password")
@limiter.limit(LETTERS_PER_ADDRESS)
def ask_for_new_password() -> ResponseReturnValue:
    form = forms.ForgottenPassword()
    if not form.validate():
        return render_template("accounts/forgotten_password.html", form=form), 422
    services.ask_for_new_password(**form.values, at=clock.now())
    return htmx.go(url_for(".new_password_sent"))


@bp.get("/forgotten-password/sent")
def new_password_sent() -> ResponseReturnValue:
    return render_template("accounts/new_password_sent.html")


@bp.get("/new-password/<token>")
def new_password(token: str) -> ResponseReturnValue:
    user = services.user_for_new_password(token, at=clock.now())
    if user is None:
        return link_over_page()
    return _new_password_page(token, user, forms.NewPassword(formdata=None))


@bp.post("/new-password/<token>")
@limiter.limit(TRIES_PER_ADDRESS)
def set_password(token: str) -> ResponseReturnValue:
    user, form = services.user_for_new_password(token, at=clock.now()), forms.NewPassword()
    if user is None:
        return link_over_page()
    if not form.validate():
        return _new_password_page(token, user, form, 422)
    try:
        services.set_password(user, **form.values, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _new_password_page(token, user, form, 422)
    flash(_("Kata sandi baru sudah disimpan. Silakan masuk."), "success")
    return htmx.go(url_for(".sign_in"))


def _new_password_page(
    token: str, user: User, form: forms.NewPassword, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "accounts/new_password.html", token=token, user=user, form=form, least=MINIMUM_PASSWORD_LENGTH
    )
    return page, status


def link_over_page() -> ResponseReturnValue:
    return render_template("accounts/link_over.html"), 410
