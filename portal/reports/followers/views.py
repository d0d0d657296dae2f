"""Follow a report by e-mail: ask, confirm, end."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock, htmx, i18n
from portal.forms import Form, plain
from portal.reports import listing, policy, queries
from portal.reports.followers import forms, services
from portal.reports.models import Report, ReportFollowerByMail
from portal.reports.rules import ReportState
from portal.security import csrf, limiter

bp = Blueprint("followers", __name__)

ONE_CLICK = "List-Unsubscribe"  # RFC 8058: mail programs send this field, and want no redirect


@bp.get("/reports/<number>/followers/by-mail")
def new(number: str) -> ResponseReturnValue:
    return _page(_open_report(number), forms.FollowForm(formdata=None))


@bp.post("/reports/<number>/followers/by-mail")
@limiter.limit("5 per minute; 30 per hour")
def create(number: str) -> ResponseReturnValue:
    """The answer is the same whether the address is known or not."""
    report, form = _open_report(number), forms.FollowForm()
    if not form.validate_on_submit():
        return _page(report, form, status=422)
    services.ask(report, plain(form.email.data), language=i18n.language(), at=clock.now())
    return _page(report, form, is_sent=True)


@bp.get("/followed-reports/<token>")
def confirmation(token: str) -> ResponseReturnValue:
    """A button follows: programs that look at letters open links by themselves."""
    return _follower_page(token, services.of_token(token), "reports/follow_confirm.html")


@bp.post("/followed-reports/<token>")
def confirm(token: str) -> ResponseReturnValue:
    follower = services.of_token(token)
    if follower is None:
        return _follower_page(token, None, "reports/follow_confirm.html")
    services.confirm(follower, at=clock.now())
    return htmx.go(url_for(".confirmation", token=token))


@bp.get("/followed-reports/<token>/end")
def ending(token: str) -> ResponseReturnValue:
    return _follower_page(token, services.of_token(token), "reports/follow_end.html", gone=200)


@bp.post("/followed-reports/<token>/end")
@csrf.exempt  # the token in the address is the proof, and mail programs have no form of ours
def end(token: str) -> ResponseReturnValue:
    follower = services.of_token(token)
    if follower is not None:
        services.end(follower)
    if ONE_CLICK in request.form:
        return _follower_page(token, None, "reports/follow_end.html", gone=200)
    return htmx.go(url_for(".ending", token=token))


def _open_report(number: str) -> Report:
    """One that everybody may read and that is not over."""
    report = queries.report_or_404(number)
    if not policy.is_published(report) or report.state is ReportState.CLOSED:
        abort(404)
    return report


def _page(report: Report, form: Form, *, is_sent: bool = False, status: int = 200) -> ResponseReturnValue:
    return render_template("reports/follow.html", report=report, form=form, is_sent=is_sent), status


def _follower_page(
    token: str, follower: ReportFollowerByMail | None, template: str, *, gone: int = 410
) -> ResponseReturnValue:
    title = listing.title_of(follower.report) if follower else ""
    page = render_template(template, token=token, follower=follower, title=title, form=Form(formdata=None))
    return page, 200 if follower else gone
