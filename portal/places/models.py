"""Areas of the city."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model
from portal.places.rules import Level


class Area(Model):
    """A city, kecamatan, or kelurahan/gampong. Names repeat, so the Kemendagri code is the key.

    `label_lat`, `label_lon` is a point inside the area (WGS 84 degrees); `boundary` a GeoJSON geometry,
    with its box in `south`, `west`, `north`, `east`.
    """

    __tablename__ = "areas"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    level: Mapped[Level]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"), index=True)
    time_zone: Mapped[str]
    label_lat: Mapped[float | None]
    label_lon: Mapped[float | None]
    boundary: Mapped[dict[str, Any] | None]
    south: Mapped[float | None]
    west: Mapped[float | None]
    north: Mapped[float | None]
    east: Mapped[float | None]

    parent: Mapped["Area | None"] = relationship(remote_side="Area.code")
