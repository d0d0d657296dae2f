"""Ask the index: the same matches on both engines."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Subquery,
    bindparam,
    cast,
    column,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from portal.db import db
from portal.search import ddl
from portal.search.models import SearchDocument

LIKENESS_TERMS = 8  # the first words of a text; each pair of them is asked for


def matching(kind: str, terms: Sequence[str], *, limit: int) -> Subquery:
    """The newest documents that hold every term, as a table of their ids (`id`) to join.

    The last term may be the beginning of a word, since it may still be being typed. The bound keeps a
    common word as cheap as a rare one.
    """
    if _is_sqlite():
        *whole, last = [_fts5(term) for term in terms]
        return _newest_on_sqlite(kind, " AND ".join([*whole, last + "*"]), limit)
    *whole, last = [_lexeme(term) for term in terms]
    return _newest_on_postgresql(kind, " & ".join([*whole, last + ":*"]), limit)


def found(kinds: Iterable[str], terms: Sequence[str], *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Of each kind the newest documents that hold every term, in one statement: kind, ref, title, place
    and title_terms. Those with more of the words in their title come first, then the newest."""
    hits = [matching(kind, terms, limit=limit) for kind in kinds]
    columns = (
        SearchDocument.id,
        SearchDocument.kind,
        SearchDocument.ref,
        SearchDocument.title,
        SearchDocument.place,
        SearchDocument.title_terms,
    )
    rows: Sequence[Row[*tuple[Any, ...]]] = db.session.execute(
        union_all(*(select(*columns).join(hit, hit.c.id == SearchDocument.id) for hit in hits))
    ).all()
    asked = set(terms)
    return sorted(rows, key=lambda row: (len(asked & set(row.title_terms.split())), row.id), reverse=True)


def kind_of(ref: str, kinds: Iterable[str]) -> str | None:
    """The kind of the public thing that has this number; None when none of the kinds has it."""
    held = select(SearchDocument.kind).where(SearchDocument.ref == ref, SearchDocument.kind.in_(kinds))
    return db.session.scalar(held.limit(1))


def alike(kind: str, terms: Sequence[str], *, limit: int) -> Subquery:
    """The newest documents that share two of the terms, or the only one, as a table of their ids.

    One shared word means little: half of all reports say `jalan`.
    """
    pairs: list[tuple[str, ...]] = [*combinations(terms[:LIKENESS_TERMS], 2)] or [tuple(terms)]
    if _is_sqlite():
        asked = [" AND ".join(_fts5(term) for term in pair) for pair in pairs]
        return _newest_on_sqlite(kind, " OR ".join(f"({pair})" for pair in asked), limit)
    asked = [" & ".join(_lexeme(term) for term in pair) for pair in pairs]
    return _newest_on_postgresql(kind, " | ".join(f"({pair})" for pair in asked), limit)


def _newest_on_sqlite(kind: str, question: str, limit: int) -> Subquery:
    # FTS5 walks its lists from the newest row and stops at the limit; ordering outside it took 160 ms
    # at 200,000 documents instead of 2.
    newest = text(
        "SELECT rowid AS id FROM search_index WHERE search_index MATCH :question "
        "ORDER BY rowid DESC LIMIT :limit"
    )
    found = newest.bindparams(
        bindparam("question", f'kind:"{kind}" AND terms:({question})', unique=True),
        bindparam("limit", limit, unique=True),
    )
    return found.columns(column("id", Integer)).subquery(f"found_{kind}")


def _newest_on_postgresql(kind: str, question: str, limit: int) -> Subquery:
    asked = cast(question, TSQUERY)
    return (
        select(SearchDocument.id)
        .where(SearchDocument.kind == kind, literal_column(ddl.VECTOR).op("@@")(asked))
        .order_by(SearchDocument.id.desc())
        .limit(limit)
        .subquery(f"found_{kind}")
    )


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _fts5(term: str) -> str:
    """The term in quotes, so that nothing in it is read as an operator."""
    return '"' + term.replace('"', '""') + '"'


def _lexeme(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
