"""New versions of calendars and policies, and when open matters follow them."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal import i18n
from portal.db import db
from portal.deadlines import versions
from portal.deadlines.models import Calendar, CalendarVersion, PolicyApplication, PolicyVersion
from portal.deadlines.rules import calendar as calendars
from portal.deadlines.rules import policy as policies
from portal.errors import DomainError
from portal.i18n import _l, format_date
from portal.jobs import services as jobs

RECALCULATE = "deadlines.recalculate"


def digest_of(document: dict[str, Any]) -> str:
    """sha256 of a document's canonical JSON."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def add_calendar(key: str, name: str, *, is_city: bool = False) -> Calendar:
    """A calendar without a version yet; the first `import_calendar_version` fills it."""
    calendar = Calendar(key=key, name=name, is_city=is_city)
    db.session.add(calendar)
    db.session.flush()
    versions.forget()
    return calendar


def read_calendar(document: dict[str, Any]) -> calendars.Calendar:
    """The calendar that a document describes. Raises DomainError when it is none."""
    try:
        return calendars.Calendar.from_document(document)
    except calendars.CalendarError as error:
        raise DomainError(_l("Kalender ini tidak dapat dibaca: %(error)s.", error=error)) from error


def read_policy(document: dict[str, Any]) -> policies.Policy:
    """The policy that a document describes. Raises DomainError when it is none."""
    try:
        return policies.Policy.from_document(document)
    except policies.PolicyError as error:
        raise DomainError(_l("Kebijakan ini tidak dapat dibaca: %(error)s.", error=error)) from error


def import_calendar_version(
    calendar: Calendar,
    document: dict[str, Any],
    *,
    at: datetime,
    decree: str = "",
    decree_on: date | None = None,
    note: str = "",
) -> CalendarVersion:
    """A decree arrived: the calendar's next version. Open matters follow it in the background.

    Raises DomainError when the document is no calendar, says nothing new or covers fewer days.
    """
    newest = calendar.versions[-1] if calendar.versions else None
    digest = check_calendar(calendar, document)
    version = CalendarVersion(
        number=newest.number + 1 if newest else 1,
        document=document,
        digest=digest,
        decree=decree,
        decree_on=decree_on,
        note=note,
        imported_at=at,
    )
    calendar.versions.append(version)
    db.session.flush()
    versions.forget()
    if newest is not None:
        jobs.enqueue(RECALCULATE, at=at, calendar_version_id=version.id)
    return version


def check_calendar(calendar: Calendar, document: dict[str, Any]) -> str:
    """The digest of a document that may become the next version; otherwise DomainError."""
    compiled, digest = read_calendar(document), digest_of(document)
    newest = calendar.versions[-1] if calendar.versions else None
    if newest is not None and newest.digest == digest:
        raise DomainError(_l("Kalender ini sama dengan versi yang berlaku."))
    if newest is not None and compiled.covered_to.isoformat() < newest.document["covered_to"]:
        raise DomainError(_l("Kalender baru harus mencakup paling sedikit hari yang sudah tercakup."))
    return digest


def import_policy_version(
    document: dict[str, Any], *, at: datetime, note: str = "", valid_from: date | None = None
) -> PolicyVersion:
    """The next policy. What begins on or after `valid_from` takes it, by default from today on; the first
    policy of all was always valid. What is open keeps its own until `apply_policy`. Raises DomainError."""
    newest = db.session.scalar(select(PolicyVersion).order_by(PolicyVersion.number.desc()).limit(1))
    today = i18n.local(at).date()
    digest = check_policy(document, newest, valid_from=valid_from, today=today)
    version = PolicyVersion(
        number=newest.number + 1 if newest else 1,
        document=document,
        digest=digest,
        note=note,
        imported_at=at,
        valid_from=valid_from or today if newest else None,
    )
    db.session.add(version)
    db.session.flush()
    versions.forget()
    return version


def check_policy(
    document: dict[str, Any], newest: PolicyVersion | None, *, valid_from: date | None, today: date
) -> str:
    """The digest of a document that may become the next version; otherwise DomainError."""
    read_policy(document)
    digest = digest_of(document)
    is_same_day = newest is not None and valid_from in (None, newest.valid_from)
    if newest is not None and newest.digest == digest and (is_same_day or _is_in_force(newest, today)):
        raise DomainError(_l("Kebijakan ini sama dengan versi yang berlaku."))
    if valid_from is not None and valid_from < today:
        raise DomainError(
            _l("Kebijakan baru paling cepat berlaku mulai hari ini: yang sudah masuk memegang kebijakannya."),
            field="valid_from",
        )
    return digest


def apply_policy(version: PolicyVersion, *, reason: str, at: datetime) -> PolicyApplication:
    """Let open matters that began under an earlier policy follow this one, in the background.

    Raises DomainError without a reason, and before the policy is in force.
    """
    check_application(version.valid_from, reason=reason, today=i18n.local(at).date())
    application = PolicyApplication(version=version, reason=reason.strip(), at=at)
    db.session.add(application)
    db.session.flush()
    jobs.enqueue(RECALCULATE, at=at, application_id=application.id)
    return application


def check_application(valid_from: date | None, *, reason: str, today: date) -> None:
    """May a policy be applied to open matters? Otherwise DomainError."""
    if not reason.strip():
        raise DomainError(_l("Tulis alasan mengapa laporan yang terbuka ikut berubah."), field="reason")
    if valid_from is not None and valid_from > today:
        raise DomainError(
            _l(
                "Kebijakan ini baru berlaku mulai %(day)s. Terapkan pada laporan yang terbuka setelah itu.",
                day=format_date(valid_from),
            ),
            field="reason",
        )


def follow_agency_calendar(agency_id: int, *, at: datetime) -> None:
    """The agency was given another calendar: first answers that it owes follow in the background."""
    jobs.enqueue(RECALCULATE, at=at, agency_id=agency_id)


def _is_in_force(version: PolicyVersion, today: date) -> bool:
    return version.valid_from is None or version.valid_from <= today
