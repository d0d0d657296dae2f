"""The public pages of reports: the list, the map, one report, and joining in."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx, keyset, page_cache
from portal.assignments.rules import Verdict
from portal.deadlines import queries as deadlines
from portal.errors import DomainError
from portal.forms import plain
from portal.i18n import _
from portal.ledger import queries as ledger
from portal.reports import (
    appraisals,
    clocks,
    forms,
    listing,
    maps,
    pages,
    policy,
    queries,
    services,
    standing,
)
from portal.reports import similar as similar_reports
from portal.reports.following.forms import VerdictForm, verdict_form
from portal.reports.models import Report
from portal.reports.services import carrying

bp = Blueprint("reports", __name__, url_prefix="/reports")


@bp.get("")
@page_cache.public
def index() -> ResponseReturnValue:
    wanted = forms.filter_from(request.args)
    now = clock.now()
    found = queries.listed(wanted, now)
    stated = forms.values(wanted)
    return htmx.render(
        "reports/index.html",
        block="report_list",
        lines=listing.rows(found.rows, now),
        wanted=wanted,
        active_count=len(stated),
        choices=pages.filter_choices(),
        older_url=_older_url(found, stated),
        newer_url=url_for(".index", **stated) if wanted.before or wanted.offset else None,
    )


@bp.get("/similar")
def similar() -> ResponseReturnValue:
    """Open reports like the title being typed; a whole page for those who follow the address."""
    typed = plain(request.args.get("title"))[:200]
    return htmx.render(
        "reports/similar.html",
        block="similar_reports",
        title_text=typed,
        lines=[one.line for one in similar_reports.lines(queries.Matter(title=typed), clock.now())],
    )


@bp.get("/lookup")
def lookup() -> ResponseReturnValue:
    """A number leads to its page; anything else is searched for."""
    typed = plain(request.args.get("number"))[:60]
    number = typed.upper().replace(" ", "")
    if queries.is_known(number):
        return redirect(url_for(".show", number=number), 303)
    flash(_("Nomor %(number)s tidak ditemukan. Periksa lagi penulisannya.", number=typed), "warn")
    return redirect(url_for("following.track"), 303)


@bp.get("/map")
@page_cache.public
def on_map() -> ResponseReturnValue:
    return render_template("reports/map.html", districts=maps.districts(queries.recent_on_map()))


@bp.get("/map/points")
@page_cache.public
def map_points() -> ResponseReturnValue:
    return maps.points(queries.recent_on_map())


@bp.get("/map/areas")
@page_cache.public
def map_areas() -> ResponseReturnValue:
    return maps.areas()


@bp.get("/<number>")
@page_cache.public
def show(number: str) -> ResponseReturnValue:
    report = queries.report_or_404(number)
    if number != report.number:
        return redirect(url_for(".show", number=report.number), 301)
    return render_template("reports/show.html", **pages.public_page(report, clock.now()))


@bp.get("/official-answers/<number>")
def official_answer(number: str) -> ResponseReturnValue:
    """The duty to answer a suggestion has a number of its own; its answer stands on the suggestion's page."""
    return redirect(
        url_for(".show", number=number.upper().removesuffix(carrying.SUFFIX), _anchor="official-answer")
    )


@bp.get("/<number>/deadline")
@page_cache.public
def deadline(number: str) -> ResponseReturnValue:
    report = queries.report_or_404(number)
    explained = deadlines.explanation(clocks.clock_ids(report), clock.now())
    back_url = url_for(".show", number=report.number)
    return render_template(
        "deadlines/explanation.html",
        explanation=explained,
        standing=standing.of(
            report,
            clocks=explained.clocks,
            events=ledger.events_of(f"report:{report.number}"),
            responses=queries.responses_of(report),
        ),
        title=listing.title_of(report),
        number=report.number,
        trail=[(_("Laporan"), url_for(".index")), (report.number, back_url)],
        back_url=back_url,
    )


@bp.get("/<number>/support")
@login_required
def support(number: str) -> ResponseReturnValue:
    """The form stands on a page of its own, so that the public page carries no token."""
    report = queries.report_or_404(number)
    if not policy.is_published(report):
        abort(404)
    follower = queries.follower(report, current_user)
    return render_template(
        "reports/support.html",
        report=report,
        follower=follower,
        may_support=policy.may_support(current_user, report),
    )


@bp.get("/<number>/rating")
@login_required
def rating(number: str) -> ResponseReturnValue:
    """What those with the same matter think of the last answer; a page of its own, as `support`."""
    report = _rateable(number)
    return _rating_page(report, verdict_form(_appraisal(report)))


@bp.post("/<number>/rating")
@login_required
def rate(number: str) -> ResponseReturnValue:
    report, form = _rateable(number), VerdictForm()
    if not form.validate_on_submit():
        return _rating_page(report, form, 422)
    try:
        services.rate_as_supporter(
            report,
            by=current_user,
            verdict=Verdict(form.verdict.data),
            stars=int(form.stars.data) if form.stars.data else None,
            comment=plain(form.comment.data),
            at=clock.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return _rating_page(report, form, 422)
    flash(_("Terima kasih. Penilaian Anda sudah dicatat."), "success")
    return htmx.go(url_for(".show", number=report.number))


@bp.post("/<number>/support")
@login_required
def add_support(number: str) -> ResponseReturnValue:
    return _join(number, services.support, _("Terima kasih. Anda ikut dihitung."))


@bp.post("/<number>/followers")
@login_required
def follow(number: str) -> ResponseReturnValue:
    return _join(number, services.follow, _("Anda akan dikabari setiap ada perkembangan."))


@bp.post("/<number>/followers/removal")
@login_required
def unfollow(number: str) -> ResponseReturnValue:
    report = queries.report_or_404(number)
    services.unfollow(report, by=current_user, at=clock.now())
    flash(_("Anda tidak lagi dikabari tentang laporan ini."), "success")
    return htmx.go(url_for(".show", number=report.number))


def _join(number: str, act: Any, thanks: str) -> ResponseReturnValue:
    report = queries.report_or_404(number)
    authz.require(policy.may_support(current_user, report))
    act(report, by=current_user, at=clock.now())
    flash(thanks, "success")
    return htmx.go(url_for(".show", number=report.number))


def _rateable(number: str) -> Report:
    report = queries.report_or_404(number)
    authz.require(policy.may_rate_as_supporter(report, queries.follower(report, current_user)))
    return report


def _appraisal(report: Report) -> appraisals.Appraisal | None:
    return appraisals.of_supporter(queries.responses_of(report), current_user.id)


def _rating_page(report: Report, form: VerdictForm, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "reports/rating.html", report=report, form=form, appraisal=_appraisal(report)
    ), status


def _older_url(found: queries.Listed, stated: dict[str, Any]) -> str | None:
    if found.older:
        return url_for(".index", **stated, before=keyset.written(found.older))
    if found.offset:
        return url_for(".index", **{**stated, "from": found.offset})
    return None
