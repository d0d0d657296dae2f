"""The drafts of whoever is signed in, begun on whatever device."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import clock, htmx
from portal.i18n import _, format_date, format_datetime
from portal.reports.filing import drafts, keeping, queries
from portal.reports.filing.rules import Answers, Step
from portal.reports.models import ReportDraft

bp = Blueprint("drafts", __name__, url_prefix="/account/drafts")


@dataclass(frozen=True)
class Line:
    """A draft in the list."""

    title: str
    url: str
    meta: list[str]
    remove_url: str


@bp.get("")
@login_required
def index() -> ResponseReturnValue:
    found = queries.drafts_of(current_user, clock.now())
    return render_template("reports/drafts.html", lines=[_line(draft) for draft in found])


@bp.get("/<int:draft_id>")
@login_required
def proceed(draft_id: int) -> ResponseReturnValue:
    token = drafts.token_of(queries.own_draft_or_404(draft_id, current_user))
    if token is None:
        flash(_("Draf ini tidak bisa dibuka lagi: kunci portal sudah diganti. Silakan tulis baru."), "error")
        return redirect(url_for(".index"))
    return redirect(url_for("filing.resume", token=token))


@bp.post("/<int:draft_id>/removal")
@login_required
def remove(draft_id: int) -> ResponseReturnValue:
    drafts.forget(queries.own_draft_or_404(draft_id, current_user))
    flash(_("Draf sudah dihapus beserta fotonya."), "success")
    return htmx.go(url_for(".index"))


def _line(draft: ReportDraft) -> Line:
    answers = Answers.read(draft.data)
    typed = (keeping.waiting(draft.pages, Step.WHAT) or {}).get("title", [""])[0]
    return Line(
        title=answers.title or typed.strip() or _("Belum berjudul"),
        url=url_for(".proceed", draft_id=draft.id),
        meta=[
            _("Terakhir diisi %(when)s", when=format_datetime(draft.changed_at)),
            _("Disimpan sampai %(day)s", day=format_date(draft.expires_at)),
        ],
        remove_url=url_for(".remove", draft_id=draft.id),
    )
