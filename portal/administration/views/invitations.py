"""What an invited official sees: who invites, and a password to begin with."""

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx, i18n
from portal.accounts import login
from portal.accounts import queries as accounts
from portal.accounts.forms import Confirmation, NewPassword
from portal.accounts.rules import MINIMUM_PASSWORD_LENGTH
from portal.administration import people
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation.models import Official
from portal.security import limiter

bp = Blueprint("invitations", __name__)


@bp.get("/invitations/<token>")
def show(token: str) -> ResponseReturnValue:
    official = people.official_invited(token, at=clock.now())
    if official is None:
        return _over()
    return _page(token, official, _form_for(official)(formdata=None))


@bp.post("/invitations/<token>")
@limiter.limit("60 per minute; 600 per hour")
def accept(token: str) -> ResponseReturnValue:
    official = people.official_invited(token, at=clock.now())
    if official is None:
        return _over()
    form = _form_for(official)()
    if not form.validate():
        return _page(token, official, form, 422)
    try:
        user = people.accept_invitation(
            official, password=form.password.data or "", language=i18n.language(), at=clock.now()
        )
    except DomainError as error:
        form.refuse(error)
        return _page(token, official, form, 422)
    login.start(user)
    flash(_("Selamat datang! Ini akun Anda sebagai %(position)s.", position=official.position), "success")
    return htmx.go(url_for("accounts.account"))


def _form_for(official: Official) -> type[Confirmation] | type[NewPassword]:
    """Whoever has an account proves it with its password; others choose one."""
    user = accounts.user_by_email(official.email or "")
    return Confirmation if user is not None and user.confirmed_at is not None else NewPassword


def _page(
    token: str, official: Official, form: Confirmation | NewPassword, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "administration/invitation.html",
        token=token,
        official=official,
        form=form,
        has_account=isinstance(form, Confirmation),
        least=MINIMUM_PASSWORD_LENGTH,
    )
    return page, status


def _over() -> ResponseReturnValue:
    return render_template("administration/invitation_over.html"), 410
