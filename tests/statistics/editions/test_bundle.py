"""Anybody recomputes a published edition with a bare Python, and finds out each change."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal.statistics.editions import bundle, queries
from portal.statistics.editions.standalone import verify

DATA = ("cases.csv", "stages.csv", "ratings.csv", "figures.json", "edition.json", "chain.json")


@pytest.fixture
def root(publish: Any) -> str:
    return str(publish().root)


@pytest.fixture
def folder(root: str, tmp_path: Path) -> Path:
    """The bundle, unpacked."""
    for name, content in queries.files(1).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """In a Python that has nothing but its standard library."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_published_edition_is_confirmed(folder: Path, root: str) -> None:
    result = run(folder, root)

    assert result.returncode == 0, result.stdout
    assert result.stderr == ""
    assert "FAILED" not in result.stdout
    assert "OK      figure first_response" in result.stdout


def test_without_a_root_it_says_where_the_root_comes_from(folder: Path, root: str) -> None:
    result = run(folder)

    assert result.returncode == 0
    assert result.stdout.startswith("No root was given: it is read from the bundle.")
    assert root in result.stdout


def test_another_root_is_refused_by_name(folder: Path) -> None:
    result = run(folder, "0" * 64)

    assert result.returncode == 1
    assert "FAILED  root" in result.stdout


def test_archive_can_be_checked_as_it_was_downloaded(folder: Path, root: str, tmp_path: Path) -> None:
    packed = tmp_path / "bundle.zip"
    packed.write_bytes(bundle.archive(queries.files(1)))

    assert run(folder, root, str(packed)).returncode == 0


def test_archive_has_the_same_bytes_each_time(root: str) -> None:
    assert bundle.archive(queries.files(1)) == bundle.archive(dict(reversed(queries.files(1).items())))


def test_each_of_a_hundred_changes_of_one_byte_is_named(root: str, capsys: Any, tmp_path: Path) -> None:
    whole, chance = queries.files(1), random.Random(2026)
    for _ in range(100):
        name = chance.choice([name for name in DATA if whole[name]])
        changed = bytearray(whole[name])
        place = chance.randrange(len(changed))
        changed[place] ^= chance.randrange(1, 256)
        packed = tmp_path / "bundle.zip"
        packed.write_bytes(bundle.archive({**whole, name: bytes(changed)}))

        status = verify.main([root, str(packed)])

        told = capsys.readouterr().out
        assert status == 1, (name, place)
        assert any(f"FAILED  {check}" in told for check in (f"file {name}", "chain", "root")), told


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("cases.csv", b"", "figures"),
        ("cases.csv", b"\xff\x00,\n", "figures"),
        ("stages.csv", b"stage\n1,2,3\n", "figures"),
        ("figures.json", b"{}", "figures"),
        ("figures.json", b"[" * 100_000, "figures"),
        ("edition.json", b"null", "edition"),
        ("chain.json", b"{}", "chain"),
        ("chain.json", b"[]", "chain"),
        ("chain.json", b"nonsense", "chain"),
    ],
)
def test_broken_file_ends_in_a_named_failure(folder: Path, name: str, content: bytes, check: str) -> None:
    (folder / name).write_bytes(content)

    result = run(folder)

    assert result.returncode == 1
    assert f"FAILED  {check}" in result.stdout
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", DATA)
def test_missing_file_ends_in_a_named_failure(folder: Path, name: str) -> None:
    (folder / name).unlink()

    result = run(folder)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr


def test_broken_archive_ends_in_a_named_failure(folder: Path) -> None:
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and nothing more")

    result = run(folder, "0" * 64, str(folder / "broken.zip"))

    assert result.returncode == 1
    assert result.stdout.startswith("FAILED  bundle")


def test_bundle_names_nobody_and_no_moment(root: str) -> None:
    cases = queries.files(1)["cases.csv"].decode()

    assert "UJI-" not in cases
    assert "2026-09-" not in cases
    assert "DINSOS" not in cases  # three reports
