"""Mail that came in and what became of it, for administrators."""

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, config, htmx
from portal.accounts.policy import has
from portal.accounts.rules import Role
from portal.db import db
from portal.i18n import _
from portal.mailroom import queries, services
from portal.mailroom.labels import BECAME, REASON, STATE, TONE
from portal.mailroom.models import InboundMail
from portal.mailroom.rules import quoting, reading
from portal.mailroom.rules.states import MailState, Reason
from portal.notifications.letters import MARK
from portal.notifications.models import Notification

bp = Blueprint("inbound", __name__, url_prefix="/administration/mail")

SHOWN_TEXT = 4_000  # signs: enough to see what went wrong
PLACES = {"post": "forum.permalink", "comment": "comments.show"}  # what has an address of its own


@bp.before_request
def only_for_administrators() -> None:
    authz.require(has(current_user, Role.ADMINISTRATOR))


@bp.get("")
def index() -> ResponseReturnValue:
    state = _state(request.args.get("state", ""))
    found = queries.mails(state, request.args.get("before", type=int))
    shown = found[: queries.PAGE_SIZE]
    older = url_for(".index", state=state, before=shown[-1].id) if len(found) > len(shown) else None
    return render_template(
        "mailroom/inbound.html",
        mails=shown,
        state=state or "",
        states=[(one.value, label) for one, label in STATE.items()],
        labels=STATE,
        tones=TONE,
        older_url=older,
        reply_address=config.current().reply_mailbox,
        intake_address=config.current().intake_mailbox,
        reasons=REASON,
    )


@bp.get("/<int:mail_id>")
def show(mail_id: int) -> ResponseReturnValue:
    mail = _mail(mail_id)
    # What was written about somebody's matter is for its readers; here stands what found none.
    is_readable = mail.raw is not None and mail.notification_id is None and not mail.is_intake
    incoming = reading.read(mail.raw) if mail.raw is not None and is_readable else None
    return render_template(
        "mailroom/mail.html",
        mail=mail,
        name=_name(mail),
        label=STATE[mail.state],
        tone=TONE.get(mail.state),
        reason=_reason(mail),
        became=str(BECAME[mail.became.partition(":")[0]]) if mail.became else "",
        became_url=_became_url(mail),
        written=quoting.written(incoming.text, mark=MARK)[:SHOWN_TEXT] if incoming else "",
        may_retry=mail.state is MailState.UNREADABLE and mail.reason == Reason.FAILED,
    )


@bp.post("/<int:mail_id>/retry")
def retry(mail_id: int) -> ResponseReturnValue:
    mail = _mail(mail_id)
    if mail.state is MailState.UNREADABLE and mail.reason == Reason.FAILED:
        services.try_again(mail, at=clock.now())
    flash(_("Surat itu akan diolah lagi sekarang."), "success")
    return htmx.go(url_for(".show", mail_id=mail.id))


def _name(mail: InboundMail) -> str:
    if mail.is_intake:
        return _("Surat laporan %(id)s", id=mail.id)
    return mail.subject or _("Tanpa judul")


def _mail(mail_id: int) -> InboundMail:
    return db.session.get(InboundMail, mail_id) or abort(404)


def _state(name: str) -> MailState | None:
    return MailState(name) if name in set(MailState) else None


def _became_url(mail: InboundMail) -> str | None:
    """Where everybody reads what the mail became, or the report that it belongs to."""
    if not mail.became:
        return None
    kind, _colon, number = mail.became.partition(":")
    if kind in PLACES:
        return url_for(PLACES[kind], number=number)
    letter = db.session.get(Notification, mail.notification_id) if mail.notification_id else None
    matter, _colon, number = ((letter.about if letter else None) or "").partition(":")
    return url_for("reports.show", number=number) if matter == "report" else None


def _reason(mail: InboundMail) -> str:
    """In the words of the refusal; a matter's own reason went to its sender only."""
    if mail.reason == Reason.REFUSED:
        return _("Aturan urusan itu tidak mengizinkannya; pengirim sudah diberi tahu alasannya.")
    return str(REASON[Reason(mail.reason)]) if mail.reason else ""
