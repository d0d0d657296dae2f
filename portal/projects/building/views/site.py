"""The building page for everybody, and what those who run the project write there."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, config, htmx, page_cache
from portal.db import db
from portal.errors import DomainError
from portal.forms import choices
from portal.i18n import _
from portal.projects import policy
from portal.projects import queries as projects
from portal.projects import rules as project_rules
from portal.projects.building import forms, pages, queries, services
from portal.projects.building.models import Milestone, Obstacle, SitePhoto
from portal.projects.frame import frame
from portal.projects.models import Project
from portal.projects.voting import queries as voting

bp = Blueprint("building", __name__, url_prefix="/projects/<slug>/building")


@bp.get("")
@page_cache.public
def show(slug: str) -> ResponseReturnValue:
    project, now = projects.project_or_404(slug), clock.now()
    return render_template(
        "projects/building/show.html",
        frame=frame(project, now, current="building"),
        **pages.site(project, now),
    )


@bp.get("/manage")
@login_required
def manage(slug: str) -> ResponseReturnValue:
    project, now = _to_run(slug), clock.now()
    return render_template(
        "projects/building/manage.html",
        frame=_frame(project),
        photos=pages.own_photos(project),
        **pages.site(project, now),
    )


# Milestones


@bp.get("/milestones/new")
@login_required
def new_milestone(slug: str) -> ResponseReturnValue:
    project = _to_run(slug)
    return _milestone_page(project, None, _work_form(project))


@bp.post("/milestones")
@login_required
def plan_milestone(slug: str) -> ResponseReturnValue:
    project = _to_run(slug)
    form: Any = _work_form(project)
    if form.validate_on_submit():
        services.plan_milestone(
            project, _work(project, form), planned_on=form.planned_on.data, at=clock.now()
        )
        return _done(project, _("Pekerjaan ditambahkan."))
    return _milestone_page(project, None, form, status=422)


@bp.get("/milestones/<int:milestone_id>/edit")
@login_required
def edit_milestone(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    return _milestone_page(project, milestone, _work_form(project, milestone))


@bp.post("/milestones/<int:milestone_id>")
@login_required
def save_milestone(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    form = _work_form(project, milestone)
    if form.validate_on_submit():
        services.edit_milestone(milestone, _work(project, form), at=clock.now())
        return _done(project, _("Pekerjaan diperbarui."))
    return _milestone_page(project, milestone, form, status=422)


@bp.get("/milestones/<int:milestone_id>/date")
@login_required
def edit_date(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    return _page("move", project, forms.MoveForm(), milestone=milestone)


@bp.post("/milestones/<int:milestone_id>/date")
@login_required
def move(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    form: Any = forms.MoveForm()
    if form.validate_on_submit():
        try:
            services.move(milestone, to_on=form.on.data, reason=form.reason.data, at=clock.now())
            return _done(project, _("Rencana baru dan alasannya tampil di halaman proyek."))
        except DomainError as error:
            form.refuse(error)
    return _page("move", project, form, 422, milestone=milestone)


@bp.get("/milestones/<int:milestone_id>/completion")
@login_required
def edit_completion(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    form = forms.CompletionForm(data={"on": milestone.actual_on or _today()})
    return _page("completion", project, form, milestone=milestone)


@bp.post("/milestones/<int:milestone_id>/completion")
@login_required
def finish(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    form: Any = forms.CompletionForm()
    if form.validate_on_submit():
        try:
            services.finish(milestone, on=form.on.data, at=clock.now())
            return _done(project, _("Kemajuan dihitung ulang."))
        except DomainError as error:
            form.refuse(error)
    return _page("completion", project, form, 422, milestone=milestone)


def _milestone(slug: str, milestone_id: int) -> tuple[Project, Milestone]:
    project = _to_run(slug)
    return project, queries.milestone_or_404(project, milestone_id)


def _work_form(project: Project, milestone: Milestone | None = None) -> forms.WorkForm:
    form = forms.WorkForm(data=pages.typed(milestone) if milestone else None)
    vote = voting.vote_of(project)
    form.offer(
        [(str(idea.id), f"{idea.number} · {idea.title}") for idea in voting.ideas_to_choose(project)],
        [(str(one.id), f"{one.position}. {one.title}") for one in vote.choices] if vote else [],
    )
    if milestone:
        del form.planned_on
    return form


def _work(project: Project, form: forms.WorkForm) -> services.Work:
    ideas = voting.ideas_by_id([int(text) for text in form.ideas.data or []])
    vote = voting.vote_of(project)
    chosen = [one for one in vote.choices if str(one.id) == form.choice.data] if vote else []
    return services.Work(
        title=form.title.data or "",
        description=form.description.data or "",
        weight=form.weight.data or 1,
        ideas=list(ideas.values()),
        choice=chosen[0] if chosen else None,
    )


def _milestone_page(
    project: Project, milestone: Milestone | None, form: forms.WorkForm, status: int = 200
) -> ResponseReturnValue:
    return _page("milestone", project, form, status, milestone=milestone)


# Obstacles


@bp.get("/obstacles/new")
@login_required
def new_obstacle(slug: str) -> ResponseReturnValue:
    project = _to_run(slug)
    return _page("obstacle", project, _obstacle_form(project))


@bp.post("/obstacles")
@login_required
def name_obstacle(slug: str) -> ResponseReturnValue:
    project = _to_run(slug)
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
            return _done(project, _("Kendala dicatat."))
        except DomainError as error:
            form.refuse(error)
    return _page("obstacle", project, form, 422)


@bp.get("/obstacles/<int:obstacle_id>/resolution")
@login_required
def edit_resolution(slug: str, obstacle_id: int) -> ResponseReturnValue:
    project = _to_run(slug)
    obstacle = queries.obstacle_or_404(project, obstacle_id)
    return _page("resolution", project, forms.ResolutionForm(data={"on": _today()}), obstacle=obstacle)


@bp.post("/obstacles/<int:obstacle_id>/resolution")
@login_required
def resolve(slug: str, obstacle_id: int) -> ResponseReturnValue:
    project = _to_run(slug)
    obstacle = queries.obstacle_or_404(project, obstacle_id)
    form: Any = forms.ResolutionForm()
    if form.validate_on_submit():
        try:
            services.resolve_obstacle(obstacle, on=form.on.data, how=form.resolution.data, at=clock.now())
            return _done(project, _("Kendala dicatat teratasi."))
        except DomainError as error:
            form.refuse(error)
    return _page("resolution", project, form, 422, obstacle=obstacle)


def _obstacle_form(project: Project) -> Any:
    form = forms.ObstacleForm(data={"since_on": _today()})
    form.milestone.choices = choices([("", _("Seluruh pembangunan")), *_milestone_choices(project)])
    return form


def _milestone_choices(project: Project, prefix: str = "") -> list[tuple[str, str]]:
    return [(f"{prefix}{one.id}", f"{one.position}. {one.title}") for one in queries.milestones_of(project)]


# Photos


@bp.get("/photos/new")
@login_required
def new_photo(slug: str) -> ResponseReturnValue:
    project = _to_run(slug)
    return _page("photo", project, _photo_form(project))


@bp.post("/photos")
@login_required
def show_photo(slug: str) -> ResponseReturnValue:
    project = _to_run(slug)
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
                taken_on=form.taken_on.data or _today(),
                at=clock.now(),
            )
            return _done(project, _("Foto tampil di halaman proyek."))
        except DomainError as error:
            form.refuse(error)
    return _page("photo", project, form, 422)


@bp.post("/photos/<int:photo_id>/removal")
@login_required
def remove_photo(slug: str, photo_id: int) -> ResponseReturnValue:
    project = _to_run(slug)
    photo = db.session.get(SitePhoto, photo_id)
    if photo is None or photo.project_id != project.id or photo.report_id is not None:
        abort(404)
    services.remove_photo(photo, project, at=clock.now())
    return _done(project, _("Foto dihapus."))


def _photo_form(project: Project) -> Any:
    form = forms.PhotoForm(data={"taken_on": _today()})
    obstacles = [
        (f"o{one.id}", _("Kendala: %(text)s", text=one.body[:80])) for one in queries.obstacles_of(project)
    ]
    form.about.choices = choices([*_milestone_choices(project, "m"), *obstacles])
    return form


def _subject_of(project: Project, code: str) -> Milestone | Obstacle:
    """What a photo shows, by its choice ("m3", "o2"); the form let no other through."""
    if code.startswith("m"):
        return queries.milestone_or_404(project, int(code[1:]))
    return queries.obstacle_or_404(project, int(code[1:]))


def _to_run(slug: str) -> Project:
    project = projects.draft_or_404(slug)
    authz.require(policy.may_run(current_user, project))
    return project


def _page(name: str, project: Project, form: Any, status: int = 200, **values: Any) -> ResponseReturnValue:
    return render_template(
        f"projects/building/{name}.html", frame=_frame(project), form=form, **values
    ), status


def _done(project: Project, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return htmx.go(url_for(".manage", slug=project.slug))


def _frame(project: Project) -> Any:
    return frame(project, clock.now(), current="building")


def _today() -> Any:
    return project_rules.local_day(clock.now(), config.current().zone)
