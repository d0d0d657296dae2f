"""States of a job and when it is tried again."""

from datetime import timedelta
from enum import StrEnum


class JobState(StrEnum):
    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


LEASE = timedelta(minutes=2)
MAX_TRIES = 8


def backoff(try_count: int) -> timedelta:
    """Wait before the next try: 10 s, 20 s, 40 s ... at most an hour."""
    return min(timedelta(seconds=10 * 2 ** max(try_count - 1, 0)), timedelta(hours=1))
