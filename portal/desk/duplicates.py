"""Reports that may be of the same matter as another one, with what speaks for it in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any

from flask import url_for
from sqlalchemy import Row, func, or_

from portal.accounts.models import User
from portal.categories.models import Category
from portal.db import db
from portal.i18n import _, ngettext
from portal.places.models import Area
from portal.reports import queries as reports
from portal.reports import rules
from portal.reports.labels import STATE, category_name
from portal.reports.models import Report, ReportContent
from portal.search import rules as words

LOOKED_AT = 300  # newest reports nearby or of the same category
READ = 600  # characters of a text: the matter stands at its beginning
SHOWN = 5
NEAR_METRES = 150
AROUND_METRES = 500
ENOUGH = 5  # points; a shared word of the title counts two, one of the text one
TELLING = 5  # points of shared words that outweigh another category
EVERYWHERE = frozenset({"jalan", "gang", "malam", "pagi", "siang", "hari", "minggu", "medan"})
EARTH_METRES = 6_371_000


@dataclass(frozen=True)
class Candidate:
    """A report that may be of the same matter; `reasons` say what speaks for it."""

    number: str
    title: str
    url: str
    meta: list[str]
    reasons: str


def proposed(report: Report, user: User) -> list[Candidate]:
    """At most five, the likeliest first. One statement."""
    weighed = [(_weigh(report, row), row) for row in _nearby(report, user)]
    likely = sorted(
        ((found, row) for found, row in weighed if found[0] >= ENOUGH),
        key=lambda pair: (-pair[0][0], pair[1].received_at),
    )
    return [_candidate(report, row, found[1]) for found, row in likely[:SHOWN]]


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


def _weigh(report: Report, row: Row[Any]) -> tuple[int, list[str]]:
    """Points, and the reasons behind them."""
    points, reasons = 0, []
    if row.category_code == report.category_code:
        points += 2
        reasons.append(_("bidang yang sama"))
    metres = _metres(report.content, row)
    if metres is not None and metres <= AROUND_METRES:
        points += 4 if metres <= NEAR_METRES else 2
        reasons.append(_("%(metres)s meter dari sini", metres=max(10, int(round(metres, -1)))))
    elif row.area_code and row.area_code == report.area_code:
        points += 1
        reasons.append(_("wilayah yang sama"))
    shared = _shared(report, row)
    telling = min(sum(shared.values()), 6)
    if row.category_code != report.category_code and telling < TELLING:
        return 0, reasons  # nearby, but about something else
    points += telling
    if shared:
        alike = ", ".join(sorted(shared, key=lambda word: -shared[word])[:4])
        reasons.append(_("kata yang sama: %(words)s", words=alike))
    return (points if shared else 0), reasons


def _shared(report: Report, row: Row[Any]) -> dict[str, int]:
    """The stems that both use, with their points."""
    ours, theirs = report.content, row
    titles = set(words.tokens(ours.title)) & set(words.tokens(theirs.title))
    texts = set(words.tokens(f"{ours.title} {ours.body[:READ]}")) & set(
        words.tokens(f"{theirs.title} {theirs.body}")
    )
    telling = {word for word in texts - EVERYWHERE if len(word) > 2}
    return {word: 2 if word in titles else 1 for word in telling}


def _metres(here: Any, there: Any) -> float | None:
    """Distance over ground; None where one of the two has no point."""
    if None in (here.lat, here.lon, there.lat, there.lon):
        return None
    lat, other = radians(here.lat), radians(there.lat)
    across = sin(radians(there.lon - here.lon) / 2) ** 2 * cos(lat) * cos(other)
    return 2 * EARTH_METRES * asin(sqrt(sin((other - lat) / 2) ** 2 + across))


def _candidate(report: Report, row: Row[Any], reasons: list[str]) -> Candidate:
    meta = [row.number, str(STATE[row.state]), category_name(row), row.area, _apart(report, row)]
    return Candidate(
        number=row.number,
        title=row.title,
        url=url_for("desk.compare", number=report.number, other=row.number),
        meta=[part for part in meta if part],
        reasons=_("Mungkin sama: %(reasons)s.", reasons="; ".join(reasons)),
    )


def _apart(report: Report, row: Row[Any]) -> str:
    days = abs(row.received_at - report.received_at).days
    if not days:
        return _("selisih kurang dari sehari")
    if row.received_at < report.received_at:
        return ngettext("%(num)s hari lebih dahulu", "%(num)s hari lebih dahulu", days)
    return ngettext("%(num)s hari kemudian", "%(num)s hari kemudian", days)
