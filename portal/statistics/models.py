"""Figures that were computed beforehand, so that the page everybody opens costs the same at any size."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class StatisticsSnapshot(Model):
    """The city's figures for the usual period, as they stood at their cut-off; replaced by each newer one."""

    __tablename__ = "statistics_snapshots"

    name: Mapped[str] = mapped_column(primary_key=True)
    cutoff: Mapped[datetime]
    document: Mapped[dict[str, Any]]
