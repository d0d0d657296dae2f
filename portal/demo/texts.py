"""What residents and officials of the demo city say: situations, with their slots filled."""

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent
DATA = FOLDER / "data"
SITUATIONS = FOLDER / "situations"

HAS_ENDING = 0.45  # of the texts
MAX_TITLE = 120
BEGINNING = re.compile(r"(?P<before>^|[.!?] )\{(?P<slot>\w+)\}")


@dataclass(frozen=True)
class Situation:
    """An everyday matter: how residents put it, and what officials say to it."""

    key: str
    category: str
    kind: str
    texts: tuple[tuple[str, str], ...]
    acknowledgements: tuple[str, ...]
    question: str
    reply: str
    interim: str
    answers: tuple[str, ...]
    refusal: tuple[str, ...] | None  # basis, text and, where the city is not competent, the code of who is
    areas: frozenset[str]  # kecamatan where it happens; none: everywhere
    is_confidential: bool


@dataclass(frozen=True)
class Place:
    """Where a matter happens, and what the slots of its texts hold."""

    area_code: str
    slots: Mapping[str, str]

    @property
    def name(self) -> str:
        """As a resident would write it in the field for the exact place."""
        return f"{self.slots['jalan']}, {self.slots['tempat']}"


@cache
def situations() -> Mapping[str, Sequence[Situation]]:
    """All situations by category."""
    found: dict[str, list[Situation]] = defaultdict(list)
    for path in sorted(SITUATIONS.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        for row in document["situation"]:
            found[row["category"]].append(_situation(row, document["acknowledgements"]))
    return found


@cache
def phrases() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "phrases.toml").read_text(encoding="utf-8"))


@cache
def places() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Streets, markets, health centres and schools by kecamatan."""
    return tomllib.loads((DATA / "medan_places.toml").read_text(encoding="utf-8"))


@cache
def table(name: str) -> Sequence[Mapping[str, str]]:
    """A small table of this folder."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def choose_place(chance: Random, situation: Situation, villages: Sequence[Mapping[str, str]]) -> Place:
    """A kelurahan where the situation may happen, with a street, a spot and so on."""
    allowed = [row for row in villages if not situation.areas or row["parent_code"] in situation.areas]
    village = chance.choice(allowed)
    around, words = places()[village["parent_code"]], phrases()
    slots = {
        "jalan": chance.choice(around["streets"]),
        "pasar": chance.choice(around["markets"]),
        "puskesmas": chance.choice(around["health_centres"]),
        "sekolah": chance.choice(around["schools"]),
        "kelurahan": village["name"],
        "kecamatan": village["district"],
        "lingkungan": chance.choice(words["wards"]),
        "gang": chance.choice(words["alleys"]),
        "tempat": chance.choice(words["spots"]),
        "hari": chance.choice(words["spans"]),
        "jumlah": chance.choice(words["counts"]),
        "bulan": chance.choice(words["months"]),
    }
    return Place(village["code"], slots)


def write(chance: Random, situation: Situation, place: Place) -> tuple[str, str]:
    """Title and body of a report, with an ending in the voice of the text."""
    title, body = (fill(text, place) for text in chance.choice(situation.texts))
    if chance.random() < HAS_ENDING:
        body = f"{body}{',' if body[:1].islower() else ''} {chance.choice(_endings(situation, body))}"
    return title[:MAX_TITLE], body


def fill(text: str, place: Place) -> str:
    """A text with its slots filled; a slot that begins a sentence begins it with a capital."""
    if text[:1].islower():
        return text.format_map(place.slots)
    return BEGINNING.sub(lambda found: _begun(found, place), text).format_map(place.slots)


def _begun(found: re.Match[str], place: Place) -> str:
    value = place.slots[found["slot"]]
    return found["before"] + value[:1].upper() + value[1:]


def _endings(situation: Situation, body: str) -> Sequence[str]:
    """How such a text may end, in its own voice."""
    words = phrases()
    if body[:1].islower():
        return list(words["casual_endings"])
    is_on_site = any("{tempat}" in text for _, text in situation.texts)
    return [*words["endings"], *(words["endings_on_site"] if is_on_site else ())]


def _situation(row: Mapping[str, Any], acknowledgements: Sequence[str]) -> Situation:
    return Situation(
        key=row["key"],
        category=row["category"],
        kind=row.get("kind", "complaint"),
        texts=tuple((title, body) for title, body in row["texts"]),
        acknowledgements=tuple(acknowledgements),
        question=row["question"],
        reply=row["reply"],
        interim=row["interim"],
        answers=tuple(row["answers"]),
        refusal=tuple(row["refusal"]) if "refusal" in row else None,
        areas=frozenset(row.get("areas", ())),
        is_confidential=row.get("confidential", False),
    )
