"""A moderator's refusal before verification, and another moderator's word that it does not hold."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments import refusal_words
from portal.assignments.grounds import Grounds
from portal.assignments.grounds import check as check_grounds
from portal.assignments.rules import RefusalBasis
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation.models import Agency
from portal.reports.models import EarlyRefusal, ModeratorQuestion, Report
from portal.reports.rules import Ending, ReportState
from portal.reports.services import letters, record, transitions


def refuse_unverified(
    report: Report,
    *,
    basis: RefusalBasis,
    reason: str,
    by: User,
    at: datetime,
    outside_body: Agency | None = None,
    duplicate_of: str | None = None,
) -> EarlyRefusal:
    """Close a report that is no matter for the city: everybody reads the basis, the reporter the reason.

    Like any refusal with its basis it is a first answer, too. Raises DomainError beside what is missing.
    """
    transitions.require_submitted(report)
    grounds = Grounds(basis, outside_body, duplicate_of)
    _check(report, grounds, reason)
    deadlines.conclude(transitions.verify_clock(report), Stage.VERIFY, at=at)
    report.first_response_at = report.first_response_at or at
    report.first_closed_at = report.first_closed_at or at
    transitions.end(report, Ending.REFUSED, at=at)
    refusal = _keep(report, grounds, reason, by, at)
    digest = record.digest(report.content, reason)
    record.write(report, "refused_unverified", at=at, **grounds.details, reason=digest, refusal=refusal.id)
    letters.tell_reporter(
        report,
        "report_refused_unverified",
        at=at,
        key=str(refusal.id),
        reason=reason,
        **refusal_words.told(refusal),
    )
    return refusal


def overturn_early(refusal: EarlyRefusal, *, reason: str, by: User, at: datetime) -> None:
    """The report waits for verification again, with the days that were left for it; that closure failed.

    Raises DomainError when it was undone before, or `by` refused it themselves.
    """
    report = refusal.report
    transitions.claim(report)
    if refusal.author_id == by.id:
        raise DomainError(_l("Anda sendiri yang menolaknya. Moderator lain yang menilai."))
    if not may_overturn_early(refusal, by):
        raise DomainError(
            _l("Penolakan ini sudah dibatalkan, atau urusannya sudah berakhir dengan cara lain.")
        )
    if not reason.strip():
        raise DomainError(_l("Tulis alasannya."), field="reason")
    deadlines.reopen(transitions.verify_clock(report), at=at, by_moderator=True)
    transitions.overturn(report, ReportState.SUBMITTED, at=at)
    refusal.overturned_at, refusal.overturned_by_id, refusal.overturn_reason = at, by.id, reason.strip()
    record.write(report, "refusal_overturned", at=at, refusal=refusal.id, basis=refusal.basis)
    letters.tell_reporter(
        report, "report_refusal_overturned", at=at, key=f"early:{refusal.id}", reason=refusal.overturn_reason
    )


def may_overturn_early(refusal: EarlyRefusal, by: User) -> bool:
    """Does the refusal still stand, and did somebody else give it?"""
    return (
        refusal.overturned_at is None
        and refusal.author_id != by.id
        and refusal.report.ending is Ending.REFUSED
        and refusal.report.assignment_id is None
    )


def _check(report: Report, grounds: Grounds, reason: str) -> None:
    if grounds.basis is RefusalBasis.UNCLEAR:
        raise DomainError(
            _l("Laporan yang tidak jelas ditanyakan dahulu; tanpa jawaban, laporan itu diarsipkan."),
            field="basis",
        )
    try:
        check_grounds(grounds, number=report.number, body=reason, is_unclear=False)
    except DomainError as error:
        field = "explanation" if error.field == "body" else error.field
        raise DomainError(error.message, field=field) from error


def _keep(report: Report, grounds: Grounds, reason: str, by: User, at: datetime) -> EarlyRefusal:
    question = ModeratorQuestion(report_id=report.id, author_id=by.id, body=reason, at=at)
    refusal = EarlyRefusal(report=report, question=question, author_id=by.id, at=at, **grounds.columns)
    db.session.add(refusal)
    db.session.flush()
    return refusal
