"""Milestones: planned, moved, finished."""

from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import login_required

from portal import clock
from portal.errors import DomainError
from portal.i18n import _
from portal.projects.building import forms, pages, queries, services
from portal.projects.building.models import Milestone
from portal.projects.building.views.blueprint import bp
from portal.projects.building.views.running import done, page, today
from portal.projects.models import Project
from portal.projects.running import to_run
from portal.projects.voting import queries as voting


@bp.get("/milestones/new")
@login_required
def new_milestone(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    return _work_page(project, None, _work_form(project))


@bp.post("/milestones")
@login_required
def plan_milestone(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    form: Any = _work_form(project)
    if form.validate_on_submit():
        services.plan_milestone(
            project, _work(project, form), planned_on=form.planned_on.data, at=clock.now()
        )
        return done(project, _("Pekerjaan ditambahkan."))
    return _work_page(project, None, form, status=422)


@bp.get("/milestones/<int:milestone_id>/edit")
@login_required
def edit_milestone(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    return _work_page(project, milestone, _work_form(project, milestone))


@bp.post("/milestones/<int:milestone_id>")
@login_required
def save_milestone(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    form = _work_form(project, milestone)
    if form.validate_on_submit():
        services.edit_milestone(milestone, _work(project, form), at=clock.now())
        return done(project, _("Pekerjaan diperbarui."))
    return _work_page(project, milestone, form, status=422)


@bp.get("/milestones/<int:milestone_id>/date")
@login_required
def edit_date(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    return page("move", project, forms.MoveForm(), milestone=milestone)


@bp.post("/milestones/<int:milestone_id>/date")
@login_required
def move(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    form: Any = forms.MoveForm()
    if form.validate_on_submit():
        try:
            services.move(milestone, to_on=form.on.data, reason=form.reason.data, at=clock.now())
            return done(project, _("Tanggal baru dan alasannya tampil untuk umum."))
        except DomainError as error:
            form.refuse(error)
    return page("move", project, form, 422, milestone=milestone)


@bp.get("/milestones/<int:milestone_id>/completion")
@login_required
def edit_completion(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    form = forms.CompletionForm(data={"on": milestone.actual_on or today()})
    return page("completion", project, form, milestone=milestone)


@bp.post("/milestones/<int:milestone_id>/completion")
@login_required
def finish(slug: str, milestone_id: int) -> ResponseReturnValue:
    project, milestone = _milestone(slug, milestone_id)
    form: Any = forms.CompletionForm()
    if form.validate_on_submit():
        try:
            services.finish(milestone, on=form.on.data, at=clock.now())
            return done(project, _("Kemajuan dihitung ulang."))
        except DomainError as error:
            form.refuse(error)
    return page("completion", project, form, 422, milestone=milestone)


def _milestone(slug: str, milestone_id: int) -> tuple[Project, Milestone]:
    project = to_run(slug)
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


def _work_page(
    project: Project, milestone: Milestone | None, form: forms.WorkForm, status: int = 200
) -> ResponseReturnValue:
    return page("milestone", project, form, status, milestone=milestone)
