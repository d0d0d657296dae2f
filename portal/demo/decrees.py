"""Calendars and policies of the demo city move too: a local closure was decreed, new limits are prepared."""

from copy import deepcopy
from datetime import date, datetime, timedelta

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.administration import calendar_drafts
from portal.administration import services as administration
from portal.db import db
from portal.deadlines import queries as deadlines
from portal.deadlines import services as clocks
from portal.deadlines.models import Calendar
from portal.deadlines.services import revisions
from portal.demo.city import ADDRESS
from portal.i18n import local

CLOSED = "Perbaikan gedung pelayanan terpadu"  # it concerns the agencies that work on Saturdays


def happen(at: datetime) -> None:
    """What the administrator of the demo city did in the last days."""
    by = accounts.user_by_email(ADDRESS[Role.ADMINISTRATOR])
    if by is not None:
        _close_a_day(by, at)
        _prepare_limits(by, at)


def _close_a_day(by: User, at: datetime) -> None:
    calendar = db.session.scalars(db.select(Calendar).filter_by(key="six_day")).one()
    closed = {"on": _saturday_after(local(at).date()).isoformat(), "kind": "closure", "name": CLOSED}
    version = administration.save_calendar(
        calendar,
        calendar_drafts.draft(calendar.versions[-1].document, added=closed),
        decree="SK Wali Kota Nomor 188.44/213",
        decree_on=local(at).date() - timedelta(days=2),
        note="",
        by=by,
        at=at,
    )
    while clocks.recalculate_batch(revisions.of_calendar(version), at=at)[0]:
        pass


def _prepare_limits(by: User, at: datetime) -> None:
    """From the new year on lamps are to be answered sooner."""
    newest = deadlines.policy_versions()[0]
    document = deepcopy(newest.document)
    basis = "Peraturan Wali Kota tentang standar pelayanan: pengaduan diselesaikan paling lama 12 hari kerja."
    row = document["matters"]["complaint"]["resolve"]
    row |= {"limit": 12, "basis": dict.fromkeys(row["basis"], basis)}
    administration.save_policy(
        document, newest, note=basis, valid_from=date(local(at).year + 1, 1, 1), by=by, at=at
    )


def _saturday_after(day: date) -> date:
    """The second Saturday after a day."""
    return day + timedelta(days=(5 - day.weekday()) % 7 + 7)
