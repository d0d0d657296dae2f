"""Two processes start and stop together, and what hinders them is said in one sentence."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations import processes

pytestmark = [pytest.mark.heavy, pytest.mark.engine_free]


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[processes.Portal]:
    with processes.portal(tmp_path) as running:
        yield running


def test_web_and_runner_start_together_stop_cleanly_and_start_again(tmp_path: Path) -> None:
    for ending in (signal.SIGINT, signal.SIGTERM):
        with processes.portal(tmp_path) as running:
            assert running.get("/readyz").status == 200
            children = running.children()
            assert len(children) == 2

            assert running.stop(ending) == 0

            assert not any(processes.lives(pid) for pid in children)


def test_death_of_one_process_stops_the_other_and_is_said(portal: processes.Portal) -> None:
    first, second = portal.children()

    os.kill(second, signal.SIGKILL)

    assert portal.wait() == 1
    assert "ended (signal 9), so the portal stops." in portal.output()
    assert not processes.lives(first)


def test_nothing_stays_behind_when_the_parent_is_killed(portal: processes.Portal) -> None:
    children = portal.children()

    portal.stop(signal.SIGKILL)

    until = time.monotonic() + processes.PATIENCE_SECONDS
    while any(processes.lives(pid) for pid in children):
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("PORT", "eighty", "Set PORT to a whole number"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/none", "The database cannot be reached"),
        ("PORTAL_DATA_DIR", "/dev/null/here", "Set PORTAL_DATA_DIR to a folder to write in"),
        ("HOST", "192.0.2.1", "Set HOST and PORT to a free address"),
    ],
)
def test_wrong_setting_stops_the_start_with_one_sentence(
    tmp_path: Path, setting: str, value: str, sentence: str
) -> None:
    environment = {**processes.environment(tmp_path), setting: value}

    ended = subprocess.run(processes.command("serve"), env=environment, capture_output=True, text=True)

    assert ended.returncode == 2
    assert ended.stderr.startswith(sentence)
    assert ended.stderr.count("\n") == 1
