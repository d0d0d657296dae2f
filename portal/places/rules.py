"""Levels of area, as Kemendagri codes them."""

from enum import StrEnum


class Level(StrEnum):
    CITY = "city"
    DISTRICT = "district"  # kecamatan
    VILLAGE = "village"  # kelurahan or gampong
