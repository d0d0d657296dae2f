"""The version in the making: upload a drawing, judge the pins of the version before, publish."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from werkzeug.exceptions import NotFound

from portal import clock, htmx
from portal.errors import DomainError
from portal.i18n import _
from portal.projects.frame import frame
from portal.projects.models import Project
from portal.projects.plans import forms, labels, queries, rules, services, sheets
from portal.projects.plans.models import PlanVersion
from portal.projects.running import to_run

bp = Blueprint("plan_drafts", __name__, url_prefix="/projects/<slug>/plan/draft")


@bp.get("")
@login_required
def show(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    version = queries.draft(queries.versions_of(project))
    form = forms.SheetForm(formdata=None, data=_typed(version)).offer(queries.choosable_ideas(project))
    return render_template("projects/plan/draft.html", **_page(project, version, form))


@bp.post("")
@login_required
def save(slug: str) -> ResponseReturnValue:
    """A first drawing makes the draft; later ones replace it."""
    project = to_run(slug)
    version, ideas = queries.draft(queries.versions_of(project)), queries.choosable_ideas(project)
    form = forms.SheetForm().offer(ideas)
    if form.validate_on_submit():
        try:
            _save(project, version, form, [idea for idea in ideas if idea.id in (form.ideas.data or ())])
            return htmx.go(url_for(".show", slug=slug))
        except DomainError as error:
            form.refuse(error)
    return render_template("projects/plan/draft.html", **_page(project, version, form)), 422


@bp.get("/verdicts")
@login_required
def verdicts(slug: str) -> ResponseReturnValue:
    form = forms.VerdictsForm(formdata=None)
    return render_template("projects/plan/verdicts.html", **_verdicts_page(to_run(slug), form))


@bp.post("/verdicts")
@login_required
def judge(slug: str) -> ResponseReturnValue:
    project, form = to_run(slug), forms.VerdictsForm()
    version, former = _draft_and_former(project)
    if form.validate_on_submit():
        places = queries.places_by_id(former, form.pins.data or ())
        said = [(place, _verdict(form, at)) for at, place in enumerate(places)]
        try:
            services.judge(version, said, by=current_user, at=clock.now())
            flash(_("Penilaian disimpan. Warga membacanya setelah denah baru dibuka."), "success")
            return htmx.go(url_for(".verdicts", slug=slug, **_shown()))
        except DomainError as error:
            form.refuse(error)
    return render_template("projects/plan/verdicts.html", **_verdicts_page(project, form)), 422


@bp.post("/publication")
@login_required
def publish(slug: str) -> ResponseReturnValue:
    project = to_run(slug)
    version = queries.draft(queries.versions_of(project)) or _missing()
    try:
        services.publish(version, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
        return htmx.go(url_for(".show", slug=slug))
    flash(_("Denah versi %(number)s dibuka untuk umum.", number=version.number), "success")
    return htmx.go(url_for("plans.show", slug=slug))


@bp.post("/removal")
@login_required
def discard(slug: str) -> ResponseReturnValue:
    """Whoever presses twice finds it discarded."""
    version = queries.draft(queries.versions_of(to_run(slug)))
    if version is not None:
        services.discard(version, at=clock.now())
        flash(_("Rancangan denah dibuang."), "success")
    return htmx.go(url_for(".show", slug=slug))


def _missing() -> Any:
    raise NotFound


def _draft_and_former(project: Project) -> tuple[PlanVersion, PlanVersion]:
    versions = queries.versions_of(project)
    former = queries.published(versions)
    return queries.draft(versions) or _missing(), former[0] if former else _missing()


def _typed(version: PlanVersion | None) -> dict[str, Any]:
    if version is None:
        return {}
    ideas = [idea.id for idea in queries.ideas_on(version)]
    return {"title": version.title, "change_note": version.change_note, "ideas": ideas}


def _save(project: Project, version: PlanVersion | None, form: forms.SheetForm, ideas: Any) -> None:
    typed = services.Sheet(title=form.title.data or "", change_note=form.change_note.data or "", ideas=ideas)
    drawing = form.drawing.data or None
    if version is not None:
        services.change(version, typed, drawing=drawing, at=clock.now())
    elif drawing is None:
        raise DomainError(_("Pilih berkas gambar denah."), field="drawing")
    else:
        services.draft(project, typed, drawing=drawing, by=current_user, at=clock.now())
    flash(_("Rancangan denah disimpan."), "success")


def _verdict(form: forms.VerdictsForm, at: int) -> services.Verdict:
    square = rules.square_named(form.square.data or "")
    x, y = rules.spot(square, at) if square is not None else (None, None)
    return services.Verdict(fate=form.verdict, reason=form.reason.data or "", x=x, y=y)


def _page(project: Project, version: PlanVersion | None, form: forms.SheetForm) -> dict[str, Any]:
    former = queries.current(project)
    return {
        "frame": frame(project, clock.now(), current="plan"),
        "project": project,
        "version": version,
        "former": former,
        "form": form,
        "sheet": sheets.sheet(version) if version else None,
        "waiting": queries.waiting_count(former) if version else 0,
    }


def _shown() -> dict[str, Any]:
    return {"all": "1"} if request.args.get("all") else {}


def _verdicts_page(project: Project, form: forms.VerdictsForm) -> dict[str, Any]:
    version, former = _draft_and_former(project)
    after = request.args.get("after", "")
    found, further = queries.to_judge(
        former, after=int(after) if after.isdecimal() and len(after) < 9 else 0, waiting_only=not _shown()
    )
    return {
        "frame": frame(project, clock.now(), current="plan"),
        "project": project,
        "version": version,
        "former": former,
        "form": form,
        "judged": found,
        "fates": labels.FATE,
        "kinds": labels.KIND,
        "tones": labels.TONE,
        "waiting": queries.waiting_count(former),
        "shows_all": bool(_shown()),
        "older_url": url_for(".verdicts", slug=project.slug, after=further, **_shown()) if further else None,
        "newer_url": url_for(".verdicts", slug=project.slug, **_shown()) if after else None,
        "sheets": [sheets.sheet(former), sheets.sheet(version)],
    }
