"""Ask the index: the same matches on both engines."""

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import combinations
from operator import add
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    Select,
    Subquery,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
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

    The last term may be the beginning of a word, since it may still be being typed: so it is read where
    fewer than `limit` documents hold it as a whole. The bound keeps a common word as cheap as a rare one.
    """
    if _is_sqlite():
        *whole, last = [_fts5(term) for term in terms]
        asked = [" AND ".join([*whole, one]) for one in (last, last + "*")]
        return _newest_on_sqlite(kind, asked, limit)
    *whole, last = [_lexeme(term) for term in terms]
    asked = [" & ".join([*whole, one]) for one in (last, last + ":*")]
    return _newest_on_postgresql(kind, asked, limit)


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


def in_title(terms: Sequence[str]) -> ColumnElement[int]:
    """How many of the terms a document's title holds as whole words: to rank by, the same on both engines."""
    title = literal(" ") + SearchDocument.title_terms + " "
    held = [case((title.contains(f" {term} ", autoescape=True), 1), else_=0) for term in terms]
    return reduce(add, held)


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
        return _newest_on_sqlite(kind, [" OR ".join(f"({pair})" for pair in asked)], limit)
    asked = [" & ".join(_lexeme(term) for term in pair) for pair in pairs]
    return _newest_on_postgresql(kind, [" | ".join(f"({pair})" for pair in asked)], limit)


# FTS5 walks its lists from the newest row and stops at the limit; ordering outside it took 160 ms at
# 200,000 documents instead of 2.
NEWEST = """
SELECT rowid AS id FROM search_index WHERE search_index MATCH :first ORDER BY rowid DESC LIMIT :limit
"""
# The beginning of a common word takes it 20 ms there, the whole word 0.3: it is asked for only in need.
NEWEST_IN_NEED = """
SELECT rowid AS id FROM search_index WHERE search_index MATCH (
    CASE WHEN (
        SELECT count(*) FROM (
            SELECT 1 FROM search_index WHERE search_index MATCH :first ORDER BY rowid DESC LIMIT :limit
        )
    ) < :limit THEN :then ELSE :first END
) ORDER BY rowid DESC LIMIT :limit
"""


def _newest_on_sqlite(kind: str, questions: Sequence[str], limit: int) -> Subquery:
    """The answer to the last question; where the one before it fills the limit, to that one."""
    asked = [f'kind:"{kind}" AND terms:({question})' for question in questions]
    given = dict(zip(("first", "then"), asked, strict=False))
    newest = text(NEWEST_IN_NEED if "then" in given else NEWEST)
    bound: dict[str, Any] = {**given, "limit": limit}
    values: list[BindParameter[Any]] = [bindparam(name, value, unique=True) for name, value in bound.items()]
    return newest.bindparams(*values).columns(column("id", Integer)).subquery(f"found_{kind}")


def _newest_on_postgresql(kind: str, questions: Sequence[str], limit: int) -> Subquery:
    """The same."""
    first, *then = [_newest_of(kind, question, limit) for question in questions]
    if not then:
        return first.subquery(f"found_{kind}")
    held = select(func.count()).select_from(first.subquery()).scalar_subquery()
    asked = case((held < limit, cast(questions[-1], TSQUERY)), else_=cast(questions[0], TSQUERY))
    return _newest_of(kind, asked, limit).subquery(f"found_{kind}")


def _newest_of(kind: str, question: Any, limit: int) -> Select[int]:
    asked = cast(question, TSQUERY) if isinstance(question, str) else question
    holds = literal_column(ddl.VECTOR).op("@@")(asked)
    newest = select(SearchDocument.id).where(SearchDocument.kind == kind, holds)
    return newest.order_by(SearchDocument.id.desc()).limit(limit)


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _fts5(term: str) -> str:
    """The term in quotes, so that nothing in it is read as an operator."""
    return '"' + term.replace('"', '""') + '"'


def _lexeme(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
