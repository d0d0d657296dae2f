"""Put every seal under the first key, after the key was changed."""

from sqlalchemy import select
from sqlalchemy.orm import undefer

from portal.db import db
from portal.reports.identity import sealing
from portal.reports.identity.models import SealedIdentity
from portal.reports.models import Report

BATCH = 500


def rotate() -> tuple[int, list[str]]:
    """How many seals were renewed, and the numbers of those that no key opens, which stay as they are."""
    renewed, unreadable, after = 0, [], 0
    while rows := _batch(after):
        for row, number in rows:
            try:
                fresh = sealing.again(row, number, number)
            except sealing.Unreadable:
                unreadable.append(number)
                continue
            row.sealed, row.lookup = fresh.sealed, fresh.lookup
            renewed += 1
        after = rows[-1][0].report_id
        db.session.flush()
    return renewed, unreadable


def _batch(after: int) -> list[tuple[SealedIdentity, str]]:
    rows = db.session.execute(
        select(SealedIdentity, Report.number)
        .join(Report, Report.id == SealedIdentity.report_id)
        .where(SealedIdentity.report_id > after)
        .options(undefer(SealedIdentity.sealed))
        .order_by(SealedIdentity.report_id)
        .limit(BATCH)
    )
    return [(row, number) for row, number in rows]
