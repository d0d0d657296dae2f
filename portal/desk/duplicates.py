"""Reports that may be of the same matter as another one, with what speaks for it in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy import Row, func, or_

from portal.accounts.models import User
from portal.categories.models import Category
from portal.db import db
from portal.i18n import _, ngettext
from portal.places.models import Area
from portal.places.rules import district_of, metres
from portal.reports import likeness, rules, similar
from portal.reports import queries as reports
from portal.reports.labels import STATE, category_name
from portal.reports.likeness import Found, Said
from portal.reports.models import Report, ReportContent

LOOKED_AT = 300  # newest reports nearby or of the same category
READ = 600  # characters of a text: the matter stands at its beginning
SHOWN = 5


@dataclass(frozen=True)
class Candidate:
    """A report that may be of the same matter; `reasons` say what speaks for it."""

    number: str
    title: str
    url: str
    meta: list[str]
    reasons: str


def proposed(report: Report, user: User) -> list[Candidate]:
    """At most five, the likeliest first, by the measure that filing uses. One statement."""
    asked = likeness.said(report.content.title, report.content.body[:READ])
    weighed = [(_weigh(report, asked, row), row) for row in _nearby(report, user)]
    likely = [pair for pair in weighed if likeness.may_be_the_same(pair[0])]
    likely.sort(key=lambda pair: likeness.order(pair[0], pair[1].id))
    return [_candidate(report, row, found) for found, row in likely[:SHOWN]]


def _nearby(report: Report, user: User) -> Sequence[Row[Any]]:
    """Running reports of a month around it in its category or kecamatan, and as confidential as it is."""
    span = timedelta(days=rules.DUPLICATE_DAYS)
    statement: Any = reports.of_moderator(user).with_only_columns(
        Report.id,
        Report.number,
        Report.state,
        Report.received_at,
        Report.category_code,
        Report.area_code,
        ReportContent.title,
        func.substr(ReportContent.body, 1, READ).label("body"),
        ReportContent.lat,
        ReportContent.lon,
        Category.name_id,
        Category.name_en,
        Area.name.label("area"),
    )
    return db.session.execute(
        statement.join(ReportContent, ReportContent.report_id == Report.id)
        .join(Category, Category.code == Report.category_code)
        .outerjoin(Area, Area.code == Report.area_code)
        .where(
            Report.id != report.id,
            Report.state.in_(rules.RUNNING),
            Report.received_at.between(report.received_at - span, report.received_at + span),
            Report.is_confidential.is_(report.is_confidential),
            Report.is_supervisory.is_(report.is_supervisory),
            or_(
                Report.category_code == report.category_code,
                Report.district_code == report.district_code,
            ),
        )
        .order_by(Report.received_at.desc(), Report.id.desc())
        .limit(LOOKED_AT)
    ).all()


def _metres(here: ReportContent, row: Row[Any]) -> float | None:
    """Between the two; None where one of them has no point."""
    if here.lat is None or here.lon is None or row.lat is None or row.lon is None:
        return None
    return metres(here.lat, here.lon, row.lat, row.lon)


def _weigh(report: Report, asked: Said, row: Row[Any]) -> Found:
    here, district = report.content, district_of(report.area_code)
    return likeness.compare(
        asked,
        likeness.said(row.title, row.body),
        metres=_metres(here, row),
        radius_m=report.category.similar_radius_m,
        same_category=row.category_code == report.category_code,
        same_area=bool(row.area_code) and row.area_code == report.area_code,
        same_district=district is not None and district_of(row.area_code) == district,
    )


def _candidate(report: Report, row: Row[Any], found: Found) -> Candidate:
    meta = [row.number, str(STATE[row.state]), category_name(row), row.area, _apart(report, row)]
    return Candidate(
        number=row.number,
        title=row.title,
        url=url_for("desk.compare", number=report.number, other=row.number),
        meta=[part for part in meta if part],
        reasons=similar.reasons(found, f"{report.content.title}\n{report.content.body}"),
    )


def _apart(report: Report, row: Row[Any]) -> str:
    days = abs(row.received_at - report.received_at).days
    if not days:
        return _("selisih kurang dari sehari")
    if row.received_at < report.received_at:
        return ngettext("%(num)s hari lebih dahulu", "%(num)s hari lebih dahulu", days)
    return ngettext("%(num)s hari kemudian", "%(num)s hari kemudian", days)
