"""What is true of the forum: numbers, pages, limits, and when a thread asks the city."""

from enum import StrEnum

THREAD_PREFIX = "F-"
POST_PREFIX = "P-"
PAGE_SIZE = 25  # posts on a page of a thread
TITLE_LENGTH = 150
BODY_LENGTH = 8000
REASON_LENGTH = 1000
MAX_PHOTOS = 4
ALT_LENGTH = 200
QUOTE_LENGTH = 1000  # of a quoted post; the rest is one click away


class Asked(StrEnum):
    """Why a thread asks for an official answer."""

    SUPPORTERS = "supporters"  # by itself: so many support it
    MODERATOR = "moderator"


def thread_number(thread_id: int) -> str:
    return f"{THREAD_PREFIX}{thread_id}"


def post_number(post_id: int) -> str:
    return f"{POST_PREFIX}{post_id}"


def id_in(number: str, prefix: str) -> int | None:
    """The id in "F-12" or "f-12"; None when it is no such number."""
    digits = number.upper().removeprefix(prefix)
    is_number = number.upper().startswith(prefix) and digits.isascii() and digits.isdecimal()
    return int(digits) if is_number and len(digits) <= 18 else None  # what 64 bits hold for sure


def page_of(position: int) -> int:
    """The page of a thread on which a post stands; both count from one."""
    return (max(position, 1) - 1) // PAGE_SIZE + 1


def span_of(page: int) -> tuple[int, int]:
    """First and last position of a page."""
    return (page - 1) * PAGE_SIZE + 1, page * PAGE_SIZE
