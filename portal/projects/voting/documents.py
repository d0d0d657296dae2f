"""The ballots as open data. The digest in the public record is that of the CSV file, byte for byte."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.projects.voting import rules
from portal.projects.voting.models import Vote

Sheet = tuple[int, Mapping[str, int]]  # a ballot's number and its dots by choice


def name_of(ballot_id: int) -> str:
    """A ballot's number as it is published; text, since scripts round numbers of this size."""
    return f"{ballot_id:016x}"


def dots_of(sheets: Iterable[Sheet]) -> list[dict[int, int]]:
    """The ballots as `rules.tally` counts them."""
    return [{int(choice): count for choice, count in dots.items()} for _id, dots in sheets]


def as_csv(vote: Vote, sheets: Sequence[Sheet]) -> str:
    """One line for each ballot, one column for each choice, numbered as on the page."""
    positions = [choice.position for choice in vote.choices]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["ballot", *(f"choice_{position}" for position in positions)])
    writer.writerows(
        [name_of(ballot_id), *(dots.get(str(position), 0) for position in positions)]
        for ballot_id, dots in sorted(sheets)
    )
    return text.getvalue()


def digest(vote: Vote, sheets: Sequence[Sheet]) -> str:
    """What `sha256sum ballots.csv` says."""
    return hashlib.sha256(as_csv(vote, sheets).encode()).hexdigest()


def as_json(vote: Vote, sheets: Sequence[Sheet]) -> str:
    """Question, choices, result and ballots in one document."""
    scores = {
        score.choice: score for score in rules.tally([one.position for one in vote.choices], dots_of(sheets))
    }
    document: dict[str, Any] = {
        "project": vote.project.slug,
        "question": vote.question,
        "dots_per_person": vote.dots,
        "most_dots_on_one_choice": vote.most_on_one,
        "opened_at": vote.opens_at.isoformat(),
        "closed_at": vote.closes_at.isoformat(),
        "eligible_areas": [{"code": area.code, "name": area.name} for area in vote.areas],
        "choices": [
            {
                "number": one.position,
                "title": one.title,
                "cost": one.cost,
                "idea": one.idea.number if one.idea else None,
                "dots": scores[one.position].dots,
                "people": scores[one.position].people,
                "rank": scores[one.position].rank,
            }
            for one in vote.choices
        ],
        "ballot_count": len(sheets),
        "sha256_of_csv": vote.digest,
        "ballots": [{"ballot": name_of(number), "dots": dict(dots)} for number, dots in sorted(sheets)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
