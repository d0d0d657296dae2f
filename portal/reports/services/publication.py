"""What everybody may read: filled at verification, masked, and never for confidential reports."""

from portal.reports import rules
from portal.reports.masking import mask
from portal.reports.models import Report
from portal.search import services as search

SEARCH_KIND = "report"


def publish(report: Report, *, title: str | None = None, body: str | None = None) -> None:
    """Fill the public row and the index. A confidential report's row stays empty."""
    if report.is_confidential:
        return
    content = report.content
    report.title = mask(title or content.title).text
    report.body = mask(body or content.body).text
    report.place = mask(content.place).text
    report.lat, report.lon = _coarse(content.lat), _coarse(content.lon)
    if not report.is_anonymous:
        report.reporter_name = report.reporter.name
    index(report)


def index(report: Report) -> None:
    """Make the public text findable, with the names of its category and area."""
    area = report.area.name if report.area else ""
    text = "\n".join([report.body, report.place, report.category.name_id, area])
    search.put(SEARCH_KIND, report.number, title=report.title, text=text, place=area)


def public_text(report: Report, text: str) -> str:
    """What everybody may read of something that was said later."""
    if report.is_confidential or report.verified_at is None:
        return ""
    return mask(text).text


def _coarse(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, rules.COORDINATE_DIGITS)
