"""What is like the draft: shown before it is sent, and joined in its place by whoever has the same matter."""

from datetime import datetime

from portal.categories.models import Category
from portal.categories.rules import SIMILAR_RADIUS_M
from portal.reports import similar
from portal.reports.filing.rules import Answers
from portal.reports.listing import Line
from portal.reports.queries import Matter

Lines = list[tuple[str, Line]]


def lines(answers: Answers, category: Category | None, *, at: datetime) -> Lines:
    """Public reports that may be the same matter, each under its number."""
    matter = Matter(
        title=answers.title,
        body=answers.body,
        category_code=answers.category,
        area_code=answers.area or None,
        lat=answers.lat,
        lon=answers.lon,
        radius_m=category.similar_radius_m if category else SIMILAR_RADIUS_M,
    )
    return similar.lines(matter, at)


def has_news(answers: Answers, found: Lines) -> bool:
    """Is there one that the writer has not yet called another matter?"""
    return not {number for number, _ in found} <= set(answers.similar_seen)
