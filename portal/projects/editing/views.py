"""Make a project, change its facts and its phases, open it to everybody."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, config, htmx
from portal.attachments import services as attachments
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _
from portal.organisation.models import Official
from portal.projects import frame, policy, previews, queries, rules, services
from portal.projects.editing import forms
from portal.projects.editing import queries as offers
from portal.projects.models import Phase, Project
from portal.projects.rules import PhaseKind, Standing
from portal.projects.running import to_run

bp = Blueprint("project_editing", __name__, url_prefix="/projects")


@bp.get("/new")
@login_required
def new() -> ResponseReturnValue:
    authz.require(policy.may_create(current_user))
    return _facts_page(_facts_form())


@bp.post("/new")
@login_required
def create() -> ResponseReturnValue:
    authz.require(policy.may_create(current_user))
    form, now = _facts_form(), clock.now()
    if previews.is_wanted():
        return _facts_page(form)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():  # a refused picture founds no project
                official = db.session.get_one(Official, form.official.data)
                project = services.found(form.facts, official=official, by=current_user, at=now)
                _take_cover(project, form)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Rencana dibuat. Tambahkan tahapnya, lalu buka untuk umum."), "success")
            return htmx.go(url_for(".manage", slug=project.slug))
    return _facts_page(form, status=422)


@bp.get("/<slug>/manage")
@login_required
def manage(slug: str) -> ResponseReturnValue:
    return _manage_page(to_run(slug), forms.PhaseForm())


@bp.get("/<slug>/edit")
@login_required
def edit(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    return _facts_page(_facts_form(project), project)


@bp.post("/<slug>/edit")
@login_required
def update(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    form, now = _facts_form(project), clock.now()
    if previews.is_wanted():
        return _facts_page(form, project)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                _change(project, form, now)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Keterangan rencana disimpan."), "success")
            return htmx.go(url_for(".manage", slug=slug))
    return _facts_page(form, project, status=422)


@bp.post("/<slug>/publication")
@login_required
def publish(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    try:
        services.publish(project, by=current_user, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
        return htmx.go(url_for(".manage", slug=slug))
    flash(_("Rencana ini sekarang terbuka untuk umum."), "success")
    return htmx.go(url_for("projects.show", slug=slug))


@bp.post("/<slug>/phases")
@login_required
def add_phase(slug: str) -> ResponseReturnValue:
    project, form = to_run(slug), forms.PhaseForm()
    if form.validate_on_submit():
        try:
            services.add_phase(
                project,
                PhaseKind(form.kind.data),
                **form.span,
                title=form.title.data or "",
                at=clock.now(),
            )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Tahap ditambahkan."), "success")
            return htmx.go(url_for(".manage", slug=slug))
    return _manage_page(project, form, status=422)


@bp.get("/<slug>/phases/<int:phase_id>")
@login_required
def edit_dates(slug: str, phase_id: int) -> ResponseReturnValue:
    phase = _phase(to_run(slug), phase_id)
    return _dates_page(phase, forms.ChangeDatesForm(obj=phase))


@bp.post("/<slug>/phases/<int:phase_id>")
@login_required
def change_dates(slug: str, phase_id: int) -> ResponseReturnValue:
    phase, form = _phase(to_run(slug), phase_id), forms.ChangeDatesForm()
    if form.validate_on_submit():
        try:
            services.change_dates(phase, **form.values, by=current_user, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Jadwal diubah. Alasannya terbuka untuk umum."), "success")
            return htmx.go(url_for(".manage", slug=slug))
    return _dates_page(phase, form, status=422)


def _phase(project: Project, phase_id: int) -> Phase:
    return next((one for one in project.phases if one.id == phase_id), None) or abort(404)


def _facts_form(project: Project | None = None) -> forms.FactsForm:
    form = forms.FactsForm(data=forms.typed_of(project) if project else None)
    form.offer(
        areas=queries.areas(),
        categories=offers.categories(),
        officials=offers.officials(current_user, clock.now(), besides=project.official if project else None),
    )
    return form


def _change(project: Project, form: forms.FactsForm, now: Any) -> None:
    official = db.session.get_one(Official, form.official.data)
    services.change_facts(
        project, form.facts, official=official, reason=form.reason.data or "", by=current_user, at=now
    )
    _take_cover(project, form)


def _take_cover(project: Project, form: forms.FactsForm) -> None:
    if form.cover.data:
        now = clock.now()
        try:
            photo = attachments.keep_image(form.cover.data.stream, now)
        except DomainError as error:
            raise DomainError(error.message, field="cover") from error
        services.set_cover(project, photo, at=now)


def _facts_page(
    form: forms.FactsForm, project: Project | None = None, status: int = 200
) -> ResponseReturnValue:
    return previews.page(
        "projects/edit.html",
        form.story.data,
        status=status,
        form=form,
        project=project,
        action=url_for(".update", slug=project.slug) if project else url_for(".create"),
        back_url=url_for(".manage", slug=project.slug) if project else url_for("projects.index"),
    )


def _manage_page(project: Project, form: forms.PhaseForm, status: int = 200) -> ResponseReturnValue:
    now = clock.now()
    today = rules.local_day(now, config.current().zone)
    stops = frame.stops(project, now)
    movable = [rules.standing(phase, today) != Standing.OVER for phase in project.phases]
    page = render_template(
        "projects/manage.html",
        project=project,
        form=form,
        phases=list(zip(project.phases, stops, movable, strict=True)),
    )
    return page, status


def _dates_page(phase: Phase, form: forms.ChangeDatesForm, status: int = 200) -> ResponseReturnValue:
    stop = next(
        stop
        for one, stop in zip(phase.project.phases, frame.stops(phase.project, clock.now()), strict=True)
        if one is phase
    )
    page = render_template("projects/dates.html", project=phase.project, phase=phase, stop=stop, form=form)
    return page, status
