"""Clients and their keys, and the reports that they file for people."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from limits import RateLimitItemPerDay, RateLimitItemPerHour, parse

from portal import config
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _, _l
from portal.open311 import queries, rules
from portal.open311.models import Open311Client, Open311Filing
from portal.open311.rules import Refused
from portal.reports import services as reports
from portal.reports import tracking
from portal.reports.models import Report
from portal.reports.services import Filing
from portal.routing.queries import city_day
from portal.security import limiter


@dataclass(frozen=True)
class Filed:
    """A report with the two words for its reporter's way back. They follow from the token alone."""

    report: Report
    tracking_code: str
    passphrase: str


def save_client(
    client: Open311Client | None,
    *,
    name: str,
    contact: str,
    hourly_limit: int,
    daily_limit: int,
    is_active: bool,
    at: datetime,
) -> Open311Client:
    """Add a client, or change one. A new one cannot file before it has a key."""
    namesake = db.session.scalar(db.select(Open311Client).filter_by(name=name))
    if namesake is not None and namesake is not client:
        raise DomainError(_l("Nama ini sudah dipakai klien lain."), field="name")
    client = client or Open311Client(created_at=at)
    client.name, client.contact, client.is_active = name, contact, is_active
    client.hourly_limit, client.daily_limit = hourly_limit, daily_limit
    db.session.add(client)
    db.session.flush()
    return client


def renew_key(client: Open311Client, *, at: datetime) -> str:
    """A new key, which is told this once; the former one opens nothing any more."""
    key = rules.KEY_BEGINS + secrets.token_urlsafe(rules.KEY_BYTES)
    client.key_digest, client.keyed_at = rules.key_digest(key), at
    return key


def revoke_key(client: Open311Client) -> None:
    client.key_digest = client.keyed_at = None


def let_in(key: str, address: str, *, at: datetime) -> Open311Client:
    """The client whose key it is, within its limits. Raises Refused with 403 or 429."""
    client = queries.client_of(key) if key else None
    if client is None or not client.is_active:
        if not limiter.limiter.hit(parse(rules.WRONG_KEYS), "open311-keys", address):
            raise Refused(429, _("Terlalu banyak kunci yang salah. Tunggu sebentar."), wait=60)
        raise Refused(403, _("api_key tidak ada, salah, atau tidak berlaku lagi. Kirim di dalam formulir."))
    for limit in (RateLimitItemPerHour(client.hourly_limit), RateLimitItemPerDay(client.daily_limit)):
        if not limiter.limiter.hit(limit, "open311", str(client.id)):
            raise Refused(429, _("Batas klien ini tercapai. Coba lagi nanti."), wait=limit.get_expiry())
    client.last_used_on = city_day(at)
    return client


def form_token(client: Open311Client, reference: str) -> str:
    """The report's form token: the same for the same reference of a client, and never to be guessed."""
    if not reference:
        return secrets.token_urlsafe(rules.KEY_BYTES)
    said = f"open311:{client.id}:{reference}".encode()
    return hmac.new(config.current().secret_key.encode(), said, hashlib.sha256).hexdigest()


def file(filing: Filing, *, by: Open311Client, at: datetime) -> Filed:
    """File for somebody; the same token files once. `filing` has a form token."""
    secret, token = config.current().secret_key, filing.form_token or ""
    report = reports.file_report(filing, by=None, at=at)
    if db.session.get(Open311Filing, report.id) is None:
        db.session.add(Open311Filing(report_id=report.id, client_id=by.id))
        db.session.flush()
    return Filed(report, tracking.code(secret, token), tracking.passphrase(secret, token))
