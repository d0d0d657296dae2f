"""States of a job, how long a claim lasts, and when it is tried again."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum


class JobState(StrEnum):
    WAITING = "waiting"  # claimed ones too: a claim moves `run_at` behind its lease
    DONE = "done"
    DEAD = "dead"  # given up; an administrator may try it again


class Hopeless(Exception):
    """Trying again cannot help, e.g. the mail server says that the address does not exist."""


LEASE = timedelta(minutes=2)  # far longer than any job takes; a killed runner's job waits this long
MAX_TRIES = 8  # with the waits below about 21 minutes: longer than a restart of the mail server
KEEP_DONE = timedelta(days=30)
ERROR_LENGTH = 500


def backoff(try_count: int) -> timedelta:
    """Wait before the next try: 10 s, 20 s, 40 s ... at most an hour."""
    return min(timedelta(seconds=10 * 2 ** max(try_count - 1, 0)), timedelta(hours=1))


def slot(at: datetime, every: timedelta) -> datetime:
    """Begin of the period that `at` lies in, counted from the epoch, so that all runners agree."""
    epoch = datetime.fromtimestamp(0, UTC)
    return epoch + (at - epoch) // every * every
