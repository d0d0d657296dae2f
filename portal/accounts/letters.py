"""Letters about accounts. The post office stands on a higher floor and registers itself at app start."""

from datetime import datetime
from typing import Any, Protocol


class Post(Protocol):
    """Takes a letter (a template of templates/letters/) to an address; once per `key`."""

    def __call__(
        self, address: str, language: str, letter: str, *, key: str, at: datetime, path: str, **values: Any
    ) -> None: ...


_offices: list[Post] = []


def deliver_by(post: Post) -> None:
    """Let this post office carry the letters from now on."""
    _offices[:] = [post]


def send(
    address: str, language: str, letter: str, *, key: str, at: datetime, path: str, **values: Any
) -> None:
    """Hand a letter to the post; `path` is the page that it leads to."""
    _offices[0](address, language, letter, key=key, at=at, path=path, **values)
