"""Addresses of a photo that a phone sends in parts."""

from typing import Any
from uuid import UUID


def parts() -> dict[str, dict[str, Any]]:
    there = {"key": UUID(int=7)}  # the token is a visitor's own, so there is no example of it
    return {"filing.upload": there, "filing.send_part": there}
