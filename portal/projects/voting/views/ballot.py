"""The ballot: laid, looked at once more, given for good."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import queries as projects
from portal.projects.voting import forms, policy, queries, services
from portal.projects.voting.models import Vote
from portal.projects.voting.views.blueprint import bp
from portal.projects.voting.views.finding import frame_of, vote_or_404


@bp.get("/ballot")
@login_required
def ballot(slug: str) -> ResponseReturnValue:
    vote = vote_or_404(projects.project_or_404(slug))
    return _ballot_page(vote, _ballot_form(vote))


@bp.post("/ballot/check")
@login_required
def check(slug: str) -> ResponseReturnValue:
    """The last look before the ballot is given for good."""
    vote = vote_or_404(projects.project_or_404(slug))
    authz.require(policy.may_vote(current_user, vote, clock.now()))
    form = _ballot_form(vote)
    if not _is_ballot(vote, form):
        return _ballot_page(vote, form, status=422)
    return render_template(
        "projects/vote/check.html",
        frame=frame_of(vote.project),
        vote=vote,
        form=form,
        laid=_laid(vote, form),
        area=_area(form),
    )


@bp.post("/ballot")
@login_required
def cast(slug: str) -> ResponseReturnValue:
    vote, now = vote_or_404(projects.project_or_404(slug)), clock.now()
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


def _area(form: Any) -> str:
    """The kelurahan that was declared, by its name."""
    names = {code: name for group in form.area.choices.values() for code, name in group}
    return str(names[form.area.data])


def _ballot_page(vote: Vote, form: Any, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "projects/vote/ballot.html",
        frame=frame_of(vote.project),
        vote=vote,
        form=form,
        state=policy.state(vote, clock.now()),
        has_voted=queries.has_voted(vote, current_user),
    ), status
