"""The vote's pages: question and result for everybody, the ballot for residents, its making for officials."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx, markdown, page_cache
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import queries as projects
from portal.projects.frame import frame
from portal.projects.models import Project
from portal.projects.voting import documents, forms, pages, policy, queries, rules, services
from portal.projects.voting.models import Vote

bp = Blueprint("voting", __name__, url_prefix="/projects/<slug>/vote")

CURRENT = "vote"


@bp.get("")
@page_cache.public
def show(slug: str) -> ResponseReturnValue:
    project, now = projects.project_or_404(slug), clock.now()
    return render_template(
        "projects/vote/show.html", frame=frame(project, now, current=CURRENT), **pages.page(project, now)
    )


@bp.get("/ballots.csv")
@page_cache.public
def ballots_csv(slug: str) -> ResponseReturnValue:
    vote, sheets = _open_ballots(slug)
    return Response(documents.as_csv(vote, sheets), mimetype="text/csv")


@bp.get("/ballots.json")
@page_cache.public
def ballots_json(slug: str) -> ResponseReturnValue:
    vote, sheets = _open_ballots(slug)
    return Response(documents.as_json(vote, sheets), mimetype="application/json")


def _open_ballots(slug: str) -> tuple[Vote, Sequence[documents.Sheet]]:
    """The ballots, once they are counted and enough; 404 before."""
    vote = _vote_or_404(projects.project_or_404(slug))
    sheets = queries.ballots_of(vote)
    if vote.published_at is None or not rules.may_show_result(len(sheets)):
        abort(404)
    return vote, sheets


# The ballot


@bp.get("/ballot")
@login_required
def ballot(slug: str) -> ResponseReturnValue:
    vote = _vote_or_404(projects.project_or_404(slug))
    return _ballot_page(vote, _ballot_form(vote))


@bp.post("/ballot/check")
@login_required
def check(slug: str) -> ResponseReturnValue:
    """The last look before the ballot is given for good."""
    vote = _vote_or_404(projects.project_or_404(slug))
    authz.require(policy.may_vote(current_user, vote, clock.now()))
    form = _ballot_form(vote)
    if not _is_ballot(vote, form):
        return _ballot_page(vote, form, status=422)
    return render_template(
        "projects/vote/check.html", frame=_frame(vote.project), vote=vote, form=form, laid=_laid(vote, form)
    )


@bp.post("/ballot")
@login_required
def cast(slug: str) -> ResponseReturnValue:
    vote, now = _vote_or_404(projects.project_or_404(slug)), clock.now()
    authz.require(policy.may_vote(current_user, vote, now))
    form = _ballot_form(vote)
    if form.change.data:
        return _ballot_page(vote, form)
    if form.validate_on_submit():
        try:
            services.cast(vote, by=current_user, area_code=form.area.data, dots=_dots(vote, form), at=now)
            return htmx.go(url_for(".ballot", slug=slug))
        except DomainError as error:
            form.refuse(error)
    return _ballot_page(vote, form, status=422)


def _ballot_form(vote: Vote) -> Any:
    form = forms.ballot_form(vote)()
    districts: dict[str, list[tuple[str, str]]] = {}
    for village in queries.villages_of(vote):
        districts.setdefault(village.district, []).append((village.code, village.name))
    form.area.choices = {"": [("", _("Pilih …"))], **districts}
    return form


def _is_ballot(vote: Vote, form: Any) -> bool:
    if not form.validate_on_submit():
        return False
    try:
        services.check_ballot(vote, _dots(vote, form))
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _dots(vote: Vote, form: Any) -> dict[int, int]:
    return {one.position: form[f"dots_{one.position}"].data or 0 for one in vote.choices}


def _laid(vote: Vote, form: Any) -> list[tuple[str, int]]:
    """Choices that got dots, as the person reads them once more."""
    dots = _dots(vote, form)
    return [(one.title, dots[one.position]) for one in vote.choices if dots[one.position]]


def _ballot_page(vote: Vote, form: Any, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "projects/vote/ballot.html",
        frame=_frame(vote.project),
        vote=vote,
        form=form,
        state=policy.state(vote, clock.now()),
        has_voted=queries.has_voted(vote, current_user),
    ), status


# Its making


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
    project = projects.draft_or_404(slug)
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
        "projects/vote/edit.html", frame=_frame(project), vote=vote, form=form, project=project
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
            flash(_("Keputusan diumumkan, dan pengikut proyek dikabari."), "success")
            return htmx.go(url_for(".show", slug=slug))
        except DomainError as error:
            form.refuse(error)
    return _decision_page(vote, form, status=422)


def _to_decide(slug: str) -> Vote:
    vote = _vote_or_404(projects.project_or_404(slug))
    authz.require(policy.may_decide(current_user, vote))
    return vote


def _decision_page(
    vote: Vote, form: forms.DecisionForm, *, preview: str = "", status: int = 200
) -> ResponseReturnValue:
    return render_template(
        "projects/vote/decision.html",
        frame=_frame(vote.project),
        vote=vote,
        form=form,
        preview=preview,
        lines=pages.results(vote),
    ), status


def _vote_or_404(project: Project) -> Vote:
    return queries.vote_of(project) or abort(404)


def _frame(project: Project) -> Any:
    return frame(project, clock.now(), current=CURRENT)
