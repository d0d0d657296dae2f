"""The engine's own full-text index, for the migration and for `create_all` alike.

SQLite keeps an FTS5 table without a copy of the text, followed by triggers; PostgreSQL an index over
the stems as they are. No parser of the engine's cuts the text a second time, so both match the same.
Everything made here is named `search_index…`.
"""

PREFIX = "search_index"

# The stems as a tsvector: `to_tsvector('simple', …)` would cut numbers and names by rules of its own.
VECTOR = "array_to_tsvector(string_to_array(terms, ' '))"

CREATE = {
    "sqlite": (
        (
            "CREATE VIRTUAL TABLE search_index USING fts5("
            "kind, terms, content='search_documents', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 0')"
        ),
        (
            "CREATE TRIGGER search_index_insert AFTER INSERT ON search_documents BEGIN "
            "INSERT INTO search_index(rowid, kind, terms) VALUES (new.id, new.kind, new.terms); END"
        ),
        (
            "CREATE TRIGGER search_index_delete AFTER DELETE ON search_documents BEGIN "
            "INSERT INTO search_index(search_index, rowid, kind, terms) "
            "VALUES ('delete', old.id, old.kind, old.terms); END"
        ),
        (
            "CREATE TRIGGER search_index_update AFTER UPDATE ON search_documents BEGIN "
            "INSERT INTO search_index(search_index, rowid, kind, terms) "
            "VALUES ('delete', old.id, old.kind, old.terms); "
            "INSERT INTO search_index(rowid, kind, terms) VALUES (new.id, new.kind, new.terms); END"
        ),
    ),
    "postgresql": (f"CREATE INDEX search_index_terms ON search_documents USING gin ({VECTOR})",),
}
DROP = {
    "sqlite": ("DROP TABLE IF EXISTS search_index",),
    "postgresql": ("DROP INDEX IF EXISTS search_index_terms",),
}
