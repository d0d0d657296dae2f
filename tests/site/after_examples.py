"""A report with a point that a resident has too, and somebody who follows it by mail."""

from typing import Any

from portal.accounts.models import User
from portal.categories.models import Category
from portal.db import db
from portal.reports import services
from portal.reports.followers import services as followers
from portal.reports.models import ReportFollowerByMail
from tests.builders import MONDAY, make_report


def parts(category: Category, people: dict[str, User | None]) -> dict[str, dict[str, Any]]:
    """Values for the addresses of what comes after filing."""
    report = make_report(category, lat=3.55, lon=98.7)
    resident = people["resident"]
    if resident is not None:
        services.support(report, by=resident, at=MONDAY)
    followers.ask(report, "tetangga@contoh.id", language="id", at=MONDAY)
    follower = db.session.scalars(db.select(ReportFollowerByMail)).one()
    token = followers.confirming_path(follower.key).rpartition("/")[2]
    return {
        "sharing": {"number": report.number},
        "followers": {"number": report.number, "token": token},
        **{f"reports.{name}": {"number": report.number} for name in ("rating", "rate")},
    }
