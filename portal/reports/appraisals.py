"""Which answer a person may rate, what they said of it before, and what may be said now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.assignments.models import Response
from portal.assignments.rules import EFFECTS, Verdict
from portal.reports import policy
from portal.reports.models import Report
from portal.surveys import queries as surveys
from portal.surveys.models import AnswerRating, Rating


@dataclass(frozen=True)
class Appraisal:
    """`decides`: the verdict moves the report. `given` is what stands; `choices` may be chosen now."""

    answer: Response
    given: Rating | AnswerRating | None
    choices: Sequence[Verdict]
    decides: bool = False
    is_due: bool = False  # nothing was said of this answer yet


def of_reporter(report: Report, responses: Sequence[Response], at: datetime) -> Appraisal | None:
    """None where there is no answer, or the time to say something about it is over."""
    answer = surveys.to_rate(responses)
    if answer is None:
        return None
    if not EFFECTS[answer.kind].resolves:
        given = surveys.answer_rating(answer.id, None)
        return Appraisal(answer, given, tuple(Verdict), is_due=given is None)
    if policy.awaits_verdict(report):
        return Appraisal(answer, None, tuple(Verdict), decides=True, is_due=True)
    verdict = surveys.last_verdict(answer.assignment_id)
    if verdict is None or verdict.at < answer.at:
        return None
    return Appraisal(answer, verdict, _still_open(report, verdict, at))


def of_supporter(responses: Sequence[Response], user_id: int) -> Appraisal | None:
    answer = surveys.to_rate(responses)
    if answer is None:
        return None
    given = surveys.answer_rating(answer.id, user_id)
    return Appraisal(answer, given, tuple(Verdict), is_due=given is None)


def _still_open(report: Report, verdict: Rating, at: datetime) -> Sequence[Verdict]:
    """ "Not solved" stands once it was said; it can be said later while the report can be reopened."""
    if verdict.verdict is Verdict.NOT:
        return (Verdict.NOT,)
    agreed = (Verdict.SOLVED, Verdict.PARTLY)
    return tuple(Verdict) if policy.can_be_reopened(report, at) else agreed
