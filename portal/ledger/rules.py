"""How the record is written down for sealing: one line of JSON for each event, and digests over lines.

Everything here is repeated in a few lines of any language: see the page of the ledger.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

BATCH = 5000  # events in a seal at most: what one short transaction writes
SETTLING = timedelta(minutes=1)  # neighbours that are still being committed then come in the same seal
GENESIS = "0" * 64  # what stands before the first seal


def canonical(value: Mapping[str, Any]) -> str:
    """JSON that is the same wherever it is written: keys sorted, no spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def moment(at: datetime) -> str:
    """A moment in UTC to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def line(event_id: int, at: datetime, kind: str, subject: str, details: Mapping[str, Any]) -> str:
    """An event as it is sealed and handed out."""
    return canonical({"id": event_id, "at": moment(at), "kind": kind, "subject": subject, "details": details})


def line_digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def ndjson(lines: Iterable[str]) -> str:
    """The lines of a seal as one file, each with its end."""
    return "".join(f"{line}\n" for line in lines)


def events_digest(lines: Iterable[str]) -> str:
    """What `sha256sum` says of that file."""
    return hashlib.sha256(ndjson(lines).encode()).hexdigest()


def seal_digest(
    *, number: int, sealed_at: datetime, event_count: int, events_digest: str, previous_digest: str
) -> str:
    """The digest of a seal: over its own facts and the digest of the seal before."""
    facts = {
        "number": number,
        "sealed_at": moment(sealed_at),
        "event_count": event_count,
        "events_digest": events_digest,
        "previous_digest": previous_digest,
    }
    return hashlib.sha256(canonical(facts).encode()).hexdigest()
