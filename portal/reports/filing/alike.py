"""What is like the draft: shown before it is sent, and joined in its place by whoever has the same matter."""

from datetime import datetime

from portal.categories.models import Category
from portal.categories.rules import SIMILAR_RADIUS_M
from portal.reports import similar
from portal.reports.filing.rules import Answers
from portal.reports.queries import Matter
from portal.reports.similar import Alike


def found(answers: Answers, category: Category | None, *, at: datetime) -> list[Alike]:
    """Public reports that may be the same matter."""
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


def unseen(answers: Answers, category: Category | None, *, at: datetime) -> list[Alike]:
    """Those that the writer has not yet called another matter."""
    return [one for one in found(answers, category, at=at) if one.number not in answers.similar_seen]
