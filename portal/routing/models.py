"""Who answers for which matter."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Model


class RoutingRule(Model):
    """Matters of a category (none: any) in an area (none: the whole city) go to an agency's pool.

    With `verifies` the rule also verifies what it routes, at once (an explicit auto-route rule).
    """

    __tablename__ = "routing_rules"
    __table_args__ = (Index("ix_routing_rules_match", "category_code", "area_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    category_code: Mapped[str | None] = mapped_column(ForeignKey("categories.code"))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    priority: Mapped[int] = mapped_column(default=0)
    verifies: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")

    pool: Mapped[list["RoutingPoolMember"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class RoutingPoolMember(Model):
    """An official of a rule's pool; an empty pool means the agency's officials for that area."""

    __tablename__ = "routing_pool_members"
    __table_args__ = (UniqueConstraint("rule_id", "official_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("routing_rules.id", ondelete="CASCADE"))
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
