"""The regions around a city, as shipped: who answers beyond the border, until somebody knows better."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from portal import tables
from portal.db import db
from portal.organisation.models import Agency
from portal.organisation.outside import services
from portal.organisation.outside.services import ChannelValues
from portal.organisation.rules import ChannelKind
from portal.places.models import Area
from portal.places.rules import Level
from portal.tables import Row

NEIGHBOURS = Path(__file__).with_name("neighbours.csv")
COLUMNS = ("city_code", "code", "name", "region", "website")
KIND = "eksternal"
NATIONAL = ChannelValues(
    ChannelKind.WEB, "https://www.lapor.go.id", note="SP4N-LAPOR!, untuk pemerintah daerah mana pun"
)


def add_neighbours(at: datetime) -> list[Agency]:
    """Put the governments around the city into the directory; those that stand there stay as they are.
    Their channels are general knowledge, so they count as not yet checked."""
    cities = set(db.session.scalars(select(Area.code).where(Area.level == Level.CITY)))
    known = set(db.session.scalars(select(Agency.code)))
    rows = tables.read(NEIGHBOURS, COLUMNS)
    return [_add(row, at) for row in rows if row["city_code"] in cities and row["code"] not in known]


def _add(row: Row, at: datetime) -> Agency:
    body = Agency(code=row["code"], name=row["name"], kind=KIND, valid_from=at.date(), is_external=True)
    db.session.add(body)
    services.describe(
        body,
        covers=f"Jalan, sampah, lampu, dan layanan lain di {row['region']}",
        neighbouring_region=row["region"],
        category_codes=[],
        channels=[NATIONAL, ChannelValues(ChannelKind.WEB, row["website"])],
        checked_on=None,
        at=at,
    )
    db.session.flush()
    return body
