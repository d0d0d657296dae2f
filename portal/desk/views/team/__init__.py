"""What leaders look after."""

from portal.desk.views.team import (
    approvals,
    canned,
    duties,
    overview,
)

__all__ = [
    "approvals",
    "canned",
    "duties",
    "overview",
]
