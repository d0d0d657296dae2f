"""Somebody may have said it before: look, and join them in place of filing anew."""

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx
from portal.forms import Form
from portal.i18n import _
from portal.reports import clocks, listing, policy
from portal.reports import queries as reports
from portal.reports import services as report_services
from portal.reports.filing import alike, drafts, queries, services
from portal.reports.filing.rules import Answers, Step
from portal.reports.filing.views import frame, pages
from portal.reports.filing.views.base import bp
from portal.reports.models import Report
from portal.reports.similar import Alike


def before(step: Step, token: str, answers: Answers) -> ResponseReturnValue:
    """On to the next question; first to the similar reports that the writer has not yet looked at."""
    if alike.unseen(answers, queries.category(answers.category), at=clock.now()):
        pages.answered(step)
        return htmx.go(url_for(".similar", token=token, **frame.returning()))
    return frame.onward(step, token, answers)


@bp.get("/<token>/similar")
def similar(token: str) -> ResponseReturnValue:
    answers = Answers.read(frame.draft_or_leave(token).data)
    found = _found(answers)
    if not found:
        return frame.onward(Step.PLACE, token, answers)
    return render_template(
        "reports/new/similar.html",
        found=found,
        token=token,
        form=Form(),
        action=url_for(".pass_similar", token=token, **frame.returning()),
        back_url=url_for(".place", token=token, **frame.returning()),
    )


@bp.post("/<token>/similar")
def pass_similar(token: str) -> ResponseReturnValue:
    """None of them is the same matter: they are not shown again."""
    draft = frame.draft_or_leave(token)
    shown = [one.number for one in _found(Answers.read(draft.data))]
    answers = services.keep(draft, at=clock.now(), similar_seen=shown)
    return frame.onward(Step.PLACE, token, answers)


@bp.get("/<token>/same/<number>")
def same(token: str, number: str) -> ResponseReturnValue:
    """Asked before anything is let go: the draft stays until it is confirmed, also while signing in."""
    frame.draft_or_leave(token)
    report = _published(number)
    return render_template(
        "reports/new/same.html",
        report=report,
        title=listing.title_of(report),
        clock=next(iter(clocks.of(report, clock.now())), None),
        account=frame.account(),
        may_support=policy.may_support(current_user, report),
        is_own=policy.is_reporter(current_user, report),
        here=url_for(".same", token=token, number=number),
        token=token,
    )


@bp.post("/<token>/same/<number>")
@login_required
def join(token: str, number: str) -> ResponseReturnValue:
    """Counted with the other report; the draft and its photos are let go."""
    draft, report = frame.draft_or_leave(token, for_update=True), _published(number)
    authz.require(policy.may_support(current_user, report))
    report_services.support(report, by=current_user, at=clock.now())
    drafts.forget(draft)
    flash(_("Terima kasih. Anda tercatat mengalami hal yang sama; laporan baru tidak dikirim."), "success")
    return htmx.go(url_for("reports.show", number=report.number))


def _found(answers: Answers) -> list[Alike]:
    return alike.found(answers, queries.category(answers.category), at=clock.now())


def _published(number: str) -> Report:
    report = reports.report_or_404(number)
    return report if policy.is_published(report) else abort(404)
