"""The report that a moderator puts right, and the ways back to it."""

from flask import abort, url_for
from flask_login import current_user

from portal import authz
from portal.desk import policy
from portal.desk.queries import triage as queries
from portal.i18n import _
from portal.reports.models import Report
from portal.reports.rules import ReportState


def own(number: str) -> Report:
    """A report in any state with its text, photos and people, for who may put it right; else 404."""
    return find(number) or abort(404)


def find(number: str) -> Report | None:
    """The same, None where there is no such report."""
    authz.require(policy.may_triage(current_user))
    return queries.report(number, current_user)


def address(report: Report) -> str:
    """Where a moderator looks at it: in triage until it is verified, then its public text."""
    page = "desk.review" if report.state is ReportState.SUBMITTED else "desk.edit_public_text"
    return url_for(page, number=report.number)


def trail(report: Report, label: str) -> list[tuple[str, str | None]]:
    """The breadcrumbs of a page about it."""
    return [
        (_("Meja verifikasi"), url_for("desk.triage")),
        (report.number, address(report)),
        (label, None),
    ]
