"""What can be commented on registers here: ideas, pins. A comment knows only its name ("idea:I-1")."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.projects.comments.models import ProjectComment
from portal.projects.models import Project


@dataclass(frozen=True, slots=True)
class Thing:
    """What a comment is about. `is_open`: may still be commented on."""

    project: Project
    title: str
    url: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Home:
    """`find` gives the thing of a number, None when nobody may see it. `written` is called after a comment
    was added; `counted` when the number of comments that show grows or shrinks."""

    find: Callable[[str], Thing | None]
    written: Callable[[ProjectComment], None]
    counted: Callable[[str, int], None]


_homes: dict[str, Home] = {}


def register(kind: str, home: Home) -> None:
    """Called once per kind ("idea") at app start."""
    _homes[kind] = home


def of(about: str) -> tuple[Home, str] | None:
    """The home and the number that a name consists of; None when it names nothing that we know."""
    kind, _, number = about.partition(":")
    home = _homes.get(kind)
    return (home, number) if home else None


def thing(about: str) -> Thing | None:
    found = of(about)
    return found[0].find(found[1]) if found else None
