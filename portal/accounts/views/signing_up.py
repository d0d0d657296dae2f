"""Opening an account, and confirming its address."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx, i18n
from portal.accounts import forms, login, services
from portal.accounts.models import User
from portal.accounts.rules import CONFIRMATION_LIFE, MINIMUM_PASSWORD_LENGTH
from portal.accounts.views.blueprint import LETTERS_PER_ADDRESS, TRIES_PER_ADDRESS, bp
from portal.accounts.views.forgotten import link_over_page
from portal.errors import DomainError
from portal.i18n import _
from portal.security import limiter


@bp.get("/sign-up")
def sign_up() -> ResponseReturnValue:
    return _sign_up_page(forms.SignUp(formdata=None))


@bp.post("/sign-up")
@limiter.limit(LETTERS_PER_ADDRESS)
def create() -> ResponseReturnValue:
    form = forms.SignUp()
    if not form.validate():
        return _sign_up_page(form, 422)
    try:
        services.sign_up(**form.values, language=i18n.language(), at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _sign_up_page(form, 422)
    return htmx.go(url_for(".signed_up"))


@bp.get("/sign-up/sent")
def signed_up() -> ResponseReturnValue:
    return render_template("accounts/signed_up.html", days=CONFIRMATION_LIFE.days)


@bp.get("/confirmation/<token>")
def confirmation(token: str) -> ResponseReturnValue:
    user = services.user_to_confirm(token, at=clock.now())
    if user is None:
        return link_over_page()
    return _confirmation_page(token, user, forms.Confirmation(formdata=None))


# A letter scanner follows links, but it neither presses the button nor knows the password.
@bp.post("/confirmation/<token>")
@limiter.limit(TRIES_PER_ADDRESS)
def confirm(token: str) -> ResponseReturnValue:
    user, form = services.user_to_confirm(token, at=clock.now()), forms.Confirmation()
    if user is None:
        return link_over_page()
    if not form.validate():
        return _confirmation_page(token, user, form, 422)
    try:
        services.confirm(user, **form.values, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _confirmation_page(token, user, form, 422)
    login.start(user)
    flash(_("Alamat surel Anda sudah dikonfirmasi. Selamat datang!"), "success")
    return htmx.go(url_for("pages.home"))


def _sign_up_page(form: forms.SignUp, status: int = 200) -> ResponseReturnValue:
    page = render_template("accounts/sign_up.html", form=form, least=MINIMUM_PASSWORD_LENGTH)
    return page, status


def _confirmation_page(
    token: str, user: User, form: forms.Confirmation, status: int = 200
) -> ResponseReturnValue:
    return render_template("accounts/confirmation.html", token=token, user=user, form=form), status
