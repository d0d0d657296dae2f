"""What waits for a person: each role asks its own places, and the most pressing stands on top."""

from datetime import datetime

from portal.accounts.models import User
from portal.pages.waiting import administrators, duties, moderators, residents
from portal.pages.waiting.rules import Wait

PROVIDERS = (residents.waits, duties.waits, moderators.waits, administrators.waits)


def of(user: User, at: datetime) -> list[Wait]:
    """Everything that waits for this person, whatever roles they have."""
    found = [wait for waits in PROVIDERS for wait in waits(user, at)]
    return sorted(found, key=lambda wait: wait.pressing)
