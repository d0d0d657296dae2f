"""The letters that the code under test wrote."""

import re

from portal.config import current
from portal.db import db
from portal.notifications.models import Notification


def letters_to(address: str) -> list[Notification]:
    return list(
        db.session.scalars(
            db.select(Notification).where(Notification.address == address).order_by(Notification.id)
        )
    )


def link_in(letter: Notification) -> str:
    """The path of the letter's link on this portal."""
    found = re.search(re.escape(current().public_url) + r"(/\S+)", letter.body)
    assert found, letter.body
    return found.group(1)
