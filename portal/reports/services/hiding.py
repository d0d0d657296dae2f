"""Take a report out of the public's sight, and bring it back; its duty runs on."""

from collections.abc import Mapping
from datetime import datetime

from portal.reports import policy
from portal.reports.models import Report
from portal.reports.services import publication, record, transitions
from portal.search import services as search

EMPTY = {
    "title": "",
    "body": "",
    "place": "",
    "reporter_name": "",
    "public_answers": None,
    "lat": None,
    "lon": None,
}


def hide(report: Report, *, at: datetime) -> None:
    """Nobody but its handlers and its reporter reads it: what is public of it waits where only they look."""
    transitions.claim(report)
    if not policy.is_published(report):
        return
    report.content.withheld = {name: getattr(report, name) for name in EMPTY}
    _fill(report, EMPTY)
    report.hidden_at = at
    search.remove(publication.SEARCH_KIND, report.number)
    record.write(report, "hidden", at=at)


def make_confidential(report: Report) -> None:
    """From now on only its handlers and its reporter read it; nothing of it waits to be shown again."""
    _fill(report, EMPTY)
    report.is_confidential = True
    report.content.withheld = None
    for message in report.messages:
        message.public_body = ""
    for photo in report.photos:
        photo.public_caption = photo.public_alt = ""
    search.remove(publication.SEARCH_KIND, report.number)


def unhide(report: Report, *, at: datetime) -> None:
    """Show it again as it was."""
    transitions.claim(report)
    if report.hidden_at is None:
        return
    _fill(report, report.content.withheld or {})
    report.hidden_at = report.content.withheld = None
    publication.index(report)
    record.write(report, "unhidden", at=at)


def _fill(report: Report, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(report, name, value)
