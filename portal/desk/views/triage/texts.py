"""What the public reads of a report, put right by moderators; its photos stand in photos.py."""

from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.desk import unverified
from portal.desk.triage_forms import PublicTextForm
from portal.desk.views.blueprint import bp
from portal.desk.views.triage import matters
from portal.errors import Conflict, DomainError
from portal.i18n import _
from portal.reports import policy as reports
from portal.reports import queries, services
from portal.reports.identity import openings
from portal.reports.masking import passages
from portal.reports.models import Report
from portal.reports.rules import BODY_LENGTH, RUNNING, ReportState


@bp.get("/triage/<number>/public-text")
def edit_public_text(number: str) -> ResponseReturnValue:
    report = matters.own(number)
    if report.state is ReportState.SUBMITTED:  # nothing is public yet
        return htmx.go(matters.address(report))
    return _page(report, _form(report))


@bp.post("/triage/<number>/public-text")
def update_public_text(number: str) -> ResponseReturnValue:
    report, form = matters.own(number), PublicTextForm()
    if form.validate_on_submit():
        try:
            services.reword(
                report,
                title=form.title.data or "",
                body=form.body.data or "",
                place=form.place.data or "",
                by=current_user,
                at=clock.now(),
                expected_lock=form.expected_lock,
            )
        except DomainError as error:
            form.refuse(error)
            return _page(report, form, status=422, is_conflict=isinstance(error, Conflict))
        flash(_("Teks yang terbit sudah dibetulkan. Versi sebelumnya tetap tercatat."), "success")
        return htmx.go(url_for("desk.edit_public_text", number=number))
    return _page(report, form, status=422)


def _form(report: Report) -> PublicTextForm:
    return PublicTextForm(
        formdata=None, lock=report.lock, title=report.title, body=report.body, place=report.place
    )


def _page(
    report: Report, form: PublicTextForm, *, status: int = 200, is_conflict: bool = False
) -> ResponseReturnValue:
    """The original beside what is public, with every version; after a conflict also what stands there now."""
    if is_conflict:
        form.lock.data = str(report.lock)
    return htmx.render(
        "desk/public_text.html",
        block="main",
        status=status,
        report=report,
        form=form,
        trail=matters.trail(report, _("Teks yang terbit")),
        is_published=reports.is_published(report),
        is_conflict=is_conflict,
        original=passages(report.content.body),
        original_title=passages(report.content.title),
        marked=unverified.marked(report),
        photos=unverified.photo_cards(report),
        wordings=queries.wordings_of(report),
        body_limit=BODY_LENGTH,
        **ways(report),
    )


def ways(report: Report) -> dict[str, Any]:
    """What else may be done with the report now."""
    now = clock.now()
    merge = services.last_merge(report) if report.merged_into_id else None
    return {
        "may_be_merged": report.state in RUNNING,
        "may_open_identity": openings.is_sealed_for(current_user, report),
        "may_change_kind": reports.may_change_kind(report),
        "may_unmerge": services.may_unmerge(merge, report.merged_into, now),
        "public_url": url_for("reports.show", number=report.number),
    }
