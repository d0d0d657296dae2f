"""What residents and officials write in the forum of the demo city, as it stands in `data/forum`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent / "data" / "forum"

OFFICER = "officer"  # an official of the agency that answers for the category
MODERATOR = "moderator"


@dataclass(frozen=True)
class PostText:
    """A post; `by` is OFFICER, MODERATOR or a letter, each a resident of its own within the thread."""

    by: str
    text: str
    quotes: int | None = None  # the place of an earlier post in the thread, from 0


@dataclass(frozen=True)
class AnswerText:
    """What the agency says officially, after the posts."""

    kind: Literal["answer", "interim", "refusal"]
    text: str


@dataclass(frozen=True)
class ThreadText:
    """A talk; its first post is by resident `a`, who opens it."""

    title: str
    area: str | None  # a kecamatan or kelurahan of Medan, none for the whole city
    supporters: int
    asks: Literal["supporters", "moderator"] | None  # who asked for an official answer
    posts: tuple[PostText, ...]
    answer: AnswerText | None  # none while the agency has not answered, or nobody asked it
    gap: Literal["hours", "days", "weeks"]  # the usual time between two posts


@dataclass(frozen=True)
class CategoryText:
    """A theme of the forum; `category` is the report category that decides which agency answers."""

    slug: str
    name_id: str
    name_en: str
    description_id: str
    description_en: str
    category: str | None
    threads: tuple[ThreadText, ...]


@cache
def categories() -> Sequence[CategoryText]:
    """All categories of the forum, by slug."""
    return [_category(json.loads(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.json"))]


def _category(row: dict[str, Any]) -> CategoryText:
    return CategoryText(**row | {"threads": tuple(_thread(one) for one in row["threads"])})


def _thread(row: dict[str, Any]) -> ThreadText:
    posts = tuple(PostText(**post) for post in row["posts"])
    answer = AnswerText(**row["answer"]) if row["answer"] else None
    return ThreadText(**row | {"posts": posts, "answer": answer})
