"""The texts and drawings of the demo's projects, as they stand in `data/park`."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "data" / "park"


@cache
def park() -> dict[str, Any]:
    """The park's story, milestones, reports, vote and meetings, and the two smaller projects."""
    document: dict[str, Any] = _read("park.json")
    return document


@cache
def ideas() -> list[dict[str, Any]]:
    """Sixty ideas with what became of each."""
    rows: list[dict[str, Any]] = _read("ideas.json")
    return rows


@cache
def pins() -> dict[str, list[dict[str, Any]]]:
    """Notes on the first and on the second plan, in per mille of the drawing."""
    rows: dict[str, list[dict[str, Any]]] = _read("pins.json")
    return rows


def drawing(name: str) -> BytesIO:
    """A drawing as it would be uploaded."""
    return BytesIO((FOLDER / f"{name}.svg").read_bytes())


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
