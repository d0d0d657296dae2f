"""What the pages of a draft hold beside its answers: what was typed and not sent on yet, and by which page.

Of each question the draft knows how often it was filled in (`revision`), the page that did it last (`by`),
what it sent, and what another page had put there before (`earlier`). Pure values: a page is a plain dict.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

Typed = dict[str, list[str]]  # names of fields and what stands in them
Pages = Mapping[str, Any]  # by the name of the step

NOT_TYPED = frozenset({"csrf_token", "page", "start", "leave"})
MAX_FIELDS = 60
MAX_SIGNS = 40_000  # a story has at most 8,000
NAMING = ("name", "email", "phone")  # not kept of those who hide their name


class TooMuch(Exception):
    """More was typed than any of our pages takes."""


def mark(pages: Pages, step: str) -> str:
    """What a page carries, so that the draft knows it again: `3.Xa81…` was made after the third change."""
    return f"{_of(pages, step).get('revision', 0)}.{secrets.token_urlsafe(6)}"


def typed_of(fields: Iterable[tuple[str, str]]) -> Typed:
    """The fields of a form as a draft keeps them. Raises TooMuch."""
    typed: Typed = {}
    for name, value in fields:
        if name not in NOT_TYPED and isinstance(value, str):
            typed.setdefault(name, []).append(value)
    if len(typed) > MAX_FIELDS or sum(len(v) for values in typed.values() for v in values) > MAX_SIGNS:
        raise TooMuch
    if "is_anonymous" in typed:
        typed = _nameless(typed) or {}
    return typed


def waiting(pages: Pages, step: str) -> Typed | None:
    """What was typed there and not sent on."""
    found: Typed | None = _of(pages, step).get("typed")
    return found


def earlier(pages: Pages, step: str) -> Typed | None:
    """What another page had put there before the last one did."""
    found: Typed | None = _of(pages, step).get("earlier")
    return found


def unsent(pages: Pages) -> list[str]:
    """The steps on whose pages something was typed and not sent on."""
    return [step for step in pages if waiting(pages, step)]


def kept(pages: Pages, step: str, typed: Typed, page: str) -> dict[str, Any]:
    """The pages after something was typed on one of them."""
    return _changed(pages, step, typed, page, {"typed": typed})


def sent(pages: Pages, step: str, typed: Typed, page: str) -> dict[str, Any]:
    """The pages after one of them was answered: nothing waits on it any more."""
    return _changed(pages, step, typed, page, {"typed": None, "sent": typed})


def meets_another(pages: Pages, step: str, typed: Typed, page: str) -> bool:
    """Was the question filled in differently elsewhere since this page was made?"""
    known, _, by = page.partition(".")
    now = _of(pages, step)
    if not known.isdecimal() or now.get("by") in (None, by) or int(known) >= now.get("revision", 0):
        return False
    return _last(now) not in (None, typed)


def _changed(pages: Pages, step: str, typed: Typed, page: str, values: dict[str, Any]) -> dict[str, Any]:
    now = _of(pages, step)
    by = page.partition(".")[2] or now.get("by")
    changed = {**now, **values, "revision": now.get("revision", 0) + 1, "by": by}
    if meets_another(pages, step, typed, page):
        changed["earlier"] = _last(now)
    if "is_anonymous" in typed:
        changed["earlier"] = _nameless(changed.get("earlier"))
    return {**pages, step: changed}


def _nameless(typed: Typed | None) -> Typed | None:
    return typed and {name: values for name, values in typed.items() if name not in NAMING}


def _last(page: Mapping[str, Any]) -> Typed | None:
    return page.get("typed") or page.get("sent")


def _of(pages: Pages, step: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = pages.get(step) or {}
    return found
