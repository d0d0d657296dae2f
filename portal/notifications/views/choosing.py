"""What a person wants to be told of, and how."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, htmx
from portal.accounts import policy
from portal.forms import Form
from portal.i18n import _
from portal.notifications import choices, forms, muting, services
from portal.notifications.rules import BOUNCES_BEFORE_PAUSE
from portal.notifications.views.blueprint import bp


@bp.get("/account/notifications")
def choose() -> ResponseReturnValue:
    authz.require(policy.may_keep_account(current_user))
    return _page(forms.choices_form(current_user, formdata=None))


@bp.post("/account/notifications")
def save_choices() -> ResponseReturnValue:
    authz.require(policy.may_keep_account(current_user))
    form = forms.choices_form(current_user)
    if not form.validate():
        return _page(form, 422)
    services.choose(current_user, form.values)
    flash(_("Pilihan Anda sudah disimpan."), "success")
    return htmx.go(url_for(".choose"))


@bp.post("/account/notifications/address")
def try_address() -> ResponseReturnValue:
    """The mailbox works again: letters go out once more."""
    authz.require(policy.may_keep_account(current_user))
    muting.try_again(current_user.email)
    flash(_("Surat dikirim lagi ke alamat Anda mulai sekarang."), "success")
    return htmx.go(url_for(".choose"))


def _page(form: Form, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "notifications/choices.html",
        form=form,
        adjustable=choices.adjustable(current_user),
        always_facts=[(label.name, label.hint) for label in choices.always(current_user)],
        failure=muting.failure(current_user.email),
        bounces_before_pause=BOUNCES_BEFORE_PAUSE,
    )
    return page, status
