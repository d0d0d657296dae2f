"""Open answers as moderators read them: each is released or withheld."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx
from portal.i18n import _, _l
from portal.surveys import policy, queries, services, words
from portal.surveys.models import Survey
from portal.surveys.views.blueprint import bp

STATES = {"unread": None, "released": True, "withheld": False}
NAMES = {"unread": _l("Belum dibaca"), "released": _l("Ditampilkan"), "withheld": _l("Tidak ditampilkan")}


@bp.get("/<number>/remarks")
@login_required
def remarks(number: str) -> ResponseReturnValue:
    survey = _survey(number)
    chosen = request.args.get("state", "unread")
    chosen = chosen if chosen in STATES else "unread"
    found = queries.remarks(survey, is_released=STATES[chosen], after=request.args.get("after"))
    questions = {one.code: one.text for one in queries.questions_of(survey)}
    return render_template(
        "surveys/remarks.html",
        survey=survey,
        found=found.rows,
        questions=questions,
        tabs=_tabs(number, chosen),
        next_url=url_for(".remarks", number=number, state=chosen, after=found.next_key)
        if found.next_key
        else None,
        words=words,
    )


@bp.post("/<number>/remarks/<remark_id>/release")
@login_required
def release(number: str, remark_id: str) -> ResponseReturnValue:
    remark = queries.remark_or_404(_survey(number), remark_id)
    services.release(remark, by=current_user, at=clock.now())
    flash(_("Jawaban ditampilkan di halaman hasil."), "success")
    return htmx.go(url_for(".remarks", number=number))


@bp.post("/<number>/remarks/<remark_id>/withholding")
@login_required
def withhold(number: str, remark_id: str) -> ResponseReturnValue:
    remark = queries.remark_or_404(_survey(number), remark_id)
    services.withhold(remark, by=current_user, at=clock.now())
    flash(_("Jawaban tidak ditampilkan."), "success")
    return htmx.go(url_for(".remarks", number=number))


def _survey(number: str) -> Survey:
    authz.require(policy.may_release(current_user))
    return queries.survey_or_404(number)


def _tabs(number: str, chosen: str) -> list[dict[str, Any]]:
    return [
        {"label": name, "url": url_for(".remarks", number=number, state=state), "current": state == chosen}
        for state, name in NAMES.items()
    ]
