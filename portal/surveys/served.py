"""Who was served by an agency: told by the features above, which know whose matters it closed.

Surveys lie below reports and know none; at app start reports signs in a function here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from portal.notifications.rules import Recipient

# (agency id, from, until) -> everybody who can be reached by letter
Finder = Callable[[int, datetime, datetime], Iterable[Recipient]]

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Called once per feature at app start; a second time it stays one."""
    if finder not in _finders:
        _finders.append(finder)


def people(agency_id: int, first_at: datetime, end_at: datetime) -> Sequence[Recipient]:
    """Everybody whose matters the agency closed from `first_at` to before `end_at`; some twice."""
    return [one for finder in _finders for one in finder(agency_id, first_at, end_at)]
