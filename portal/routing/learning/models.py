"""What was learned of who handles which words: versions that never change, and which of them is in use."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Model
from portal.ledger import triggers


class RoutingModel(Model):
    """One version, trained at a moment from so many reports; its number is its id.

    `document` holds the counts (see bayes.py), no text: each word in it stood in several reports.
    `figures` are what it reached on reports that it had not seen (see evaluation.py).
    """

    __tablename__ = "routing_models"

    id: Mapped[int] = mapped_column(primary_key=True)
    trained_at: Mapped[datetime]
    trained_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: by itself, weekly
    report_count: Mapped[int]
    vocabulary_size: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    figures: Mapped[dict[str, Any]]

    trained_by: Mapped[User | None] = relationship()


class RoutingModelChoice(Model):
    """From then on suggestions follow this version; None: the shipped keywords alone."""

    __tablename__ = "routing_model_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("routing_models.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


for model in (RoutingModel, RoutingModelChoice):
    triggers.protect(Model.metadata.tables[model.__tablename__])
