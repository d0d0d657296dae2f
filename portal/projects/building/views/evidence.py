"""Obstacles and photos."""

from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_login import login_required

from portal import clock
from portal.db import db
from portal.errors import DomainError
from portal.forms import choices
from portal.i18n import _
from portal.projects.building import forms, queries, services
from portal.projects.building.models import Milestone, Obstacle, SitePhoto
from portal.projects.building.views.blueprint import bp
from portal.projects.building.views.running import done, milestone_choices, page, today
from portal.projects.models import Project
from portal.projects.running import to_run


@bp.get("/obstacles/new")
@login_required
def new_obstacle(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    return page("obstacle", project, _obstacle_form(project))


@bp.post("/obstacles")
@login_required
def name_obstacle(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    form = _obstacle_form(project)
    if form.validate_on_submit():
        milestone_id = form.milestone.data
        try:
            services.name_obstacle(
                project,
                body=form.body.data,
                since_on=form.since_on.data,
                milestone=queries.milestone_or_404(project, int(milestone_id)) if milestone_id else None,
                at=clock.now(),
            )
            return done(project, _("Kendala dicatat."))
        except DomainError as error:
            form.refuse(error)
    return page("obstacle", project, form, 422)


@bp.get("/obstacles/<int:obstacle_id>/resolution")
@login_required
def edit_resolution(slug: str, obstacle_id: int) -> ResponseReturnValue:
    project = to_run(slug)
    obstacle = queries.obstacle_or_404(project, obstacle_id)
    return page("resolution", project, forms.ResolutionForm(data={"on": today()}), obstacle=obstacle)


@bp.post("/obstacles/<int:obstacle_id>/resolution")
@login_required
def resolve(slug: str, obstacle_id: int) -> ResponseReturnValue:
    project = to_run(slug)
    obstacle = queries.obstacle_or_404(project, obstacle_id)
    form: Any = forms.ResolutionForm()
    if form.validate_on_submit():
        try:
            services.resolve_obstacle(obstacle, on=form.on.data, how=form.resolution.data, at=clock.now())
            return done(project, _("Kendala dicatat teratasi."))
        except DomainError as error:
            form.refuse(error)
    return page("resolution", project, form, 422, obstacle=obstacle)


def _obstacle_form(project: Project) -> Any:
    form = forms.ObstacleForm(data={"since_on": today()})
    form.milestone.choices = choices([("", _("Seluruh pembangunan")), *milestone_choices(project)])
    return form


@bp.get("/photos/new")
@login_required
def new_photo(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    return page("photo", project, _photo_form(project))


@bp.post("/photos")
@login_required
def show_photo(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    form = _photo_form(project)
    if form.validate_on_submit():
        try:
            if not form.photo.data:
                raise DomainError(_("Pilih fotonya."), field="photo")
            services.show_photo(
                _subject_of(project, form.about.data),
                form.photo.data.stream,
                caption=form.caption.data,
                alt=form.alt.data,
                taken_on=form.taken_on.data or today(),
                at=clock.now(),
            )
            return done(project, _("Foto tampil untuk umum."))
        except DomainError as error:
            form.refuse(error)
    return page("photo", project, form, 422)


@bp.post("/photos/<int:photo_id>/removal")
@login_required
def remove_photo(slug: str, photo_id: int) -> ResponseReturnValue:
    project = to_run(slug)
    photo = db.session.get(SitePhoto, photo_id)
    if photo is None or photo.project_id != project.id or photo.report_id is not None:
        abort(404)
    services.remove_photo(photo, project, at=clock.now())
    return done(project, _("Foto dihapus."))


def _photo_form(project: Project) -> Any:
    form = forms.PhotoForm(data={"taken_on": today()})
    obstacles = [
        (f"o{one.id}", _("Kendala: %(text)s", text=one.body[:80])) for one in queries.obstacles_of(project)
    ]
    form.about.choices = choices([*milestone_choices(project, "m"), *obstacles])
    return form


def _subject_of(project: Project, code: str) -> Milestone | Obstacle:
    """What a photo shows, by its choice ("m3", "o2"); the form let no other through."""
    if code.startswith("m"):
        return queries.milestone_or_404(project, int(code[1:]))
    return queries.obstacle_or_404(project, int(code[1:]))
