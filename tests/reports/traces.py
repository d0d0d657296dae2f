"""Everything that a portal holds and sends, searched for the traces of a person.

Nothing here knows a table or a file by name: what is added later is searched by itself.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import inspect, text

from portal.db import db
from portal.notifications.rules import address_digest


@dataclass(frozen=True)
class Found:
    """A trace: whose, and where (`table.column`, a file, a letter, the logs, an address)."""

    whose: str
    where: str


@dataclass(frozen=True)
class Person:
    """Somebody who can be told apart by every word."""

    name: str
    email: str
    phone: str
    agent: str
    address: str
    file_name: str
    camera: str

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.name, self.email, self.phone, self.agent, self.address, self.file_name, self.camera)

    def needles(self) -> set[bytes]:
        """Each word as it is, in small letters, as addresses and JSON write it, coded and digested."""
        plain = {self.email.split("@")[0], *self.texts}
        written = {form for one in plain for form in (one, one.lower(), one.upper(), quote(one))}
        coded = {base64.b64encode(one.encode()).decode().rstrip("=")[:-1] for one in plain}
        digested = {hash_of(one.encode()).hexdigest() for one in plain for hash_of in DIGESTS}
        return {one.encode() for one in {*written, *coded, *digested, address_digest(self.email)}}


DIGESTS = (hashlib.sha256, hashlib.sha1, hashlib.md5)

Heap = Iterable[tuple[str, bytes]]  # where, and what stands there


def in_heap(heap: Heap, people: Iterable[Person]) -> set[Found]:
    """Every trace of these people."""
    wanted = [(person.name, needle) for person in people for needle in person.needles()]
    return {Found(name, where) for where, held in heap for name, needle in wanted if needle in held}


def database() -> Iterator[tuple[str, bytes]]:
    """Every cell of every table, whatever it holds."""
    for table in inspect(db.session.connection()).get_table_names():
        name = '"' + table.replace('"', '""') + '"'
        rows = db.session.execute(text(f"SELECT * FROM {name}"))  # the database's own name
        columns = list(rows.keys())
        for row in rows:
            yield from (
                (f"{table}.{column}", _bytes(cell)) for column, cell in zip(columns, row, strict=True)
            )


def rows_with(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows in which a number stands: alone in a cell, or inside a text. Ids of people are such numbers."""
    for table in inspect(db.session.connection()).get_table_names():
        name = '"' + table.replace('"', '""') + '"'
        for row in db.session.execute(text(f"SELECT * FROM {name}")).mappings():  # as above
            if any(str(number).encode() in _bytes(cell) for cell in row.values()):
                yield table, dict(row)


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below, the database's own among them, and its name."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            yield f"file name {path}", str(path.name).encode()
            if path.is_file():
                yield f"file {path.name}", path.read_bytes()


def _bytes(cell: Any) -> bytes:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell)
    return str(cell).encode()
