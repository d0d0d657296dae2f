"""The portal as real processes, with a data folder of its own."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from portal import config

PATIENCE_SECONDS = 60


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", str(config.ROOT / "wsgi.py"), *words]


def environment(data_dir: Path, **changes: str) -> dict[str, str]:
    """Nothing of the developer's own settings, and any free port."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PORTAL_DATA_DIR": str(data_dir), "PORT": "0", **changes}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def lives(pid: int) -> bool:
    """Is there such a process, and not only its remains?"""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Mortal:
    """One process of the portal, killed and started again at will."""

    def __init__(self, word: str, data_dir: Path, **settings: str) -> None:
        self._command = command(word)
        self._environment = environment(data_dir, **settings)
        self._log = data_dir / f"{word}.log"
        self.revive()

    def kill(self) -> None:
        """As when the power fails: nothing is brought to its end."""
        self._process.kill()
        self._process.wait()

    def revive(self) -> None:
        with self._log.open("a") as log:
            self._process = subprocess.Popen(self._command, env=self._environment, stderr=log)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE_SECONDS)


class Portal:
    """A running `flask serve`."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log
        self.address = self._wait_for_address()

    def get(self, path: str) -> Any:
        return urllib.request.urlopen(self.address + path, timeout=10)  # noqa: S310 - our own address

    def children(self) -> list[int]:
        """Process ids of web server and job runner."""
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def stop(self, number: int) -> int:
        self._process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        return self._process.wait(PATIENCE_SECONDS)

    def output(self) -> str:
        return self._log.read_text()

    def _wait_for_address(self) -> str:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            if found := re.search(r"(http://\S+)\n[^$]*Stop with", self.output()):
                return found[1]
            time.sleep(0.1)
        raise AssertionError(f"the portal did not start: {self.output()}")


@contextmanager
def portal(data_dir: Path, **settings: str) -> Iterator[Portal]:
    """Start the portal; whatever happens, it does not outlive the test."""
    log = data_dir / "output.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command("serve"), env=environment(data_dir, **settings), stdout=output, stderr=output, text=True
        )
    try:
        yield Portal(process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE_SECONDS)
