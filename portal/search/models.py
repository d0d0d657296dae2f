"""The public texts that can be found again."""

from sqlalchemy import DDL, Table, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model
from portal.search import ddl


class SearchDocument(Model):
    """A public text of some kind ("report", later "thread") as the index keeps it.

    `title` and `place` are shown where it is found. `terms` are stems parted by spaces, never shown. The
    engine's own index over them is made by `ddl` and follows each write by itself, in the same transaction.
    """

    __tablename__ = "search_documents"
    __table_args__ = (UniqueConstraint("kind", "ref"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    ref: Mapped[str]
    title: Mapped[str] = mapped_column(default="", server_default="")
    place: Mapped[str] = mapped_column(default="", server_default="")
    title_terms: Mapped[str]
    terms: Mapped[str]


def _index(table: Table) -> None:
    for dialect, statements in ddl.CREATE.items():
        for statement in statements:
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))
    for dialect, statements in ddl.DROP.items():
        for statement in statements:
            event.listen(table, "before_drop", DDL(statement).execute_if(dialect=dialect))


_index(Model.metadata.tables["search_documents"])
