"""Run processes together: all live or none does."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from portal import config
from portal.errors import SettingsError

UP_WITHIN_SECONDS = 60
DOWN_WITHIN_SECONDS = 20  # a request or a job at hand is brought to its end
PR_SET_PDEATHSIG = 1


class ChildDied(Exception):
    """A process ended that should have lived."""


class Child:
    """A process of ours, under the name that people know it by."""

    def __init__(self, name: str, process: subprocess.Popen[bytes]) -> None:
        self.name = name
        self.process = process

    def check(self) -> None:
        """Raises ChildDied with one sentence when it does not live."""
        code = self.process.poll()
        if code is not None:
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            raise ChildDied(f"The {self.name} ended ({how}), so the portal stops.")


def listen(host: str, port: int) -> socket.socket:
    """The web server's socket, taken first: a taken port is found before anything else is done."""
    try:
        return socket.create_server((host, port), family=_family(host), backlog=1024)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else "unknown host"
        raise SettingsError(
            f"Set HOST and PORT to a free address: {host}:{port} cannot be used ({why})."
        ) from None


def start(name: str, *command: str, keep: socket.socket | None = None) -> Child:
    """Start a `flask` command beside us; `keep` is a socket that it inherits."""
    process = subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, "-m", "flask", "--app", str(config.ROOT / "wsgi.py"), *command],
        pass_fds=[keep.fileno()] if keep else [],
        start_new_session=True,  # Ctrl-C reaches us alone, and we stop them in order
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )
    return Child(name, process)


def wait_until_up(web: Child, host: str, port: int) -> None:
    """Wait for the first answer. Raises ChildDied when none comes."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - read, not bound
    until = time.monotonic() + UP_WITHIN_SECONDS
    while time.monotonic() < until:
        web.check()
        try:
            urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise ChildDied(f"The {web.name} gave no answer within {UP_WITHIN_SECONDS} seconds.")


def watch(*children: Child) -> None:
    """Wait until somebody stops us. Raises ChildDied when a process ends before."""
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.wait(0.3):
        for child in children:
            child.check()


@contextmanager
def stopping(*children: Child) -> Iterator[None]:
    """Whatever happens, the processes end with us."""
    try:
        yield
    finally:
        for child in children:
            child.process.terminate()
        for child in children:
            try:
                child.process.wait(DOWN_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                child.process.kill()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _end_with_parent() -> None:
    """Even when we are killed outright, no process stays behind and holds the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
