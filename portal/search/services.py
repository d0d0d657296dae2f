"""Keep the index in step with what is public."""

from sqlalchemy import select

from portal.db import db
from portal.jobs.services import insert
from portal.search import rules
from portal.search.models import SearchDocument


def put(kind: str, ref: str, *, title: str, text: str, place: str = "") -> None:
    """Make a public text findable, or replace what was kept of it. `place` is a name of an area."""
    kept = {
        "title": title,
        "place": place,
        "title_terms": rules.indexed(title),
        "terms": rules.indexed(f"{title}\n{text}"),
    }
    added = insert(SearchDocument).values(kind=kind, ref=ref, **kept)
    key = [SearchDocument.kind, SearchDocument.ref]
    db.session.execute(added.on_conflict_do_update(index_elements=key, set_=kept))


def remove(kind: str, ref: str) -> None:
    """Let a text be found no longer."""
    document = _document(kind, ref)
    if document:
        db.session.delete(document)


def _document(kind: str, ref: str) -> SearchDocument | None:
    return db.session.scalar(select(SearchDocument).filter_by(kind=kind, ref=ref))
