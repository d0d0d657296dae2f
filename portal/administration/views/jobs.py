"""Work of the portal that was given up, and its second chance."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock, htmx
from portal.administration import changes, queries, services
from portal.administration.views.blueprint import bp, found
from portal.deadlines import checking
from portal.i18n import _
from portal.jobs import queries as job_queries
from portal.jobs.models import Job
from portal.jobs.rules import JobState


@bp.get("/jobs")
def jobs() -> ResponseReturnValue:
    now = clock.now()
    return render_template(
        "administration/jobs.html",
        jobs=job_queries.dead(),
        heartbeat_at=job_queries.heartbeat_at(),
        oldest_due_at=job_queries.oldest_due_at(now),
        check=checking.last(),
        changes=changes.told(queries.changes(kind="job")),
    )


@bp.post("/jobs/<int:job_id>/retry")
def retry_job(job_id: int) -> ResponseReturnValue:
    job = found(Job, job_id)
    if job.state is JobState.DEAD:  # a second press, or another administrator: it runs already
        services.retry_job(job, by=current_user, at=clock.now())
    flash(_("Pekerjaan itu akan dicoba lagi sekarang."), "success")
    return htmx.go(url_for(".jobs"))
