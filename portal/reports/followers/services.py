"""Ask for letters about a report, confirm it, hear no more; the address stands in one row only."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from portal import config
from portal.accounts.rules import fold_email
from portal.db import db
from portal.jobs.services import insert
from portal.notifications import sealed
from portal.notifications import services as notifications
from portal.notifications.rules import Recipient
from portal.reports.models import Report, ReportFollowerByMail

KEY_BYTES = 12
UNCONFIRMED_FOR = timedelta(days=2)
KEPT_AFTER_END = timedelta(days=30)  # as long as the reporter may reopen it
ASKED_AT_ONCE = 5  # reports for which an address may wait for its confirmation: nobody is flooded by others
SCHEME = "follower"  # of readers whose address is found only when a letter goes out


def register(app: Flask) -> None:
    """Have letters find their readers."""
    sealed.register(app, reader_of, scheme=SCHEME, ending_path=ending_path)


def ask(report: Report, address: str, *, language: str, at: datetime) -> None:
    """Send the link that confirms it. Whoever follows already gets another one, at most one a day: whether an
    address is known is told to nobody but its reader."""
    address = fold_email(address)
    values = {
        "report_id": report.id,
        "address": address,
        "language": language,
        "key": secrets.token_urlsafe(KEY_BYTES),
        "asked_at": at,
    }
    if not _has_asked_too_often(address, at):
        db.session.execute(insert(ReportFollowerByMail).values(**values).on_conflict_do_nothing())
    row = db.session.scalar(select(ReportFollowerByMail).filter_by(report_id=report.id, address=address))
    if row is not None:
        notifications.tell(
            Recipient(sealed_for=f"{SCHEME}:{row.key}"),
            "follow_confirm",
            key=f"follow:{row.key}:{at:%Y%m%d}",
            at=at,
            path=confirming_path(row.key),
            number=report.number,
            title=report.title,
        )


def confirm(follower: ReportFollowerByMail, *, at: datetime) -> None:
    """From now on they are told of each step."""
    follower.confirmed_at = follower.confirmed_at or at


def end(follower: ReportFollowerByMail) -> None:
    """No more letters; nothing is kept of who it was."""
    db.session.delete(follower)


def move(report: Report, *, into: Report) -> None:
    """The report goes on in another one: so do its followers, once each."""
    there = select(ReportFollowerByMail.address).where(ReportFollowerByMail.report_id == into.id)
    db.session.execute(
        update(ReportFollowerByMail)
        .where(ReportFollowerByMail.report_id == report.id, ReportFollowerByMail.address.not_in(there))
        .values(report_id=into.id)
    )
    db.session.execute(delete(ReportFollowerByMail).where(ReportFollowerByMail.report_id == report.id))


def forget(at: datetime, *, limit: int = 200) -> bool:
    """Rows that nobody confirmed, and those of reports that ended a while ago. True when more may wait."""
    old = (
        select(ReportFollowerByMail)
        .join(Report, Report.id == ReportFollowerByMail.report_id)
        .where(
            (
                ReportFollowerByMail.confirmed_at.is_(None)
                & (ReportFollowerByMail.asked_at <= at - UNCONFIRMED_FOR)
            )
            | (Report.ended_at <= at - KEPT_AFTER_END)
        )
        .limit(limit)
    )
    found = db.session.scalars(old).all()
    for row in found:
        db.session.delete(row)
    return len(found) == limit


def tell(report: Report, letter: str, *, key: str, at: datetime, **values: Any) -> None:
    """Write to everybody who confirmed; they read what the public reads."""
    keys = db.session.scalars(
        select(ReportFollowerByMail.key)
        .where(ReportFollowerByMail.report_id == report.id, ReportFollowerByMail.confirmed_at.is_not(None))
        .order_by(ReportFollowerByMail.id)
    )
    for one in keys:
        notifications.tell(
            Recipient(sealed_for=f"{SCHEME}:{one}"),
            letter,
            key=f"{key}:by-mail:{one}",
            at=at,
            path=f"/reports/{report.number}",
            number=report.number,
            title=report.title,
            **values,
        )


def reader_of(key: str) -> Recipient | None:
    """Where a letter goes; None once its reader wants none."""
    row = db.session.scalar(select(ReportFollowerByMail).filter_by(key=key))
    return None if row is None else Recipient(address=row.address, language=row.language)


def of_token(token: str) -> ReportFollowerByMail | None:
    """None when the link is forged, or its row is gone."""
    try:
        key = str(_serializer().loads(token))
    except BadData:
        return None
    return db.session.scalar(
        select(ReportFollowerByMail)
        .filter_by(key=key)
        .options(joinedload(ReportFollowerByMail.report).joinedload(Report.category))
    )


def confirming_path(key: str) -> str:
    return f"/followed-reports/{_serializer().dumps(key)}"


def ending_path(key: str) -> str:
    """The page that ends the letters, and the address that mail programs post to (RFC 8058)."""
    return f"{confirming_path(key)}/end"


def _has_asked_too_often(address: str, at: datetime) -> bool:
    waiting = db.session.scalar(
        select(func.count())
        .select_from(ReportFollowerByMail)
        .where(
            ReportFollowerByMail.address == address,
            ReportFollowerByMail.confirmed_at.is_(None),
            ReportFollowerByMail.asked_at > at - UNCONFIRMED_FOR,
        )
    )
    return bool(waiting and waiting >= ASKED_AT_ONCE)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt="report-follower")
