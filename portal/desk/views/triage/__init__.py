"""What waits for moderators."""

from portal.desk.views.triage import (
    early_refusals,
    kinds,
    merging,
    overturning,
    returned,
    review,
    splitting,
    texts,
)

__all__ = [
    "early_refusals",
    "kinds",
    "merging",
    "overturning",
    "returned",
    "review",
    "splitting",
    "texts",
]
