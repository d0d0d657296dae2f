"""Pages for signing in and looking after one's account."""

from flask import Blueprint, flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx, i18n
from portal.accounts import forms, labels, login, policy, queries, services
from portal.accounts.models import User
from portal.accounts.rules import CONFIRMATION_LIFE, DEMO_PASSWORD, MINIMUM_PASSWORD_LENGTH
from portal.errors import DomainError
from portal.i18n import _
from portal.security import limiter

bp = Blueprint("accounts", __name__)

# Many phones share one address of their provider, so these only stop machines.
TRIES_PER_ADDRESS = "60 per minute; 600 per hour"
LETTERS_PER_ADDRESS = "30 per minute; 120 per hour"


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
    return htmx.go(authz.safe_next(form.next.data) or url_for("pages.home"))


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    login.end()
    return htmx.go(url_for("pages.home"))


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
        return _link_over_page()
    return _confirmation_page(token, user, forms.Confirmation(formdata=None))


# A letter scanner follows links, but it neither presses the button nor knows the password.
@bp.post("/confirmation/<token>")
@limiter.limit(TRIES_PER_ADDRESS)
def confirm(token: str) -> ResponseReturnValue:
    user, form = services.user_to_confirm(token, at=clock.now()), forms.Confirmation()
    if user is None:
        return _link_over_page()
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
        return _link_over_page()
    return _new_password_page(token, user, forms.NewPassword(formdata=None))


@bp.post("/new-password/<token>")
@limiter.limit(TRIES_PER_ADDRESS)
def set_password(token: str) -> ResponseReturnValue:
    user, form = services.user_for_new_password(token, at=clock.now()), forms.NewPassword()
    if user is None:
        return _link_over_page()
    if not form.validate():
        return _new_password_page(token, user, form, 422)
    try:
        services.set_password(user, **form.values, at=clock.now())
    except DomainError as error:
        form.refuse(error)
        return _new_password_page(token, user, form, 422)
    flash(_("Kata sandi baru sudah disimpan. Silakan masuk."), "success")
    return htmx.go(url_for(".sign_in"))


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


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    return render_template("accounts/privacy.html")


def _stay_signed_in() -> None:
    """Go on with a session of the new epoch, when all others have just ended."""
    login.start(current_user._get_current_object(), stays=session.permanent)


def _sign_in_page(form: forms.SignIn, status: int = 200) -> ResponseReturnValue:
    demo = queries.demo_accounts() if config.current().demo else []
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        demo_accounts=[(labels.ROLE[role], user) for role, user in demo],
        demo_password=DEMO_PASSWORD,
    )
    return page, status


def _sign_up_page(form: forms.SignUp, status: int = 200) -> ResponseReturnValue:
    page = render_template("accounts/sign_up.html", form=form, least=MINIMUM_PASSWORD_LENGTH)
    return page, status


def _confirmation_page(
    token: str, user: User, form: forms.Confirmation, status: int = 200
) -> ResponseReturnValue:
    return render_template("accounts/confirmation.html", token=token, user=user, form=form), status


def _new_password_page(
    token: str, user: User, form: forms.NewPassword, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "accounts/new_password.html", token=token, user=user, form=form, least=MINIMUM_PASSWORD_LENGTH
    )
    return page, status


def _link_over_page() -> ResponseReturnValue:
    return render_template("accounts/link_over.html"), 410


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
