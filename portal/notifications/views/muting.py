"""The link in a letter that ends letters of its kind, without signing in."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx
from portal.notifications import muting
from portal.notifications.labels import LABEL
from portal.notifications.models import Notification
from portal.notifications.rules import group_of
from portal.notifications.views.blueprint import bp
from portal.security import csrf

ONE_CLICK = "List-Unsubscribe"  # RFC 8058: mail programs send this field, and want no redirect


@bp.get("/letters/<token>/mute")
def muted(token: str) -> ResponseReturnValue:
    """A button follows: programs that look at letters open links by themselves."""
    return _page(token, _letter(token))


@bp.post("/letters/<token>/mute")
@csrf.exempt  # the token in the address is the proof, and mail programs have no form of ours
def mute(token: str) -> ResponseReturnValue:
    letter = _letter(token)
    muting.mute(letter, at=clock.now())
    return _page(token, letter) if ONE_CLICK in request.form else htmx.go(url_for(".muted", token=token))


@bp.post("/letters/<token>/unmute")
@csrf.exempt  # as above
def unmute(token: str) -> ResponseReturnValue:
    muting.unmute(_letter(token))
    return htmx.go(url_for(".muted", token=token))


def _page(token: str, letter: Notification) -> ResponseReturnValue:
    return render_template(
        "notifications/muting.html",
        token=token,
        group=LABEL[group_of(letter.kind)].name,
        is_muted=muting.is_muted(letter),
        has_account=letter.user_id is not None,
    )


def _letter(token: str) -> Notification:
    letter = muting.letter_of(token, at=clock.now())
    if letter is None or muting.path(letter) is None:
        abort(404)
    return letter
