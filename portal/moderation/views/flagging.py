"""Anybody with an account points at something that breaks the house rules."""

from typing import Any

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_login import current_user

from portal import authz, clock, htmx
from portal.errors import DomainError
from portal.i18n import _
from portal.moderation import forms, policy, services, targets, telling
from portal.moderation.labels import KIND, RULE
from portal.moderation.targets import Target
from portal.moderation.views.blueprint import bp
from portal.security import limiter

LIMIT = "30 per hour"  # flags of one person: a whole kampung may stand behind one address


@bp.get("/flags/new/<subject>")
def new_flag(subject: str) -> ResponseReturnValue:
    authz.require(policy.may_flag(current_user))
    return _page(_target(subject), forms.FlagForm(formdata=None))


@bp.post("/flags/<subject>")
@limiter.limit(LIMIT, key_func=lambda: f"flags:{current_user.get_id() or get_remote_address()}")
def flag(subject: str) -> ResponseReturnValue:
    authz.require(policy.may_flag(current_user))
    target, form = _target(subject), forms.FlagForm()
    if not form.validate():
        return _page(target, form, 422)
    try:
        item = services.flag(
            target, reason=form.chosen_reason, note=form.note.data or "", by=current_user, at=clock.now()
        )
    except DomainError as error:
        form.refuse(error)
        return _page(target, form, 422)
    if policy.may_moderate(current_user):
        return htmx.go(url_for(".item", item_id=item.id))
    flash(_("Terima kasih. Moderator memeriksanya dan mencatat keputusannya untuk semua orang."), "success")
    return htmx.go(telling.address(target.subject))


def _target(subject: str) -> Target:
    """What nobody can read cannot be read here either."""
    target = targets.find_or_404(subject)
    return abort(404) if target.is_out_of_sight else target


def _page(target: Target, form: Any, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "moderation/flag.html",
        target=target,
        url=telling.address(target.subject),
        kind=KIND[target.kind],
        form=form,
        hints={reason.value: rule for reason, rule in RULE.items()},
    ), status
