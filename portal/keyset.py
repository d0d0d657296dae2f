"""A place in a list for its address: the moment and the id of the row that was shown last."""

from datetime import UTC, datetime

Place = tuple[datetime, int]


def written(place: Place) -> str:
    """Microseconds since 1970 and the row's id."""
    at, row_id = place
    return f"{round(at.timestamp() * 1_000_000)}-{row_id}"


def read(text: str) -> Place | None:
    """The place that an address names; None when it names none."""
    moment, _, row_id = text.partition("-")
    if not (moment.isdecimal() and row_id.isdecimal()) or len(moment) > 17 or len(row_id) > 18:
        return None
    seconds, microseconds = divmod(int(moment), 1_000_000)
    try:
        at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)
    except (ValueError, OverflowError, OSError):
        return None
    return at, int(row_id)
