"""What the reporter and other residents do with a report after it was filed."""

from datetime import datetime

from sqlalchemy import select, update

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments import silence
from portal.assignments.models import Assignment
from portal.assignments.rules import Verdict
from portal.db import db
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import policy, rules
from portal.reports.models import Message, Report, Supporter
from portal.reports.rules import Ending, ReportState
from portal.reports.services import carrying, letters, publication, record, transitions
from portal.surveys import services as surveys


def answer_question(report: Report, *, body: str, at: datetime) -> Message:
    """What the reporter adds: the answer to a question sets the waiting clock going again.

    Within 30 days it also revives a report that was archived as incomplete.
    """
    transitions.claim(report)
    if not policy.can_be_written_to(report, at):
        raise DomainError(_l("Laporan ini sudah selesai dan tidak bisa ditambah lagi."))
    message = _write(report, body, at)
    if report.state is ReportState.CLOSED:
        _revive(report, at)
    elif report.state is ReportState.SUBMITTED:
        deadlines.resume(transitions.verify_clock(report), at=at)
    elif report.assignment:
        assignments.resident_replied(report.assignment, at=at)
    return message


def give_verdict(report: Report, *, verdict: Verdict, stars: int | None, comment: str, at: datetime) -> None:
    """The reporter says whether the answer solved it.

    Solved ends the report; so does "partly", and leaves it to them to reopen it. "Not solved" reopens it
    on its old clock, once; a second time moderators look at it. Who agrees with a refusal ends the report
    as refused.
    """
    transitions.claim(report)
    assignment = report.assignment
    if not policy.awaits_verdict(report) or assignment is None:
        raise DomainError(_l("Laporan ini tidak sedang menunggu penilaian Anda."))
    closure = report.reopen_count + 1
    if verdict is not Verdict.NOT:
        _agree(report, assignment, verdict, at)
    elif policy.can_be_reopened(report, at):
        _reopen(report, assignment, at)
    else:
        report.disputed_at = at
    surveys.rate(assignment.id, closure=closure, verdict=verdict, stars=stars, comment=comment, at=at)
    record.write(report, "verdict", at=at, verdict=verdict.value, stars=stars)
    if report.state is ReportState.OPEN:
        record.write(report, "reopened", at=at)
    elif report.disputed_at:
        assignments.dispute(assignment, at=at)


def reopen(report: Report, *, at: datetime) -> None:
    """The reporter comes back to a closed report: it was not solved after all."""
    transitions.claim(report)
    if not policy.can_be_reopened(report, at) or report.assignment is None:
        raise DomainError(_l("Laporan hanya bisa dibuka kembali sekali, dalam 30 hari setelah ditutup."))
    _reopen(report, report.assignment, at)
    record.write(report, "reopened", at=at)


def withdraw(report: Report, *, reason: str = "", at: datetime) -> None:
    """The reporter takes it back; open stages end unmet. Why, if they say so, stands among their messages."""
    transitions.claim(report)
    if not policy.can_be_withdrawn(report):
        raise DomainError(_l("Laporan ini sudah selesai."))
    if reason:
        _write(report, reason, at)
    transitions.end(report, Ending.WITHDRAWN, at=at)
    if report.assignment:
        assignments.withdraw(report.assignment, at=at)
        return
    if report.verify_clock:
        deadlines.close(report.verify_clock, at=at)
    record.write(report, "withdrawn", at=at)


def support(report: Report, *, by: User, at: datetime) -> None:
    """Somebody with the same matter: counted once, told of each step."""
    follower = _follower(report, by)
    if follower is not None and follower.is_affected:
        return
    if follower is None:
        follower = Supporter(report_id=report.id, user_id=by.id, at=at)
        db.session.add(follower)
    follower.is_affected = True
    _count(report, +1, at)
    carrying.carry_when_supported(report, at=at)


def follow(report: Report, *, by: User, at: datetime) -> None:
    """Be told of each step without being counted."""
    if _follower(report, by) is None:
        db.session.add(Supporter(report_id=report.id, user_id=by.id, is_affected=False, at=at))


def unfollow(report: Report, *, by: User, at: datetime) -> None:
    """Hear no more of it, and be counted no longer."""
    follower = _follower(report, by)
    if follower is None:
        return
    if follower.is_affected:
        _count(report, -1, at)
    db.session.delete(follower)


def _write(report: Report, body: str, at: datetime) -> Message:
    message = Message(
        report_id=report.id, body=body, public_body=publication.public_text(report, body), at=at
    )
    db.session.add(message)
    db.session.flush()
    record.write(report, "message", at=at, message=message.id, content=record.digest(report.content, body))
    return message


def _count(report: Report, step: int, at: datetime) -> None:
    # Counted by the database: two neighbours at the same moment are two.
    db.session.execute(
        update(Report)
        .where(Report.id == report.id)
        .values(supporter_count=Report.supporter_count + step)
        .execution_options(synchronize_session=False)
    )
    db.session.flush()
    db.session.refresh(report, ["supporter_count"])
    record.write(report, "supporters_counted", at=at, count=report.supporter_count)


def _follower(report: Report, user: User) -> Supporter | None:
    return db.session.scalar(select(Supporter).filter_by(report_id=report.id, user_id=user.id))


def _agree(report: Report, assignment: Assignment, verdict: Verdict, at: datetime) -> None:
    ending = Ending.SOLVED if verdict is Verdict.SOLVED else Ending.PARTLY
    if silence.was_refused(assignment):
        ending = Ending.REFUSED
    transitions.end(report, ending, at=at)
    assignments.finish(assignment, at=at)
    letters.tell_followers(report, "followed_report_closed", at=at, key=str(report.reopen_count))


def _reopen(report: Report, assignment: Assignment, at: datetime) -> None:
    assignments.reopen(assignment, at=at)
    transitions.reopen(report, at=at)
    letters.tell_followers(report, "followed_report_reopened", at=at, key=str(report.reopen_count))


def _revive(report: Report, at: datetime) -> None:
    """Completed after all: verification begins anew with a clock of its own."""
    clock = deadlines.open_clock(
        rules.matter_of(report.kind, report.is_supervisory, report.is_formal),
        stages=[Stage.VERIFY],
        at=at,
        category=report.category_code,
    )
    report.verify_clock = clock
    report.state = ReportState.SUBMITTED
    report.closed_at = report.ending = report.ended_at = None
    record.write(report, "revived", at=at)
