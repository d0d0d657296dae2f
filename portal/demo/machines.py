"""What programs do for the demo city: one has learned from its history, another files for its residents."""

from datetime import datetime, timedelta

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.rules import Role
from portal.administration import services as administration
from portal.demo.city import ADDRESS
from portal.errors import DomainError
from portal.open311 import services as open311
from portal.reports import lessons
from portal.reports import queries as reports
from portal.reports.rules import Channel, ReportKind
from portal.reports.services import Filing
from portal.routing.learning import services as learning

LEARNED_FROM = 1_000  # reports: enough to show, and learned in a second
CLIENT = {
    "name": "Aplikasi RT Digital Amplas",
    "contact": "Pengembang RT Digital, pengembang@rtdigital.example",
    "hourly_limit": 30,
    "daily_limit": 200,
    "is_active": True,
}


def happen(at: datetime) -> None:
    """A version in use, the next one on its way, and a client with its first report."""
    boss = _administrator()
    _learn(boss, at)
    _file(boss, at)


def _learn(boss: User, at: datetime) -> None:
    """A small city has nothing to learn from and goes on with the keywords."""
    learned_at = at - timedelta(days=7)
    try:
        found = learning.study(reports.lessons(limit=LEARNED_FROM), at=at)
    except DomainError:
        return
    model = learning.keep(found, by=None, at=learned_at)
    administration.choose_suggestions(model, by=boss, at=learned_at + timedelta(hours=2))
    lessons.ask(by=boss, at=at)


def _file(boss: User, at: datetime) -> None:
    made_at = at - timedelta(days=21)
    client = administration.save_open311_client(None, CLIENT, by=boss, at=made_at)
    administration.renew_open311_key(client, by=boss, at=made_at)  # nobody needs it: another can be made
    filing = Filing(
        kind=ReportKind.COMPLAINT,
        title="Lampu gang padam sejak Minggu",
        body="Lampu gang padam sejak Minggu malam. Dilaporkan ketua RT lewat aplikasi warga.",
        category_code="pju",
        place="Gang Bersama, belakang mushala",
        is_anonymous=True,
        form_token=open311.form_token(client, "amplas-0001"),
        channel=Channel.OPEN311,
    )
    filed_at = at - timedelta(hours=3)
    open311.file(filing, by=client, at=filed_at)
    client.last_used_on = filed_at.date()


def _administrator() -> User:
    found = accounts.user_by_email(ADDRESS[Role.ADMINISTRATOR])
    if found is None:
        raise LookupError(ADDRESS[Role.ADMINISTRATOR])
    return found
