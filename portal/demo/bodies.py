"""The bodies outside Medan's city government: what they answer for, and the numbers that everybody knows.

None was tried out by the city, so the directory says that their channels have not been checked.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from portal.db import db
from portal.organisation.models import Agency
from portal.organisation.outside import importers
from portal.organisation.outside import services as outside
from portal.organisation.outside.services import ChannelValues
from portal.organisation.rules import ChannelKind

DATA = Path(__file__).with_name("data")


def describe(at: datetime) -> None:
    """Fill the directory; the bodies themselves stand among the agencies."""
    channels: dict[str, list[ChannelValues]] = defaultdict(list)
    for row in _rows("medan_channels.csv"):
        kind = ChannelKind(row["kind"])
        channels[row["code"]].append(ChannelValues(kind, row["value"], row["hours"], row["note"]))
    bodies = {one.code: one for one in db.session.scalars(db.select(Agency).filter_by(is_external=True))}
    for row in _rows("medan_outside_bodies.csv"):
        outside.describe(
            bodies[row["code"]],
            covers=row["covers"],
            category_codes=row["categories"].split(";") if row["categories"] else [],
            channels=channels[row["code"]],
            checked_on=None,
            at=at,
        )
    importers.add_neighbours(at)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
