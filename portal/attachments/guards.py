"""Who may load a photo: its name cannot be guessed, and features say more about their own.

A guard answers True for photos that are not its own. It runs once for each photo that is loaded.
"""

from collections.abc import Callable

from portal.attachments.models import Attachment

Guard = Callable[[Attachment], bool]
_guards: dict[str, Guard] = {}


def register(feature: str, guard: Guard) -> None:
    """Called once per feature at app start."""
    _guards[feature] = guard


def may_load(attachment: Attachment) -> bool:
    """Does every feature let this reader see the photo?"""
    return all(guard(attachment) for guard in _guards.values())
