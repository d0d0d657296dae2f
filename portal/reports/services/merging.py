"""Two reports of the same matter become one: the earlier one goes on, the later one says where it went."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from portal.accounts.models import User
from portal.assignments import services as assignments
from portal.assignments.rules import AssignmentState
from portal.db import db
from portal.deadlines import services as deadlines
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import rules
from portal.reports.followers import services as followers
from portal.reports.models import Report, ReportMerge, Supporter
from portal.reports.rules import Ending, ReportState
from portal.reports.services import carrying, letters, record, transitions


def refusal_of(report: Report, into: Report) -> DomainError | None:
    """Why the two cannot be merged this way; None when they can.

    The earlier one survives with its own clock, so that nobody's waiting becomes shorter by a merge.
    """
    if report.id == into.id:
        return DomainError(_l("Laporan tidak dapat digabungkan dengan dirinya sendiri."))
    if not {report.state, into.state} <= rules.RUNNING:
        return DomainError(_l("Hanya laporan yang masih berjalan dapat digabungkan."))
    if (into.received_at, into.id) > (report.received_at, report.id):
        return DomainError(_l("Laporan yang lebih dahulu diterima tetap berjalan, dengan jamnya sendiri."))
    if into.state is ReportState.SUBMITTED and report.state is not ReportState.SUBMITTED:
        return DomainError(_l("Verifikasi dahulu laporan yang lebih lama, lalu gabungkan."))
    if _care(report) != _care(into):
        return DomainError(
            _l(
                "Laporan rahasia hanya digabungkan dengan laporan rahasia, dan laporan berkadar "
                "pengawasan hanya dengan yang menyangkut dinas yang sama."
            )
        )
    if any(_is_returned(one) for one in (report, into)):
        return DomainError(_l("Laporan ini kembali dari dinas. Tentukan dahulu penerimanya."))
    return None


def merge(
    report: Report, *, into: Report, by: User, at: datetime, expected_lock: int | None = None
) -> ReportMerge:
    """`report` ends as merged and `into` goes on with its own clock. Who brought or followed `report`
    follows `into` from now on, counted once. Nothing of one's words is shown on the other's page."""
    for one in sorted((report, into), key=lambda one: one.id):
        transitions.claim(one, expected_lock if one is report else None)
    refusal = refusal_of(report, into)
    if refusal is not None:
        raise refusal
    done = ReportMerge(report_id=report.id, into_id=into.id, by_id=by.id, at=at, adds_reporter=False)
    db.session.add(done)
    db.session.flush()
    _end_duty(report, at)
    transitions.end(report, Ending.MERGED, at=at)
    report.merged_into_id = into.id
    _bring_people(report, into, done, at)
    followers.move(report, into=into)
    carrying.carry_on(report, into, at=at)
    _told(report, into, at)
    return done


def may_unmerge(done: ReportMerge | None, into: Report | None, at: datetime) -> bool:
    """For seven days, as long as the survivor was not merged on."""
    return (
        done is not None
        and done.undone_at is None
        and into is not None
        and into.merged_into_id is None
        and at <= done.at + timedelta(days=rules.UNMERGE_DAYS)
    )


def unmerge(report: Report, *, by: User, at: datetime) -> None:
    """The merge was a mistake: the report goes on by itself with the days it had left."""
    transitions.claim(report)
    done = last_merge(report)
    into = db.session.get(Report, done.into_id) if done else None
    if done is None or into is None or not may_unmerge(done, into, at):
        raise DomainError(_l("Penggabungan hanya dapat dibatalkan dalam tujuh hari."))
    transitions.claim(into)
    done.undone_at, done.undone_by_id = at, by.id
    _take_people_back(report, into, done)
    report.merged_into_id = report.closed_at = report.ending = report.ended_at = None
    report.state = ReportState.OPEN if report.assignment else ReportState.SUBMITTED
    if report.assignment:
        assignments.restore(report.assignment, at=at)
    else:
        deadlines.restore(transitions.verify_clock(report), at=at)
    carrying.take_up_again(report, at=at)
    for one, other in ((report, into), (into, report)):
        transitions.touch(one)
        record.write(one, "unmerged", at=at, other=other.number)
    letters.tell_reporter(report, "report_unmerged", at=at, key=str(done.id), other=into.number)


def last_merge(report: Report) -> ReportMerge | None:
    """The merge by which this report went on in another one, if it still stands."""
    found: ReportMerge | None = db.session.scalar(
        select(ReportMerge)
        .where(ReportMerge.report_id == report.id, ReportMerge.undone_at.is_(None))
        .order_by(ReportMerge.id.desc())
        .limit(1)
    )
    return found


def _care(report: Report) -> tuple[bool, bool, int | None]:
    return (report.is_confidential, report.is_supervisory, report.concerned_agency_id)


def _is_returned(report: Report) -> bool:
    return report.assignment is not None and report.assignment.state is AssignmentState.RETURNED


def _end_duty(report: Report, at: datetime) -> None:
    """No answer is owed for it any more; its stages end unmet."""
    if report.assignment:
        assignments.withdraw(report.assignment, at=at, is_merged=True)
    else:
        deadlines.close(transitions.verify_clock(report), at=at)


def _told(report: Report, into: Report, at: datetime) -> None:
    for one in (report, into):
        transitions.touch(one)
    record.write(report, "merged", at=at, into=into.number)
    record.write(into, "merged_in", at=at, report=report.number)
    letters.tell_reporter(report, "report_merged", at=at, key=into.number, into=into.number)
    letters.tell_reporter(into, "report_merged_in", at=at, key=report.number, other=report.number)


def _bring_people(report: Report, into: Report, done: ReportMerge, at: datetime) -> None:
    """Each person once: who stands there already, or brought the survivor, is not counted again."""
    own = select(Supporter.user_id).where(Supporter.report_id == into.id)
    there = {into.reporter.user_id, *db.session.scalars(own)}
    came = db.session.execute(
        select(Supporter.user_id, Supporter.is_affected).where(Supporter.report_id == report.id)
    )
    people: dict[int, bool] = dict(iter(came))
    if report.reporter.user_id is not None:
        people[report.reporter.user_id] = True
    brought = {user_id: affected for user_id, affected in people.items() if user_id not in there}
    db.session.add_all(
        Supporter(report_id=into.id, user_id=user_id, is_affected=affected, at=at, merge_id=done.id)
        for user_id, affected in brought.items()
    )
    done.adds_reporter = _is_somebody_else(report, into)
    into.supporter_count += sum(brought.values()) + done.adds_reporter + _strangers(report)
    report.supporter_count = 0


def _is_somebody_else(report: Report, into: Report) -> bool:
    """Did a person whom no row of followers names bring it, who is known not to be the survivor's reporter?
    Without any address nobody knows, and nobody is counted. Sealed ones are compared with nobody: a count
    that stayed would say whose they are, or that two are of one hand."""
    if report.reporter.sealed is not None:
        return True
    address = report.reporter.email
    user = into.reporter.user
    known = {into.reporter.email, user.email if user else None}
    return report.reporter.user_id is None and address is not None and address not in known


def _take_people_back(report: Report, into: Report, done: ReportMerge) -> None:
    came = (Supporter.merge_id == done.id,)
    counted = db.session.scalar(select(func.count()).where(*came, Supporter.is_affected)) or 0
    db.session.execute(delete(Supporter).where(*came))
    into.supporter_count -= counted + done.adds_reporter + _strangers(report)
    own = select(func.count()).where(Supporter.report_id == report.id, Supporter.is_affected)
    report.supporter_count = (db.session.scalar(own) or 0) + _strangers(report)


def _strangers(report: Report) -> int:
    """People without an account whose reports were merged into this one before: they go where it goes."""
    standing = select(func.count()).where(
        ReportMerge.into_id == report.id, ReportMerge.undone_at.is_(None), ReportMerge.adds_reporter
    )
    return db.session.scalar(standing) or 0
