"""Monthly reports: the list, each of them, and the page on which the official writes one."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, config, htmx, markdown, page_cache
from portal.assignments import clocks
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import queries as projects
from portal.projects import rules as project_rules
from portal.projects.building import forms, listing, monthly, pages, policy, queries, services
from portal.projects.building.models import MonthlyReport
from portal.projects.frame import frame

bp = Blueprint("building_reports", __name__, url_prefix="/projects")


@bp.get("/<slug>/building/reports")
@page_cache.public
def index(slug: str) -> ResponseReturnValue:
    project, now = projects.project_or_404(slug), clock.now()
    return render_template(
        "projects/building/reports.html",
        frame=frame(project, now, current="building"),
        rows=listing.report_rows(project, now),
    )


@bp.get("/reports/<number>")
@page_cache.public
def show(number: str) -> ResponseReturnValue:
    """Also before it is published: then it says who owes it, and by when."""
    report, now = _public(number), clock.now()
    return render_template(
        "projects/building/report.html",
        report=report,
        title=listing.month_title(report),
        frame=frame(report.project, now, current="building"),
        clocks_shown=clocks.of(report.assignment, now) if report.assignment else [],
        photos=[pages.picture(one) for one in report.photos] if report.published_at else [],
    )


@bp.get("/reports/<number>/edit")
@login_required
def edit(number: str) -> ResponseReturnValue:
    report = _to_write(number)
    draft = monthly.drafted(report)
    return _edit_page(report, forms.ReportForm(data={**vars(draft), "seen": report.version}))


@bp.post("/reports/<number>")
@login_required
def save(number: str) -> ResponseReturnValue:
    """Keep it as a draft, show it as it will be read, or publish it: three buttons of one form."""
    report, form = _to_write(number), forms.ReportForm()
    if form.preview.data:
        return _edit_page(report, form, preview=_preview(form))
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():  # what is refused leaves neither a text nor a photo behind
                _add_photo(report, form)
                return _save(report, form) if form.save.data else _publish(report, form)
        except DomainError as error:
            form.refuse(error)
    return _edit_page(report, form, status=422)


def _save(report: MonthlyReport, form: forms.ReportForm) -> ResponseReturnValue:
    monthly.save(report, form.draft, seen=form.version, at=clock.now())
    flash(_("Konsep disimpan. Warga belum melihatnya."), "success")
    return htmx.go(url_for(".edit", number=report.number))


def _publish(report: MonthlyReport, form: forms.ReportForm) -> ResponseReturnValue:
    monthly.publish(report, form.draft, seen=form.version, by=current_user, at=clock.now())
    flash(_("Laporan terbit, dan pengikut rencana dikabari."), "success")
    return htmx.go(url_for(".show", number=report.number))


@bp.post("/reports/<number>/photos/<int:photo_id>/removal")
@login_required
def remove_photo(number: str, photo_id: int) -> ResponseReturnValue:
    report = _to_write(number)
    photo = next((one for one in report.photos if one.id == photo_id), None) or abort(404)
    services.remove_photo(photo, report.project, at=clock.now())
    return htmx.go(url_for(".edit", number=number))


def _add_photo(report: MonthlyReport, form: forms.ReportForm) -> None:
    if not form.photo.data:
        return
    services.show_photo(
        report,
        form.photo.data.stream,
        caption=form.caption.data or "",
        alt=form.alt.data or "",
        taken_on=form.taken_on.data or project_rules.local_day(clock.now(), config.current().zone),
        at=clock.now(),
    )


def _preview(form: forms.ReportForm) -> dict[str, Any]:
    draft = form.draft
    return {
        "summary": draft.summary,
        "achievements": markdown.to_html(draft.achievements),
        "obstacles": markdown.to_html(draft.obstacles),
        "plan": markdown.to_html(draft.plan),
    }


def _public(number: str) -> MonthlyReport:
    report = queries.report_or_404(number)
    return report if report.project.published_at is not None else abort(404)


def _to_write(number: str) -> MonthlyReport:
    report = queries.report_or_404(number)
    authz.require(policy.may_write(current_user, report))
    return report


def _edit_page(
    report: MonthlyReport, form: forms.ReportForm, *, preview: Any = None, status: int = 200
) -> ResponseReturnValue:
    now = clock.now()
    return render_template(
        "projects/building/edit_report.html",
        report=report,
        form=form,
        preview=preview,
        title=listing.month_title(report),
        photos=[pages.picture(one) for one in report.photos],
        clocks_shown=clocks.of(report.assignment, now) if report.assignment else [],
        frame=frame(report.project, now, current="building"),
    ), status
