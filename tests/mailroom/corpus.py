"""Samples of replies, each with what its sender wrote: replies.txt, replies_html.txt."""

from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    name: str
    came: str
    wrote: str


def cases(name: str) -> list[Case]:
    """The cases of a file; its first paragraph says what it holds."""
    _about, *blocks = Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n=== ")
    return [_case(block) for block in blocks]


def _case(block: str) -> Case:
    name, _line, rest = block.partition("\n")
    came, _mark, wrote = rest.partition("\n+++\n")
    return Case(name, came, wrote.rstrip("\n"))
