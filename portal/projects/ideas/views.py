"""Ideas of a project: the list, one idea, giving, editing, supporting, and what became of one's own."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, config, htmx, page_cache
from portal.attachments import services as attachments
from portal.attachments.models import Attachment
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import keys, previews
from portal.projects import policy as projects_policy
from portal.projects import queries as projects
from portal.projects.frame import frame
from portal.projects.ideas import duty, forms, labels, pages, policy, queries, services
from portal.projects.ideas.models import Idea
from portal.projects.ideas.rules import PHOTOS
from portal.projects.models import Project
from portal.security import limiter

bp = Blueprint("ideas", __name__)


@bp.get("/projects/<slug>/ideas")
@page_cache.public
def index(slug: str) -> ResponseReturnValue:
    project, now = projects.project_or_404(slug), clock.now()
    wanted = forms.filter_from(request.args)
    found, stated = queries.listed(project, wanted), forms.stated(wanted)
    return htmx.render(
        "projects/ideas/index.html",
        block="idea_list",
        frame=frame(project, now, current="ideas"),
        lines=pages.lines(found.rows, now),
        wanted=wanted,
        active_count=len(stated),
        statuses=labels.STATUS.items(),
        sorts=pages.SORTS,
        is_collecting=pages.is_collecting(project, now),
        older_url=url_for(".index", slug=slug, **stated, before=keys.write(found.older))
        if found.older
        else None,
        newer_url=url_for(".index", slug=slug, **stated) if wanted.before else None,
    )


@bp.get("/projects/<slug>/ideas/new")
@login_required
def new(slug: str) -> ResponseReturnValue:
    project = projects.project_or_404(slug)
    authz.require(projects_policy.may_take_part(current_user, project))
    return _new_page(project, _new_form())


@bp.post("/projects/<slug>/ideas")
@login_required
@limiter.limit(lambda: config.current().filing_limit)
def create(slug: str) -> ResponseReturnValue:
    project, form, now = projects.project_or_404(slug), _new_form(), clock.now()
    authz.require(projects_policy.may_take_part(current_user, project))
    if previews.is_wanted():
        return _new_page(project, form)
    if form.validate_on_submit():
        try:
            with db.session.begin_nested():
                photos = _photos(form, now)
                idea = services.give(project, **form.typed, photos=photos, by=current_user, at=now)
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Terima kasih. Gagasan Anda sudah tampil dengan nomor %(n)s.", n=idea.number), "success")
            return htmx.go(url_for(".show", number=idea.number))
    return _new_page(project, form, status=422)


@bp.get("/ideas/<number>")
@page_cache.public
def show(number: str) -> ResponseReturnValue:
    idea, now = queries.idea_or_404(number), clock.now()
    after = keys.number(request.args.get("after")) or 0
    return render_template(
        "projects/ideas/show.html",
        frame=frame(idea.project, now, current="ideas").about(idea.number),
        more_url=lambda last: url_for(".show", number=number, after=last),
        **pages.show(idea, after, now),
    )


@bp.get("/ideas/<number>/versions")
@page_cache.public
def versions(number: str) -> ResponseReturnValue:
    """What the idea said before; nothing of one that is hidden."""
    idea = _standing(number)
    return render_template("projects/ideas/versions.html", idea=idea, versions=queries.versions_of(idea))


@bp.get("/ideas/<number>/edit")
@login_required
def edit(number: str) -> ResponseReturnValue:
    idea = _own(number)
    return _edit_page(idea, _edit_form(idea))


@bp.post("/ideas/<number>/edit")
@login_required
def update(number: str) -> ResponseReturnValue:
    idea = _own(number)
    form = _edit_form(idea)
    if previews.is_wanted():
        return _edit_page(idea, form)
    if form.validate_on_submit():
        services.edit(idea, **form.typed, at=clock.now())
        flash(_("Gagasan Anda diubah. Tulisan sebelumnya tetap dapat dibaca."), "success")
        return htmx.go(url_for(".show", number=number))
    return _edit_page(idea, form, status=422)


@bp.get("/ideas/<number>/own")
@login_required
def own(number: str) -> ResponseReturnValue:
    """What its author can do: answer, judge the status, edit, take it back."""
    idea = queries.idea_or_404(number)
    authz.require(policy.is_author(current_user, idea))
    return _own_page(idea, forms.VerdictForm())


@bp.post("/ideas/<number>/withdrawal")
@login_required
def withdraw(number: str) -> ResponseReturnValue:
    idea = queries.idea_or_404(number)
    authz.require(policy.may_withdraw(current_user, idea))
    services.withdraw(idea, at=clock.now())
    flash(_("Gagasan Anda sudah ditarik."), "success")
    return htmx.go(url_for(".mine"))


@bp.post("/ideas/<number>/verdict")
@login_required
def judge(number: str) -> ResponseReturnValue:
    idea, form = queries.idea_or_404(number), forms.VerdictForm()
    authz.require(policy.may_judge(current_user, idea))
    if form.validate_on_submit():
        try:
            duty.judge(idea, **form.judgement, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Terima kasih atas penilaian Anda."), "success")
            return htmx.go(url_for(".show", number=number))
    return _own_page(idea, form, status=422)


@bp.get("/ideas/<number>/support")
@login_required
def support(number: str) -> ResponseReturnValue:
    """The form stands on a page of its own, so that the public page carries no token."""
    idea = _standing(number)
    return render_template(
        "projects/ideas/support.html",
        idea=idea,
        does_support=queries.does_support(idea, current_user),
        may_support=policy.may_support(current_user, idea),
    )


@bp.post("/ideas/<number>/supporters")
@login_required
def add_support(number: str) -> ResponseReturnValue:
    idea = _standing(number)
    authz.require(policy.may_support(current_user, idea))
    services.support(idea, by=current_user, at=clock.now())
    flash(_("Terima kasih. Anda tercatat mendukung gagasan ini."), "success")
    return htmx.go(url_for(".show", number=number))


@bp.post("/ideas/<number>/supporters/removal")
@login_required
def remove_support(number: str) -> ResponseReturnValue:
    idea = _standing(number)
    authz.require(policy.may_support(current_user, idea))
    services.unsupport(idea, by=current_user, at=clock.now())
    flash(_("Dukungan Anda sudah dicabut."), "success")
    return htmx.go(url_for(".show", number=number))


@bp.get("/account/ideas")
@login_required
def mine() -> ResponseReturnValue:
    return render_template(
        "projects/ideas/mine.html",
        stories=pages.own(queries.given_by(current_user)),
        supported=pages.supported(queries.supported_by(current_user)),
    )


def _standing(number: str) -> Idea:
    """An idea that was neither taken back nor hidden."""
    idea = queries.idea_or_404(number)
    return idea if policy.stands(idea) else abort(404)


def _own(number: str) -> Idea:
    idea = queries.idea_or_404(number)
    authz.require(policy.may_edit(current_user, idea, clock.now()))
    return idea


def _new_form() -> forms.NewIdeaForm:
    form = forms.NewIdeaForm()
    form.offer(projects.areas())
    return form


def _edit_form(idea: Idea) -> forms.IdeaForm:
    form = forms.IdeaForm(data=forms.typed_of(idea))
    form.offer(projects.areas())
    return form


def _photos(form: forms.NewIdeaForm, now: Any) -> list[Attachment]:
    """What is a photo is kept. Raises DomainError at the first that is none."""
    uploads = [upload for upload in form.photos.data or [] if upload]
    if len(uploads) > PHOTOS:
        raise DomainError(_("Paling banyak tiga foto."), field="photos")
    try:
        return [attachments.keep_image(upload.stream, now) for upload in uploads]
    except DomainError as error:
        raise DomainError(error.message, field="photos") from error


def _new_page(project: Project, form: forms.NewIdeaForm, status: int = 200) -> ResponseReturnValue:
    return previews.page(
        "projects/ideas/new.html",
        form.body.data,
        status=status,
        project=project,
        form=form,
        is_collecting=pages.is_collecting(project, clock.now()),
    )


def _edit_page(idea: Idea, form: forms.IdeaForm, status: int = 200) -> ResponseReturnValue:
    return previews.page("projects/ideas/edit.html", form.body.data, status=status, idea=idea, form=form)


def _own_page(idea: Idea, form: forms.VerdictForm, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "projects/ideas/own.html", idea=idea, form=form, **pages.own_doors(idea, clock.now())
    ), status
