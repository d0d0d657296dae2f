"""What can go wrong in the domain, in words that a person may read."""

from typing import Any


class DomainError(Exception):
    """A rule of the domain refused the wish; `message` is shown to the person, beside `field` if given.

    The message may be a lazy translation: it is turned into text when shown.
    """

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Conflict(DomainError):
    """Somebody else changed the thing in the meantime; the page shows their change."""


class SettingsError(Exception):
    """A setting is missing or wrong; the text is one sentence that says what to set."""
