"""The question, the result, and the ballots as open data."""

from collections.abc import Sequence

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from portal import clock, page_cache
from portal.projects import queries as projects
from portal.projects.frame import frame
from portal.projects.voting import documents, pages, queries, rules
from portal.projects.voting.models import Vote
from portal.projects.voting.views.blueprint import bp
from portal.projects.voting.views.finding import vote_or_404


@bp.get("")
@page_cache.public
def show(slug: str) -> ResponseReturnValue:
    project, now = projects.project_or_404(slug), clock.now()
    return render_template(
        "projects/vote/show.html", frame=frame(project, now, current="vote"), **pages.page(project, now)
    )


@bp.get("/ballots.csv")
def ballots_csv(slug: str) -> ResponseReturnValue:
    vote, sheets = _open_ballots(slug)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-ballots.csv"'}
    return Response(documents.as_csv(vote, sheets), mimetype="text/csv", headers=headers)


@bp.get("/ballots.json")
def ballots_json(slug: str) -> ResponseReturnValue:
    vote, sheets = _open_ballots(slug)
    return Response(documents.as_json(vote, sheets), mimetype="application/json")


def _open_ballots(slug: str) -> tuple[Vote, Sequence[documents.Sheet]]:
    """The ballots, once they are counted and enough; 404 before."""
    vote = vote_or_404(projects.project_or_404(slug))
    sheets = queries.ballots_of(vote)
    if vote.published_at is None or not rules.may_show_result(len(sheets)):
        abort(404)
    return vote, sheets
