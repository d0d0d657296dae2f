"""The demo's post box: what would have been sent, for everybody to read. A real city has no such page."""

from email.policy import SMTP

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, config, htmx, i18n
from portal.i18n import _
from portal.mailroom import forms, postbox, services
from portal.mailroom.postbox import Mail

bp = Blueprint("mailroom", __name__, url_prefix="/demo/letters")


@bp.before_request
def only_in_the_demo() -> None:
    if not config.current().demo:
        abort(404)


@bp.get("")
def index() -> ResponseReturnValue:
    to = request.args.get("to", "").strip()
    return render_template("mailroom/index.html", letters=postbox.latest(to), to=to)


@bp.get("/compose")
def compose() -> ResponseReturnValue:
    return _compose_page(forms.MailForm())


@bp.post("/compose")
def send() -> ResponseReturnValue:
    """As a resident would from a mail program, to the address that takes reports."""
    form = forms.MailForm()
    if not form.validate_on_submit():
        return _compose_page(form, status=422)
    now = clock.now()
    message = postbox.mail_to_intake(
        form.sender.data or "", form.subject.data or "", form.text.data or "", at=now
    )
    services.keep(message.as_bytes(policy=SMTP), at=now)
    flash(_("Surat terkirim. Dalam beberapa detik balasannya muncul di sini."), "success")
    return htmx.go(url_for(".index", to=form.sender.data))


@bp.get("/<name>")
def show(name: str) -> ResponseReturnValue:
    return render_template("mailroom/show.html", letter=postbox.letter_or_404(name))


@bp.get("/<name>/reply")
def new_reply(name: str) -> ResponseReturnValue:
    letter = _answerable(name)
    return render_template("mailroom/reply.html", letter=letter, form=forms.ReplyForm())


@bp.post("/<name>/reply")
def reply(name: str) -> ResponseReturnValue:
    """As the letter's reader would from a mail program: the message takes the way of any other."""
    letter, form = _answerable(name), forms.ReplyForm()
    if not form.validate_on_submit():
        return render_template("mailroom/reply.html", letter=letter, form=form), 422
    now = clock.now()
    message = postbox.reply(letter, form.text.data or "", language=i18n.language(), at=now)
    services.keep(message.as_bytes(policy=SMTP), at=now)
    flash(_("Balasan terkirim. Dalam beberapa detik akibatnya tampak di portal."), "success")
    return htmx.go(url_for(".show", name=name))


def _compose_page(form: forms.MailForm, status: int = 200) -> ResponseReturnValue:
    address = config.current().intake_mailbox
    return render_template("mailroom/compose.html", form=form, address=address), status


def _answerable(name: str) -> Mail:
    letter = postbox.letter_or_404(name)
    return letter if letter.reply_to else abort(404)
