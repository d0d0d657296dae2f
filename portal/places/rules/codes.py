"""Levels of area, as Kemendagri codes them."""

from enum import StrEnum


class Level(StrEnum):
    CITY = "city"
    DISTRICT = "district"  # kecamatan
    VILLAGE = "village"  # kelurahan or gampong


CODE_PARTS = {Level.CITY: 2, Level.DISTRICT: 3, Level.VILLAGE: 4}  # 12.71 · 12.71.09 · 12.71.09.1001


def parent_code(code: str) -> str | None:
    """The code of the area around; None for a city."""
    parent, _, _ = code.rpartition(".")
    return parent if "." in parent else None


def district_of(code: str | None) -> str | None:
    """The kecamatan that an area lies in or is; Kemendagri codes name their parents."""
    if not code or code.count(".") < 2:
        return None
    return ".".join(code.split(".")[:3])
