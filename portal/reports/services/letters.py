"""Letters to those who brought a report and to those who follow it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload

from portal import config
from portal.accounts.models import User
from portal.db import db
from portal.deadlines.hooks import Moved
from portal.deadlines.models import StageDeadline
from portal.deadlines.rules.stages import Step
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.reports import links, policy
from portal.reports.followers import services as followers
from portal.reports.models import Report, Supporter

TEXTS = frozenset({"question", "answer", "reason"})
# Whoever has the same matter is asked, as the reporter is, what they think of the answer.
ASK_TO_RATE = frozenset({"followed_report_answered", "followed_report_refused"})


def reaches(report: Report) -> bool:
    """Is there anybody to write to?"""
    return recipient_of(report) is not None


def tell_reporter(report: Report, letter: str, *, at: datetime, key: str = "", **values: Any) -> None:
    """Write to the reporter. `key` tells apart letters of one name about one report.

    Letters pass through many hands: of a confidential report they carry no text.
    """
    recipient = recipient_of(report)
    if recipient is None:
        return
    if report.is_confidential:
        values |= dict.fromkeys(TEXTS & values.keys(), "")
    notifications.tell(
        recipient,
        letter,
        key=f"report:{report.number}:{letter}:{key}",
        at=at,
        path=f"/reports/{report.number}/private",
        about=None if report.is_confidential else f"report:{report.number}",
        number=report.number,
        title="" if report.is_confidential else report.content.title,
        agency=report.agency.name if report.agency else "",
        official=report.official.name if report.official else "",
        **values,
    )


def tell_followers(report: Report, letter: str, *, at: datetime, key: str = "", **values: Any) -> None:
    """Write to everybody who follows. They read what the public reads, so never of confidential or
    hidden ones; only whose own report was merged into it is told of those too."""
    _tell_merged(report, letter, at=at, key=key, **values)
    if not policy.is_published(report):
        return
    followers.tell(report, letter, key=f"report:{report.number}:{letter}:{key}", at=at, **values)
    for user, is_affected in _followers(report):
        asks = letter in ASK_TO_RATE and is_affected
        asked: dict[str, Any] = {"asks": True} if asks else {}
        notifications.tell(
            Recipient(user_id=user.id, address=user.email, language=user.language),
            letter,
            key=f"report:{report.number}:{letter}:{key}:follower:{user.id}",
            at=at,
            path=f"/reports/{report.number}/rating" if asks else f"/reports/{report.number}",
            number=report.number,
            title=report.title,
            **values,
            **asked,
        )


def _tell_merged(report: Report, letter: str, *, at: datetime, key: str, **values: Any) -> None:
    """Write to those whose report went on in this one, and who do not follow it with an account."""
    merged = db.session.scalars(
        select(Report).where(Report.merged_into_id == report.id).options(joinedload(Report.reporter))
    ).all()
    is_published = policy.is_published(report)
    for one in merged:
        reader = recipient_of(one)
        if reader is None or (is_published and reader.user_id is not None):
            continue
        notifications.tell(
            reader,
            letter,
            key=f"report:{report.number}:{letter}:{key}:merged:{one.number}",
            at=at,
            path=f"/reports/{one.number}/private",
            number=report.number,
            title=report.title or report.number,
            **values,
        )


def tell_moved(report: Report, moved: Moved, *, at: datetime) -> None:
    """Tell the reporter, and those who follow, which due times moved and why, in one letter."""
    told = {"moves": moved.moves, "cause": moved.cause}
    tell_reporter(report, "report_moved", at=at, key=at.isoformat(), **told)
    tell_followers(report, "followed_report_moved", at=at, key=at.isoformat(), **told)


def escalate_verification(
    report: Report, readers: Iterable[Recipient], row: StageDeadline, step: Step, *, at: datetime
) -> None:
    """Say that a reporter waits for a moderator; confidential reports are named by their number only."""
    for reader in readers:
        notifications.tell(
            reader,
            "escalation_triage",
            key=f"report:{report.number}:{row.round}:{row.origin_at.isoformat()}:{step}:{reader.user_id}",
            at=at,
            path=f"/triage/{report.number}",
            number=report.number,
            title="" if report.is_confidential else report.content.title,
            is_overdue=step in (Step.DUE, Step.OVERDUE),
            since=row.origin_at,
            due_at=row.due_at,
        )


def tell_lost_numbers(address: str, reports: Sequence[Report], *, language: str, at: datetime) -> None:
    """List the reports of an address, each with a signed link that opens it for a day."""
    url = config.current().public_url
    listed = [
        {
            "number": report.number,
            "title": "" if report.is_confidential else report.content.title,
            "url": f"{url}/track/{links.sign(report.number)}",
        }
        for report in reports
    ]
    notifications.tell(
        Recipient(user_id=None, address=address, language=language),
        "lost_numbers",
        key=f"lost:{address}:{at:%Y-%m-%dT%H:%M}",
        at=at,
        path="/track",
        reports=listed,
    )


def recipient_of(report: Report) -> Recipient | None:
    """Whom letters to the reporter go to; of an anonymous report only its number is said."""
    reporter = report.reporter
    if reporter.sealed is not None:
        return Recipient(sealed_for=report.number)
    user = db.session.get(User, reporter.user_id) if reporter.user_id else None
    if user is not None:
        return Recipient(user_id=user.id, address=user.email, language=user.language)
    if reporter.email:
        return Recipient(user_id=None, address=reporter.email, language=reporter.language)
    return None


def _followers(report: Report) -> Sequence[Row[User, bool]]:
    """Everybody who follows with an account, and whether they have the same matter."""
    return db.session.execute(
        select(User, Supporter.is_affected)
        .join(Supporter, Supporter.user_id == User.id)
        .where(Supporter.report_id == report.id)
        .order_by(User.id)
    ).all()
