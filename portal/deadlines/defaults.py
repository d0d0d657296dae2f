"""The calendars and the policy that the portal ships: a beginning that each city confirms and edits."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import holidays

from portal.deadlines.rules.calendar import OffKind

DATA = Path(__file__).parent / "data"
YEARS = range(2022, 2028)  # cuti bersama of later years are not decreed yet, so nothing is guessed
CATEGORIES = {"public": OffKind.NATIONAL, "government": OffKind.JOINT_LEAVE}


def policy_document() -> dict[str, Any]:
    """The shipped limits of every stage, with their legal basis."""
    document: dict[str, Any] = _read("policy.json")
    return document


def calendar_keys() -> dict[str, str]:
    """Key and name of each shipped calendar; the first one is the city's."""
    return {key: row["name"] for key, row in _read("office_hours.json").items() if key != "ramadan"}


def calendar_document(key: str, zone: str) -> dict[str, Any]:
    """A shipped calendar in a time zone: office hours, Ramadan hours, national holidays, joint leave.

    Ramadan's dates follow the sighting of the moon: to be confirmed each year.
    """
    hours = _read("office_hours.json")
    return {
        "zone": zone,
        "covered_from": f"{YEARS[0]}-01-01",
        "covered_to": f"{YEARS[-1]}-12-31",
        "week": hours[key]["week"],
        "regimes": [
            {"name": f"Ramadan {first[:4]}", "from": first, "to": last, "week": hours[key]["ramadan_week"]}
            for first, last in hours["ramadan"]
        ],
        "holidays": decreed_holidays(YEARS),
    }


def decreed_holidays(years: range) -> list[dict[str, str]]:
    """National holidays and joint leave as the `holidays` package knows them, in order of date."""
    return [{"on": on, "kind": kind, "name": name} for on, kind, name in _decreed(years)]


@cache
def _decreed(years: range) -> tuple[tuple[str, str, str], ...]:
    """The package counts them anew each time; each calendar of a city asks for the same ones."""
    rows: list[tuple[str, str, str]] = []
    for category, kind in CATEGORIES.items():
        found = holidays.country_holidays("ID", years=years, categories=category, language="id")
        rows += [(day.isoformat(), kind.value, name) for day, name in found.items()]
    return tuple(sorted(rows, key=lambda row: row[0]))


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return document
