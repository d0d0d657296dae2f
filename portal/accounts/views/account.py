"""One's own account."""

from flask import flash, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.accounts import forms, labels, login, policy, services
from portal.accounts.rules import MINIMUM_PASSWORD_LENGTH
from portal.accounts.views.blueprint import TRIES_PER_ADDRESS, bp
from portal.errors import DomainError
from portal.i18n import _
from portal.security import limiter


@bp.get("/account")
def account() -> ResponseReturnValue:
    authz.require(policy.may_keep_account(current_user))
    form = forms.Profile(formdata=None, obj=current_user)
    return _account_page(form, forms.ChangePassword(formdata=None))


@bp.post("/account")
def update() -> ResponseReturnValue:
    authz.require(policy.may_keep_account(current_user))
    form = forms.Profile()
    if not form.validate():
        return _account_page(form, forms.ChangePassword(formdata=None), 422)
    services.change_profile(current_user, **form.values)
    flash(_("Perubahan akun Anda sudah disimpan."), "success")
    return htmx.go(url_for(".account"))


@bp.post("/account/password")
@limiter.limit(TRIES_PER_ADDRESS)
def change_password() -> ResponseReturnValue:
    authz.require(policy.may_keep_account(current_user))
    form, profile = forms.ChangePassword(), forms.Profile(formdata=None, obj=current_user)
    if not form.validate():
        return _account_page(profile, form, 422)
    try:
        services.change_password(current_user, **form.values, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _account_page(profile, form, 422)
    _stay_signed_in()
    flash(_("Kata sandi sudah diganti. Semua perangkat lain sudah dikeluarkan."), "success")
    return htmx.go(url_for(".account"))


@bp.post("/account/sessions")
def end_other_sessions() -> ResponseReturnValue:
    authz.require(policy.may_keep_account(current_user))
    services.end_sessions(current_user)
    _stay_signed_in()
    flash(_("Semua perangkat lain sudah dikeluarkan."), "success")
    return htmx.go(url_for(".account"))


def _stay_signed_in() -> None:
    """Go on with a session of the new epoch, when all others have just ended."""
    login.start(current_user._get_current_object(), stays=session.permanent)


def _account_page(
    profile: forms.Profile, password: forms.ChangePassword, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "accounts/account.html",
        profile=profile,
        password=password,
        roles=[labels.ROLE[role] for role in labels.ROLE if role in current_user.roles],
        least=MINIMUM_PASSWORD_LENGTH,
    )
    return page, status
