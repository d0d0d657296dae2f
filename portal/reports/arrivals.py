"""How a report came in, as its public story begins."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from markupsafe import Markup

from portal.assignments.steps import Step
from portal.i18n import _, _l
from portal.ledger.models import Event
from portal.reports.labels import CHANNEL
from portal.reports.models import Report
from portal.reports.rules import RECORDED, Channel

TITLE = {
    Channel.WEB: _l("Diterima"),
    Channel.COUNTER: _l("Diterima di loket"),
    Channel.PHONE: _l("Diterima lewat telepon"),
    Channel.LETTER: _l("Diterima lewat surat"),
    Channel.CHAT: _l("Diterima lewat pesan singkat"),
    Channel.EMAIL: _l("Diterima lewat surel"),
    Channel.OPEN311: _l("Diterima lewat aplikasi lain"),
    Channel.IMPORT: _l("Diterima di sistem lain"),
}


def facts(report: Report) -> list[tuple[str, Any]]:
    """For those who handle it: the door, and where they read who took it down. Nothing for most."""
    if report.channel not in RECORDED:
        return []
    link = Markup('<a href="{}">{}</a>').format(
        url_for("counter.recorder", number=report.number), _("Siapa yang mencatat")
    )
    return [(_("Datang lewat"), Markup("{} · {}").format(CHANNEL[report.channel], link))]


def steps(report: Report, events: Sequence[Event]) -> list[Step]:
    """When it reached the city and by which door; of what was taken down later also when that was."""
    received = Step(title=str(TITLE[report.channel]), at=report.received_at)
    if report.channel not in RECORDED:
        return [received]
    filed = next((one for one in events if one.kind == "filed"), None)
    if filed is None or "received_at" not in filed.details:
        return [received]
    note = _("Tenggat dihitung dari hari laporan ini diterima, bukan dari hari dicatat.")
    return [received, Step(title=_("Dicatat di portal"), at=filed.at, note=note)]
