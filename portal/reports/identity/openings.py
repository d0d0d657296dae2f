"""A moderator sees the name behind an anonymous report: with a reason, once, written down, and told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import joinedload, undefer

from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import queries as organisation
from portal.reports import queries
from portal.reports.identity import sealing
from portal.reports.identity.models import IdentityOpening, SealedIdentity
from portal.reports.models import Report
from portal.reports.services import letters, record

MIN_REASON = 20  # signs: "perlu" is no reason
LOG_PAGE = 50
HANDLING = frozenset({Role.OFFICIAL, Role.SUPERVISOR, Role.HEAD})


@dataclass(frozen=True)
class Opened:
    """What the moderator reads, once. `name` is empty where an address alone was sealed."""

    name: str
    email: str


def may_ask(user: User) -> bool:
    """Moderators who hold no office: whoever may once handle reports never sees these names."""
    return bool(user.is_authenticated and Role.MODERATOR in user.roles and not user.roles & HANDLING)


def is_sealed_for(user: User, report: Report) -> bool:
    """Might they open it, where the report is known to be one of theirs?"""
    return may_ask(user) and report.reporter.sealed is not None


def may_open(user: User, report: Report) -> bool:
    """Never about a unit in whose line they stand."""
    return is_sealed_for(user, report) and queries.may_moderate(report, user)


def may_read_log(user: User) -> bool:
    """Moderators look at each other; the inspectorate looks at all."""
    return bool(user.is_authenticated and user.roles & {Role.MODERATOR, Role.INSPECTORATE})


def open_identity(report: Report, *, reason: str, by: User, at: datetime) -> Opened:
    """Break the seal for this one look. Raises DomainError when that may not be, or without a reason."""
    if not may_open(by, report):
        raise DomainError(_l("Identitas laporan ini tidak dapat Anda buka."))
    if len(reason.strip()) < MIN_REASON:
        raise DomainError(
            _l("Tuliskan alasannya dengan jelas, paling sedikit %(count)s huruf.", count=MIN_REASON),
            field="reason",
        )
    try:
        opened = _read(report)
    except sealing.Unreadable:
        raise DomainError(
            _l("Kunci identitas tidak cocok. Hubungi pengelola server; tidak ada yang dibuka.")
        ) from None
    made = IdentityOpening(report_id=report.id, by_id=by.id, reason=reason.strip(), at=at)
    db.session.add(made)
    db.session.flush()
    record.write(
        report, "identity_opened", at=at, opening=made.id, reason=record.digest(report.content, made.reason)
    )
    letters.tell_reporter(
        report, "report_identity_opened", at=at, key=str(made.id), reason=made.reason, opener=by.name
    )
    return opened


def of(report: Report) -> Sequence[IdentityOpening]:
    """Who opened it and why, for its reporter; none where nothing is sealed, without a statement."""
    if report.reporter.sealed is None:
        return []
    return db.session.scalars(
        select(IdentityOpening)
        .filter_by(report_id=report.id)
        .options(joinedload(IdentityOpening.by).load_only(User.name))
        .order_by(IdentityOpening.id)
    ).all()


def log(user: User, *, before_id: int | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """A page of all openings, latest first, and one more when an older page follows. Nobody reads of those
    about a unit in whose line they stand."""
    own = organisation.agencies_of_line(user)
    query = (
        select(
            IdentityOpening.id,
            IdentityOpening.reason,
            IdentityOpening.at,
            Report.number,
            User.name.label("by_name"),
        )
        .join(Report, Report.id == IdentityOpening.report_id)
        .join(User, User.id == IdentityOpening.by_id)
        .where(or_(Report.concerned_agency_id.is_(None), Report.concerned_agency_id.not_in(own)))
        .order_by(IdentityOpening.id.desc())
        .limit(LOG_PAGE + 1)
    )
    if before_id:
        query = query.where(IdentityOpening.id < before_id)
    return db.session.execute(query).all()


def _read(report: Report) -> Opened:
    sealed = db.session.get_one(
        SealedIdentity, report.id, options=[undefer(SealedIdentity.sealed)], populate_existing=True
    )
    identity = sealing.unseal(sealed.sealed, report.number)
    db.session.expire(sealed, ["sealed"])
    user = db.session.get(User, identity.user_id) if identity.user_id else None
    return Opened(user.name if user else "", user.email if user else identity.email or "")
