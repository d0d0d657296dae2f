"""What waits for administrators: work that the portal gave up, and calendars that end too soon."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from portal.accounts.models import User
from portal.administration import policy
from portal.deadlines import queries as deadlines
from portal.i18n import _, format_date, ngettext
from portal.jobs import queries as jobs
from portal.pages.waiting.rules import Pressing, Wait


def waits(user: User, at: datetime) -> Iterator[Wait]:
    if not policy.may_administer(user):
        return
    if count := jobs.dead_count():
        text = ngettext(
            "%(num)s pekerjaan gagal berulang kali dan tidak dicoba lagi.",
            "%(num)s pekerjaan gagal berulang kali dan tidak dicoba lagi.",
            count,
        )
        yield Wait(text, url_for("administration.jobs"), Pressing.TODAY)
    for warning in deadlines.horizon_warnings(at):
        text = _(
            "Kalender “%(name)s” hanya sampai %(day)s.",
            name=warning.name,
            day=format_date(warning.covered_to),
        )
        note = _("Tanpa tahun berikutnya, tenggat yang jatuh setelah itu belum bisa dihitung.")
        yield Wait(text, url_for("administration.calendar", key=warning.key), Pressing.SOON, note)
