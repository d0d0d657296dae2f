"""What everybody may read: filled at verification, masked, and never for confidential reports."""

from datetime import datetime

from portal.accounts.models import User
from portal.db import db
from portal.reports import answers, rules
from portal.reports.masking import mask
from portal.reports.models import PublicWording, Report, ReportPhoto
from portal.search import services as search

SEARCH_KIND = "report"


def publish(
    report: Report, *, at: datetime, title: str | None = None, body: str | None = None, by: User | None = None
) -> None:
    """Fill the public row and the index. A confidential report's row stays empty."""
    if report.is_confidential:
        return
    content = report.content
    write(report, title or content.title, body or content.body, content.place)
    for photo in report.photos:
        write_beside(photo, photo.caption, photo.alt)
    report.public_answers = answers.published(report)
    report.lat, report.lon = coarse(content.lat, report), coarse(content.lon, report)
    if not report.is_anonymous:
        report.reporter_name = report.reporter.name
    if by is not None:
        keep_wording(report, by=by, at=at)
    index(report)


def write(report: Report, title: str, body: str, place: str) -> None:
    """Let everybody read these words; personal data in them is covered all the same."""
    report.title, report.body, report.place = (mask(text).text for text in (title, body, place))


def write_beside(photo: ReportPhoto, caption: str, alt: str) -> None:
    """Let everybody read these words beside a photo, masked like every other text."""
    photo.public_caption, photo.public_alt = mask(caption).text, mask(alt).text


def keep_wording(report: Report, *, by: User | None, at: datetime) -> None:
    """Remember what the public reads from now on, and whose words they are."""
    words = {"title": report.title, "body": report.body, "place": report.place}
    db.session.add(PublicWording(report_id=report.id, author_id=by.id if by else None, at=at, **words))


def index(report: Report) -> None:
    """Make the public text findable, with the names of its category and area."""
    area = report.area.name if report.area else ""
    said = [one["answer_id"] for one in report.public_answers or []]
    text = "\n".join([report.body, report.place, *said, report.category.name_id, area])
    search.put(SEARCH_KIND, report.number, title=report.title, text=text, place=area)


def public_text(report: Report, text: str) -> str:
    """What everybody may read of something that was said later."""
    if report.is_confidential or report.verified_at is None:
        return ""
    return mask(text).text


def coarse(degrees: float | None, report: Report) -> float | None:
    """As exactly as everybody may know: who hides their name often stands at their own door."""
    digits = rules.ANONYMOUS_DIGITS if report.is_anonymous else rules.COORDINATE_DIGITS
    return None if degrees is None else round(degrees, digits)
