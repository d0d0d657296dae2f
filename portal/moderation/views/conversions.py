"""A moderator gives something from the forum the place where it is owed an answer."""

from typing import Any

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import authz, clock, htmx
from portal.db import db
from portal.errors import DomainError
from portal.forms import choices
from portal.forum.models import Post, Thread
from portal.i18n import _
from portal.moderation import conversions, forms, policy, targets, telling
from portal.moderation.targets import Target
from portal.moderation.views.blueprint import bp
from portal.projects.models import Project
from portal.reports.labels import category_name
from portal.reports.rules import ReportKind
from portal.routing.queries import offered_categories


@bp.get("/moderation/conversions/<subject>")
def new_conversion(subject: str) -> ResponseReturnValue:
    target = _target(subject)
    return _page(target, _report_form(target, fresh=True), _idea_form(target, fresh=True))


@bp.post("/moderation/conversions/<subject>/report")
def to_report(subject: str) -> ResponseReturnValue:
    target = _target(subject)
    form = _report_form(target)
    if not form.validate():
        return _page(target, form, _idea_form(target, fresh=True), 422)
    try:
        report = conversions.to_report(
            target.thing,
            kind=ReportKind(form.kind.data),
            title=form.title.data or "",
            category_code=form.category.data,
            at=clock.now(),
        )
    except DomainError as error:
        form.refuse(error)
        return _page(target, form, _idea_form(target, fresh=True), 422)
    flash(
        _("Laporan %(number)s dibuat. Penulis dan pendukungnya diberi tahu.", number=report.number), "success"
    )
    return htmx.go(telling.address(target.subject))


@bp.post("/moderation/conversions/<subject>/idea")
def to_idea(subject: str) -> ResponseReturnValue:
    target = _target(subject)
    form = _idea_form(target)
    if not form.validate():
        return _page(target, _report_form(target, fresh=True), form, 422)
    try:
        project = db.session.get(Project, int(form.project.data)) or abort(404)
        idea = conversions.to_idea(
            target.thing, title=form.idea_title.data or "", project=project, at=clock.now()
        )
    except DomainError as error:
        form.refuse(error)
        return _page(target, _report_form(target, fresh=True), form, 422)
    flash(
        _("Gagasan %(number)s dibuat. Penulis dan pendukungnya diberi tahu.", number=idea.number), "success"
    )
    return htmx.go(telling.address(target.subject))


def _target(subject: str) -> Target:
    authz.require(policy.may_moderate(current_user))
    target = targets.find_or_404(subject)
    if not isinstance(target.thing, Thread | Post) or target.is_hidden or target.is_out_of_sight:
        abort(404)
    return target


def _report_form(target: Target, *, fresh: bool = False) -> forms.ReportConversionForm:
    form = (
        forms.ReportConversionForm(formdata=None, title=target.title)
        if fresh
        else forms.ReportConversionForm()
    )
    offered = offered_categories(clock.now())
    form.category.choices = choices((one.code, category_name(one)) for one in offered)
    return form


def _idea_form(target: Target, *, fresh: bool = False) -> forms.IdeaConversionForm:
    form = (
        forms.IdeaConversionForm(formdata=None, idea_title=target.title)
        if fresh
        else forms.IdeaConversionForm()
    )
    open_now = conversions.collecting(clock.now())
    form.project.choices = choices((str(one.project_id), one.project.title) for one in open_now)
    return form


def _page(target: Target, report_form: Any, idea_form: Any, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "moderation/conversion.html",
        target=target,
        url=telling.address(target.subject),
        back_url=url_for("moderation.index"),
        report_form=report_form,
        idea_form=idea_form,
    ), status
