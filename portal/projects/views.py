"""The public pages of projects: the list, the summary of one, its changes, its feed, and following it."""

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, config, htmx, page_cache
from portal.i18n import _
from portal.projects import keys, news, pages, policy, queries, services
from portal.projects.frame import frame

bp = Blueprint("projects", __name__, url_prefix="/projects")


@bp.get("")
@page_cache.public
def index() -> ResponseReturnValue:
    before = keys.number(request.args.get("before"))
    found = queries.page(before)
    return render_template(
        "projects/index.html",
        **pages.shelves(found.projects, clock.now()),
        older_url=url_for(".index", before=found.older) if found.older else None,
        newer_url=url_for(".index") if before else None,
    )


@bp.get("/<slug>")
@page_cache.public
def show(slug: str) -> ResponseReturnValue:
    project, now = queries.project_or_404(slug), clock.now()
    return render_template("projects/show.html", frame=frame(project, now), **pages.summary(project, now))


@bp.get("/<slug>/changes")
@page_cache.public
def changes(slug: str) -> ResponseReturnValue:
    """Every change of dates and facts, with its reason."""
    project = queries.project_or_404(slug)
    return render_template(
        "projects/changes.html",
        frame=frame(project, clock.now(), current="changes"),
        changes=pages.changes(queries.changes_of(project)),
    )


@bp.get("/<slug>/feed.atom")
@page_cache.public
def feed(slug: str) -> ResponseReturnValue:
    """The project's news for feed readers."""
    project = queries.project_or_404(slug)
    page = render_template(
        "projects/feed.xml",
        project=project,
        news=news.latest(project, limit=news.FEED_LENGTH),
        origin=config.current().public_url,
    )
    response = make_response(page)
    response.mimetype = "application/atom+xml"
    return response


@bp.get("/<slug>/following")
@login_required
def following(slug: str) -> ResponseReturnValue:
    """The form stands on a page of its own, so that the public page carries no token."""
    project = queries.project_or_404(slug)
    is_following = queries.is_following(project, current_user)
    return render_template("projects/following.html", project=project, is_following=is_following)


@bp.post("/<slug>/followers")
@login_required
def follow(slug: str) -> ResponseReturnValue:
    project = queries.project_or_404(slug)
    authz.require(policy.may_take_part(current_user, project))
    services.follow(project, by=current_user, at=clock.now())
    flash(_("Anda akan dikabari tentang rencana ini."), "success")
    return htmx.go(url_for(".show", slug=slug))


@bp.post("/<slug>/followers/removal")
@login_required
def unfollow(slug: str) -> ResponseReturnValue:
    project = queries.project_or_404(slug)
    services.unfollow(project, by=current_user, at=clock.now())
    flash(_("Anda tidak lagi dikabari tentang rencana ini."), "success")
    return htmx.go(url_for(".show", slug=slug))
