"""Attacks in what administrators write about other programs."""

from typing import Any

from portal.accounts.rules import Role
from portal.administration import services
from tests.builders import MONDAY


def write_machines(hall: Any) -> None:
    """A program with a name and a contact."""
    values = {"hourly_limit": 1, "daily_limit": 1, "is_active": True}
    named = {"name": hall.ink.line(100), "contact": hall.ink.line(200)}
    services.save_open311_client(None, {**values, **named}, by=hall.people[Role.ADMINISTRATOR], at=MONDAY)
