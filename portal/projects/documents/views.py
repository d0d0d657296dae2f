"""Papers of a project: the list, one as a file, and publishing them."""

from flask import Blueprint, abort, flash, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required

from portal import clock, htmx, page_cache
from portal.attachments import documents as pdfs
from portal.attachments import files
from portal.errors import DomainError
from portal.i18n import _
from portal.projects import queries as projects
from portal.projects import rules as projects_rules
from portal.projects.documents import queries, services
from portal.projects.documents.forms import DocumentForm
from portal.projects.frame import frame
from portal.projects.models import Project
from portal.projects.running import to_run

bp = Blueprint("documents", __name__)

# It may be taken back, so nobody keeps it for good without asking.
KEEP = "private, max-age=300"
SANDBOX = "default-src 'none'; sandbox"


@bp.get("/projects/<slug>/documents")
@page_cache.public
def index(slug: str) -> ResponseReturnValue:
    project, now = projects.project_or_404(slug), clock.now()
    return render_template(
        "projects/documents/index.html",
        frame=frame(project, now, current="documents"),
        documents=queries.of_project(project),
    )


@bp.get("/documents/<token>.pdf")
def download(token: str) -> ResponseReturnValue:
    """Always saved, never shown inside the portal: a PDF may carry scripts of its own.

    404 also where a restore has left its bytes out.
    """
    document = queries.by_token(token) or abort(404)
    path = files.path_of(pdfs.file_name(document.sha256))
    if not path.is_file():
        abort(404)
    response = send_file(
        path,
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{projects_rules.slug(document.title)}.pdf",
        etag=document.sha256,
    )
    response.headers["Cache-Control"] = KEEP
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@bp.get("/projects/<slug>/documents/new")
@login_required
def new(slug: str) -> ResponseReturnValue:
    return _form_page(to_run(slug), DocumentForm())


@bp.post("/projects/<slug>/documents")
@login_required
def create(slug: str) -> ResponseReturnValue:
    project, form = to_run(slug), DocumentForm()
    if form.validate_on_submit() and form.dated_on.data is not None:
        try:
            services.publish(
                project,
                form.file.data.stream,
                title=form.title.data or "",
                dated_on=form.dated_on.data,
                by=current_user,
                at=clock.now(),
            )
        except DomainError as error:
            form.refuse(DomainError(error.message, field="file"))
        else:
            flash(_("Dokumen terbit."), "success")
            return htmx.go(url_for("project_editing.manage", slug=slug))
    return _form_page(project, form, status=422)


@bp.get("/projects/<slug>/documents/<token>/removal")
@login_required
def removal(slug: str, token: str) -> ResponseReturnValue:
    to_run(slug)
    document = queries.by_token(token)
    if document is None or document.project.slug != slug:
        abort(404)
    return render_template("projects/documents/remove.html", document=document)


@bp.post("/projects/<slug>/documents/<token>/removal")
@login_required
def remove(slug: str, token: str) -> ResponseReturnValue:
    """Twice is as good as once."""
    project = to_run(slug)
    document = queries.by_token(token)
    if document is not None and document.project == project:
        services.remove(document, by=current_user, at=clock.now())
    flash(_("Dokumen ditarik."), "success")
    return htmx.go(url_for(".index", slug=slug))


def _form_page(project: Project, form: DocumentForm, status: int = 200) -> ResponseReturnValue:
    return render_template("projects/documents/new.html", project=project, form=form), status
