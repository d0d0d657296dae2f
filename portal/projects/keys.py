"""The key of a page in a list, as it stands in an address: a moment or a count, and a row's id."""

from datetime import UTC, datetime

Place = tuple[int, int]  # microseconds since 1970, or a count; the row's id
LONGEST = 18  # digits; both engines keep 64 bits


def write(place: Place | None) -> str | None:
    return f"{place[0]}-{place[1]}" if place else None


def read(text: str | None) -> Place | None:
    """What stands in the address; None when it is no key, never an error."""
    first, _, second = (text or "").partition("-")
    count, row_id = number(first), number(second)
    return None if count is None or row_id is None else (count, row_id)


def number(text: str | None) -> int | None:
    """A whole number that stands in the address; None when it is none."""
    is_one = text and text.isascii() and text.isdecimal() and len(text) <= LONGEST
    # One thing has one number: what is said about "I-07" would be lost to I-7.
    return int(text) if text and is_one and text == str(int(text)) else None


def of_moment(at: datetime, row_id: int) -> Place:
    return round(at.timestamp() * 1_000_000), row_id


def moment(place: Place | None) -> tuple[datetime, int] | None:
    """The moment that a key names; None when there is no such moment."""
    if place is None:
        return None
    seconds, microseconds = divmod(place[0], 1_000_000)
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds), place[1]
    except (ValueError, OverflowError, OSError):
        return None
