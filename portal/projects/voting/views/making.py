"""What those who run the project write: the vote before it opens, and the decision after it."""

from datetime import date, datetime
from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx, markdown
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import queries as projects
from portal.projects.models import Project
from portal.projects.running import to_run
from portal.projects.voting import forms, pages, policy, queries, rules, services
from portal.projects.voting.models import Vote
from portal.projects.voting.views.blueprint import bp
from portal.projects.voting.views.finding import frame_of, vote_or_404


@bp.get("/edit")
@login_required
def edit(slug: str) -> ResponseReturnValue:
    project, vote = _to_prepare(slug)
    return _edit_page(project, vote, _vote_form(project, vote))


@bp.post("/edit")
@login_required
def prepare(slug: str) -> ResponseReturnValue:
    project, vote = _to_prepare(slug)
    form = _vote_form(project, vote)
    if form.more.data:
        return _edit_page(project, vote, form)
    if form.validate_on_submit():
        try:
            _save(project, vote, form)
            flash(_("Pemungutan suara disimpan. Sampai dibuka, Anda masih dapat mengubahnya."), "success")
            return htmx.go(url_for(".show", slug=slug))
        except DomainError as error:
            form.refuse(error)
    return _edit_page(project, vote, form, status=422)


def _to_prepare(slug: str) -> tuple[Project, Vote | None]:
    project = to_run(slug)
    vote = queries.vote_of(project)
    authz.require(policy.may_prepare(current_user, project, vote, clock.now()))
    return project, vote


def _vote_form(project: Project, vote: Vote | None) -> forms.VoteForm:
    form = forms.VoteForm(data=pages.typed(project, vote))
    ideas = [(str(idea.id), f"{idea.number} · {idea.title}") for idea in queries.ideas_to_choose(project)]
    form.offer([(row.code, row.name) for row in queries.districts()], ideas)
    return form


def _save(project: Project, vote: Vote | None, form: forms.VoteForm) -> None:
    phase = pages.phase_to_vote_in(project, clock.now())
    services.prepare(project, phase, vote, _plan(form), at=clock.now())


def _plan(form: forms.VoteForm) -> services.Plan:
    rows = [row.form for row in form.choices if row.form.title.data]
    ideas = queries.ideas_by_id([int(row.idea.data) for row in rows if row.idea.data])
    return services.Plan(
        question=form.question.data or "",
        dots=form.dots.data or rules.DOTS,
        most_on_one=form.most_on_one.data,
        opens_at=_midnight(form.opens_on.data),
        closes_at=_midnight(form.closes_on.data, is_last=True),
        areas=queries.areas(form.areas.data or []),
        choices=[
            services.Proposal(
                title=row.title.data or "",
                description=row.description.data or "",
                cost=row.cost.data,
                idea=ideas.get(int(row.idea.data)) if row.idea.data else None,
            )
            for row in rows
        ],
    )


def _midnight(day: date | None, *, is_last: bool = False) -> datetime | None:
    return pages.midnight(day, is_last=is_last) if day else None


def _edit_page(
    project: Project, vote: Vote | None, form: forms.VoteForm, status: int = 200
) -> ResponseReturnValue:
    return render_template(
        "projects/vote/edit.html", frame=frame_of(project), vote=vote, form=form, project=project
    ), status


# The decision


@bp.get("/decision")
@login_required
def edit_decision(slug: str) -> ResponseReturnValue:
    vote = _to_decide(slug)
    return _decision_page(vote, forms.decision_form(vote)(data=pages.typed_decision(vote)))


@bp.post("/decision")
@login_required
def decide(slug: str) -> ResponseReturnValue:
    vote = _to_decide(slug)
    form: Any = forms.decision_form(vote)()
    if form.preview.data:
        return _decision_page(vote, form, preview=markdown.to_html(form.decision.data or ""))
    if form.validate_on_submit():
        rulings = {
            one.position: services.Ruling(
                form[f"taken_{one.position}"].data == "yes", form[f"reason_{one.position}"].data
            )
            for one in vote.choices
        }
        try:
            services.decide(vote, text=form.decision.data, rulings=rulings, at=clock.now())
            flash(_("Keputusan diumumkan, dan pengikut rencana dikabari."), "success")
            return htmx.go(url_for(".show", slug=slug))
        except DomainError as error:
            form.refuse(error)
    return _decision_page(vote, form, status=422)


def _to_decide(slug: str) -> Vote:
    vote = vote_or_404(projects.project_or_404(slug))
    authz.require(policy.may_decide(current_user, vote))
    return vote


def _decision_page(
    vote: Vote, form: forms.DecisionForm, *, preview: str = "", status: int = 200
) -> ResponseReturnValue:
    return render_template(
        "projects/vote/decision.html",
        frame=frame_of(vote.project),
        vote=vote,
        form=form,
        preview=preview,
        lines=pages.results(vote),
    ), status
