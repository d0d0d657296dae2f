"""Ask the index: the same matches on both engines."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, cast, literal_column, select, text
from sqlalchemy.dialects.postgresql import TSQUERY

from portal.db import db
from portal.search import ddl
from portal.search.models import SearchDocument


def candidates(kind: str, terms: Sequence[str], *, every: bool, limit: int) -> Select[int]:
    """Ids of the newest documents that hold every term (else: any), for ranking or joining.

    The last of `every` terms may be the beginning of a word, since it may still be being typed. The
    bound keeps a common word as cheap as a rare one.
    """
    return (
        select(SearchDocument.id)
        .where(_matches(kind, terms, every))
        .order_by(SearchDocument.id.desc())
        .limit(limit)
    )


def _matches(kind: str, terms: Sequence[str], every: bool) -> ColumnElement[bool]:
    if db.engine.dialect.name == "sqlite":
        question = f'kind:"{kind}" AND terms:({_fts5(terms, every)})'
        found = text("SELECT rowid FROM search_index WHERE search_index MATCH :question")
        return SearchDocument.id.in_(found.bindparams(question=question).columns(SearchDocument.id))
    asked = cast(_tsquery(terms, every), TSQUERY)
    return (SearchDocument.kind == kind) & literal_column(ddl.VECTOR).op("@@")(asked)


def _fts5(terms: Sequence[str], every: bool) -> str:
    """Each term stands in quotes, so that nothing in it is read as an operator."""
    quoted = ['"' + term.replace('"', '""') + '"' for term in terms]
    if every:
        quoted[-1] += "*"
    return (" AND " if every else " OR ").join(quoted)


def _tsquery(terms: Sequence[str], every: bool) -> str:
    quoted = ["'" + term.replace("\\", "\\\\").replace("'", "''") + "'" for term in terms]
    if every:
        quoted[-1] += ":*"
    return (" & " if every else " | ").join(quoted)
