"""Meetings: the list, one of them, registering, calendars, and for those who run the project inviting."""

from flask import Blueprint, Response, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import authz, clock, htmx, page_cache
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import policy as projects_policy
from portal.projects import queries as projects
from portal.projects.frame import frame
from portal.projects.meetings import calendars, forms, policy, queries, services
from portal.projects.meetings.models import Meeting
from portal.projects.models import Project
from portal.projects.running import to_run

bp = Blueprint("meetings", __name__)


@bp.get("/projects/<slug>/meetings")
@page_cache.public
def index(slug: str) -> ResponseReturnValue:
    project, now = projects.project_or_404(slug), clock.now()
    found = queries.of_project(project)
    return render_template(
        "projects/meetings/index.html",
        frame=frame(project, now, current="meetings"),
        coming=[one for one in reversed(found) if one.ends_at >= now],
        past=[one for one in found if one.ends_at < now],
    )


@bp.get("/projects/<slug>/meetings.ics")
@page_cache.public
def feed(slug: str) -> ResponseReturnValue:
    """All meetings of the project, to subscribe to."""
    project = projects.project_or_404(slug)
    return _calendar(calendars.calendar(project.title, queries.of_project(project)), slug)


@bp.get("/meetings/<number>")
@page_cache.public
def show(number: str) -> ResponseReturnValue:
    meeting, now = queries.meeting_or_404(number), clock.now()
    return render_template(
        "projects/meetings/show.html",
        frame=frame(meeting.project, now, current="meetings").about(number),
        meeting=meeting,
        is_ahead=policy.is_ahead(meeting, now),
        has_room=policy.has_room(meeting),
    )


@bp.get("/meetings/<number>.ics")
@page_cache.public
def export(number: str) -> ResponseReturnValue:
    meeting = queries.meeting_or_404(number)
    return _calendar(calendars.calendar(meeting.title, [meeting]), number)


@bp.get("/meetings/<number>/registration")
@login_required
def registration(number: str) -> ResponseReturnValue:
    """The form stands on a page of its own, so that the public page carries no token."""
    meeting = queries.meeting_or_404(number)
    return render_template(
        "projects/meetings/registration.html",
        meeting=meeting,
        is_registered=queries.is_registered(meeting, current_user),
        may_register=policy.may_register(current_user, meeting, clock.now()),
        has_room=policy.has_room(meeting),
    )


@bp.post("/meetings/<number>/registrations")
@login_required
def register(number: str) -> ResponseReturnValue:
    meeting = queries.meeting_or_404(number)
    authz.require(policy.may_register(current_user, meeting, clock.now()))
    try:
        services.register(meeting, by=current_user, at=clock.now())
    except DomainError as error:
        flash(str(error), "error")
    else:
        flash(_("Anda terdaftar. Sampai bertemu."), "success")
    return htmx.go(url_for(".show", number=number))


@bp.post("/meetings/<number>/registrations/removal")
@login_required
def unregister(number: str) -> ResponseReturnValue:
    meeting = queries.meeting_or_404(number)
    services.withdraw_registration(meeting, by=current_user, at=clock.now())
    flash(_("Pendaftaran Anda dibatalkan."), "success")
    return htmx.go(url_for(".show", number=number))


@bp.get("/projects/<slug>/meetings/new")
@login_required
def new(slug: str) -> ResponseReturnValue:
    return _form_page(to_run(slug), forms.MeetingForm())


@bp.post("/projects/<slug>/meetings")
@login_required
def create(slug: str) -> ResponseReturnValue:
    project, form = to_run(slug), forms.MeetingForm()
    if form.validate_on_submit():
        try:
            services.invite(project, form.invitation, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Undangan disimpan."), "success")
            return htmx.go(url_for("project_editing.manage", slug=slug))
    return _form_page(project, form, status=422)


@bp.get("/meetings/<number>/edit")
@login_required
def edit(number: str) -> ResponseReturnValue:
    meeting = _mine(number)
    return _form_page(meeting.project, forms.MeetingForm(data=forms.typed_of(meeting)), meeting)


@bp.post("/meetings/<number>/edit")
@login_required
def update(number: str) -> ResponseReturnValue:
    meeting, form = _mine(number), forms.MeetingForm()
    if form.validate_on_submit():
        try:
            services.change(meeting, form.invitation, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Pertemuan diubah."), "success")
            return htmx.go(url_for(".show", number=number))
    return _form_page(meeting.project, form, meeting, status=422)


@bp.get("/meetings/<number>/cancellation")
@login_required
def cancellation(number: str) -> ResponseReturnValue:
    return _page("projects/meetings/cancel.html", _mine(number), forms.CancelForm())


@bp.post("/meetings/<number>/cancellation")
@login_required
def cancel(number: str) -> ResponseReturnValue:
    meeting, form = _mine(number), forms.CancelForm()
    if form.validate_on_submit():
        try:
            services.cancel(meeting, reason=form.reason.data or "", at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Pertemuan dibatalkan. Pengikut rencana dikabari."), "success")
            return htmx.go(url_for(".show", number=number))
    return _page("projects/meetings/cancel.html", meeting, form, status=422)


@bp.get("/meetings/<number>/registrations")
@login_required
def registrations(number: str) -> ResponseReturnValue:
    """Who wants to come, for the organisers."""
    meeting = _mine(number)
    names = queries.registered(meeting)
    return render_template("projects/meetings/registrations.html", meeting=meeting, names=names)


@bp.get("/meetings/<number>/minutes")
@login_required
def minutes(number: str) -> ResponseReturnValue:
    meeting = _mine(number)
    return _page("projects/meetings/minutes.html", meeting, forms.MinutesForm(obj=meeting))


@bp.post("/meetings/<number>/minutes")
@login_required
def publish_minutes(number: str) -> ResponseReturnValue:
    meeting, form = _mine(number), forms.MinutesForm()
    if form.validate_on_submit():
        try:
            services.publish_minutes(meeting, **form.values, at=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("Notulen terbit. Pengikut rencana dikabari."), "success")
            return htmx.go(url_for(".show", number=number))
    return _page("projects/meetings/minutes.html", meeting, form, status=422)


def _mine(number: str) -> Meeting:
    meeting = queries.meeting_or_404(number)
    authz.require(projects_policy.may_run(current_user, meeting.project))
    return meeting


def _calendar(content: bytes, name: str) -> Response:
    response = Response(content, mimetype=calendars.MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _form_page(
    project: Project, form: forms.MeetingForm, meeting: Meeting | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template("projects/meetings/edit.html", project=project, meeting=meeting, form=form)
    return page, status


def _page(
    template: str, meeting: Meeting, form: forms.CancelForm | forms.MinutesForm, status: int = 200
) -> ResponseReturnValue:
    return render_template(template, meeting=meeting, form=form), status
