"""A PostgreSQL server for tests: TEST_DATABASE_URL, else the system's binaries in a temporary cluster."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text


class Missing(Exception):
    """No server was given and no binaries were found."""


@contextmanager
def server() -> Iterator[str]:
    """Address of a server's maintenance database, e.g. postgresql+psycopg://…/postgres."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="balai-pg-"))
    run = _runner(folder)
    try:
        run(
            [
                binaries / "initdb",
                "-D",
                folder / "data",
                "-U",
                "balai",
                "-A",
                "trust",
                "-N",
                "--locale=C.UTF-8",
            ]
        )
        # Tests roll back: what autovacuum learns of the tables depends on the moment it looks, and once led
        # a query of milliseconds through seconds.
        options = (
            f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=60 "
            "-c autovacuum=off"
        )
        run([binaries / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start"])
        try:
            yield f"postgresql+psycopg://balai@/postgres?host={folder}"
        finally:
            run([binaries / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(server: str, name: str) -> str:
    """Make an empty database on the server and give its address."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


def _binaries() -> Path:
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not versions:
        raise Missing("PostgreSQL is missing: install the package postgresql or set TEST_DATABASE_URL.")
    return versions[-1].parent


def _runner(folder: Path) -> Any:
    """Runs a command, as the user postgres when we are root: the server refuses root."""
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(command: list[Any]) -> None:
        subprocess.run(
            [str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd=folder, **who
        )

    return run
