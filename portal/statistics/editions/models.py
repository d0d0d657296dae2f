"""Editions of the statistics: drafts that are still talked about, and what was published for good."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.db import Model
from portal.ledger import triggers


class EditionDraft(Model):
    """Figures as they were known at `cutoff`, waiting for a second person. It goes when it is published or
    discarded; `lock` grows with each change, so that nobody confirms what they have not seen."""

    __tablename__ = "edition_drafts"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    cutoff: Mapped[datetime]
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    corrects_number: Mapped[int | None] = mapped_column(ForeignKey("editions.number"))
    reason: Mapped[str] = mapped_column(default="")  # of a correction
    comments: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by the name of a figure
    document: Mapped[dict[str, Any]]  # what will be published: see documents.py
    files: Mapped[dict[str, Any]] = mapped_column(deferred=True)  # the cases, by file name
    lock: Mapped[int] = mapped_column(default=0)

    prepared_by: Mapped[User] = relationship()


class Edition(Model):
    """What was published, never changed: a correction is another edition that names this one.

    `root` stands for every byte of its bundle and, through `previous_root`, of all editions before.
    """

    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("first_on <= last_on", name="period"),
        CheckConstraint("prepared_by_id <> confirmed_by_id", name="two_people"),
        CheckConstraint("corrects_number < number", name="corrects_an_earlier_one"),
        UniqueConstraint("root"),
        UniqueConstraint("previous_root"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_on: Mapped[date]
    last_on: Mapped[date]
    cutoff: Mapped[datetime]
    published_at: Mapped[datetime]
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    corrects_number: Mapped[int | None] = mapped_column(ForeignKey("editions.number"))
    document: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    manifest: Mapped[dict[str, Any]] = mapped_column(deferred=True)  # what `root` is the digest of
    root: Mapped[str]
    previous_root: Mapped[str]

    @property
    def subject(self) -> str:
        """Its name in the public record."""
        return f"edition:E-{self.number}"


class EditionFile(Model):
    """One file of an edition's bundle, to the byte."""

    __tablename__ = "edition_files"
    __table_args__ = (UniqueConstraint("edition_number", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_number: Mapped[int] = mapped_column(ForeignKey("editions.number"))
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


for _model in (Edition, EditionFile):
    triggers.protect(Model.metadata.tables[_model.__tablename__])
