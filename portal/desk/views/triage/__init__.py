"""What waits for moderators."""

from portal.desk.views.triage import (
    early_refusals,
    identities,
    kinds,
    merging,
    overturning,
    photos,
    returned,
    review,
    splitting,
    texts,
    words,
)

__all__ = [
    "early_refusals",
    "identities",
    "kinds",
    "merging",
    "overturning",
    "photos",
    "returned",
    "review",
    "splitting",
    "texts",
    "words",
]
