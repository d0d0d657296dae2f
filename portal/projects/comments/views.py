"""Write a comment, edit one's own, read what it said before."""

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx, page_cache
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import pace
from portal.projects.comments import homes, policy, queries, services
from portal.projects.comments.forms import CommentForm
from portal.projects.comments.homes import Thing
from portal.projects.comments.models import ProjectComment

bp = Blueprint("comments", __name__, url_prefix="/comments")


@bp.get("/on/<about>")
@login_required
def new(about: str) -> ResponseReturnValue:
    thing = _thing(about)
    authz.require(policy.may_write(current_user, thing))
    return _page(thing, CommentForm(), url_for(".create", about=about))


@bp.post("/on/<about>")
@login_required
def create(about: str) -> ResponseReturnValue:
    thing, form = _thing(about), CommentForm()
    authz.require(policy.may_write(current_user, thing))
    if form.validate_on_submit():
        try:
            with pace.slowly():
                comment = services.write(
                    thing.project, about, body=form.body.data or "", by=current_user, at=clock.now()
                )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Komentar Anda sudah tampil."), "success")
            return htmx.go(f"{thing.url}#{comment.number}")
    return _page(thing, form, url_for(".create", about=about), status=422)


@bp.get("/<number>/edit")
@login_required
def edit(number: str) -> ResponseReturnValue:
    comment = _own(number)
    return _page(_thing(comment.about), CommentForm(obj=comment), url_for(".update", number=number))


@bp.post("/<number>/edit")
@login_required
def update(number: str) -> ResponseReturnValue:
    comment, form = _own(number), CommentForm()
    thing = _thing(comment.about)
    if form.validate_on_submit():
        try:
            services.edit(comment, body=form.body.data or "", at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Komentar Anda diubah. Tulisan sebelumnya tetap dapat dibaca."), "success")
            return htmx.go(f"{thing.url}#{comment.number}")
    return _page(thing, form, url_for(".update", number=number), status=422)


@bp.get("/<number>")
@page_cache.public
def show(number: str) -> ResponseReturnValue:
    """One comment with what it said before."""
    comment = queries.comment_or_404(number)
    return render_template("projects/comments/show.html", comment=comment, thing=_thing(comment.about))


def _thing(about: str) -> Thing:
    return homes.thing(about) or abort(404)


def _own(number: str) -> ProjectComment:
    comment = queries.comment_or_404(number)
    authz.require(policy.may_edit(current_user, comment))
    return comment


def _page(thing: Thing, form: CommentForm, action: str, status: int = 200) -> ResponseReturnValue:
    return render_template("projects/comments/write.html", thing=thing, form=form, action=action), status
