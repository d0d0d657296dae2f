"""Ask one page over and over from a few open connections, and say how often it was answered."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8


@dataclass(frozen=True)
class Page:
    """One page to measure: `headers` carry a session cookie or an ETag; `status` is what must come."""

    name: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


@dataclass(frozen=True)
class Measured:
    """Answers a second, and the servers' processor time per answer in milliseconds."""

    rate: float
    cpu_ms: float


def measure(page: Page, *, seconds: float, pids: list[int]) -> Measured:
    """Warm up for a tenth of the time, then count. Raises AssertionError on any other status."""
    asyncio.run(_ask(page, seconds / 10))
    before, began = cpu_seconds(pids), time.perf_counter()
    count = asyncio.run(_ask(page, seconds))
    took, spent = time.perf_counter() - began, cpu_seconds(pids) - before
    return Measured(count / took, spent * 1000 / count)


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of processes and all their descendants so far."""
    ticks = 0
    for pid in _family(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def _family(pids: list[int]) -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = [], list(pids)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


async def _ask(page: Page, seconds: float) -> int:
    until = time.perf_counter() + seconds
    counts = await asyncio.gather(*(_one(page, until) for _ in range(CONNECTIONS)))
    return sum(counts)


async def _one(page: Page, until: float) -> int:
    parts = urlsplit(page.url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    extra = "".join(f"{name}: {value}\r\n" for name, value in page.headers)
    request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n{extra}\r\n".encode()
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    count = 0
    while time.perf_counter() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status, length = int(head[9:12]), _length(head)
        if length:
            await reader.readexactly(length)
        assert status == page.status, f"{page.name}: {status} instead of {page.status}"
        count += 1
    writer.close()
    return count


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0
