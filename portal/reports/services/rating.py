"""What the reporter and those who have the same matter say of the last answer, until the next one comes."""

from datetime import datetime

from portal.accounts.models import User
from portal.assignments.models import Response
from portal.assignments.rules import EFFECTS, Verdict
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.reports import policy, queries
from portal.reports.models import Report
from portal.reports.rules import Ending, ReportState
from portal.reports.services import following, record, transitions
from portal.surveys import queries as surveys_queries
from portal.surveys import services as surveys
from portal.surveys.models import Rating

AGREED = {Verdict.SOLVED: Ending.SOLVED, Verdict.PARTLY: Ending.PARTLY}


def rate(report: Report, *, verdict: Verdict, stars: int | None, comment: str, at: datetime) -> None:
    """The reporter says what they think. Of an answer that ended the duty this is the verdict, which moves
    the report; of an interim one it is told and moves nothing."""
    transitions.claim(report)
    answer = _last_answer(report)
    if not EFFECTS[answer.kind].resolves:
        surveys.rate_answer(answer, user_id=None, verdict=verdict, stars=stars, comment=comment, at=at)
        record.write(report, "answer_rated", at=at, response=answer.id, verdict=verdict.value, stars=stars)
    elif policy.awaits_verdict(report):
        following.give_verdict(report, verdict=verdict, stars=stars, comment=comment, at=at)
    else:
        _change_verdict(report, answer, verdict=verdict, stars=stars, comment=comment, at=at)
    db.session.flush()


def rate_as_supporter(
    report: Report, *, by: User, verdict: Verdict, stars: int | None, comment: str, at: datetime
) -> None:
    """Somebody with the same matter speaks for themselves. The record says that it happened, not what."""
    if not policy.may_rate_as_supporter(report, queries.follower(report, by)):
        raise DomainError(_l("Penilaian ini untuk warga yang mengalami hal yang sama."))
    answer = _last_answer(report)
    surveys.rate_answer(answer, user_id=by.id, verdict=verdict, stars=stars, comment=comment, at=at)
    record.write(report, "supporter_rated", at=at, response=answer.id)


def _last_answer(report: Report) -> Response:
    answer = surveys_queries.to_rate(queries.responses_of(report))
    if answer is None:
        raise DomainError(_l("Belum ada jawaban yang dapat dinilai."))
    return answer


def _change_verdict(
    report: Report, answer: Response, *, verdict: Verdict, stars: int | None, comment: str, at: datetime
) -> None:
    """Stars and words may change until the next answer. Content and half content may become each other;
    "not solved" after all reopens the report while it can be reopened, and once said it stands."""
    rating = _standing_verdict(report, answer)
    assignment = report.assignment
    if rating is None or assignment is None:
        raise DomainError(_l("Laporan ini tidak sedang menunggu penilaian Anda."))
    if rating.verdict is Verdict.NOT and verdict is not Verdict.NOT:
        raise DomainError(_l("Laporan ini sudah dibuka kembali. Nilai jawaban yang berikutnya."))
    is_reopening = rating.verdict is not Verdict.NOT and verdict is Verdict.NOT
    if is_reopening and not policy.can_be_reopened(report, at):
        raise DomainError(_l("Laporan hanya bisa dibuka kembali sekali, dalam 30 hari setelah ditutup."))
    surveys.rate(assignment.id, closure=rating.closure, verdict=verdict, stars=stars, comment=comment, at=at)
    record.write(report, "verdict_changed", at=at, verdict=verdict.value, stars=stars)
    if is_reopening:
        following.reopen(report, at=at)
    elif report.state is ReportState.CLOSED and report.ending in AGREED.values():
        report.ending = AGREED[verdict]


def _standing_verdict(report: Report, answer: Response) -> Rating | None:
    rating = surveys_queries.last_verdict(answer.assignment_id)
    return rating if rating is not None and rating.at >= answer.at else None
