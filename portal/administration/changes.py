"""The history of changes, told in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.administration.labels import FIELD, KIND, MATTER, STAGE, VALUE
from portal.administration.models import AdministrationChange
from portal.deadlines.rules.stages import Matter, Stage
from portal.i18n import _, format_date_short, format_datetime

DATES = {"valid_from", "valid_to", "active_from", "active_to", "covered_to", "checked_on"}
LISTED_AT_MOST = 12


@dataclass(frozen=True)
class Difference:
    """One field, as it was and as it is."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One change, ready to be shown."""

    title: str
    at: datetime
    when: str
    who: str
    is_new: bool
    differences: list[Difference]


def told(changes: Iterable[AdministrationChange]) -> list[Told]:
    return [_told(change) for change in changes]


def _told(change: AdministrationChange) -> Told:
    kind = str(KIND.get(change.kind, change.kind))
    return Told(
        title=f"{kind}: {change.title}" if change.title else kind,
        at=change.at,
        when=format_datetime(change.at),
        who=change.by.name,
        is_new=change.before is None,
        differences=[
            difference
            for name, value in change.after.items()
            if (difference := _difference(name, (change.before or {}).get(name), value))
        ],
    )


def _difference(name: str, before: Any, after: Any) -> Difference | None:
    """None when neither says anything (an empty field of a new thing)."""
    if isinstance(after, list) and isinstance(before, list):
        before, after = _only(before, after), _only(after, before)  # long lists: what went, what came
    old, new = _shown(name, before), _shown(name, after)
    return Difference(_field(name), old, new) if old or new else None


def _only(one: list[Any], other: list[Any]) -> list[Any]:
    return [value for value in one if value not in other]


def _field(name: str) -> str:
    if name in FIELD:
        return str(FIELD[name])
    matter, stage, what = name.split(".")  # a limit of the policy
    words = {"matter": str(MATTER[Matter(matter)]), "stage": str(STAGE[Stage(stage)])}
    if what == "extension":
        return _("%(matter)s, %(stage)s: perpanjangan (hari kerja)", **words)
    return _("%(matter)s, %(stage)s: batas (hari kerja)", **words)


def _shown(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        words = [str(VALUE.get(name, {}).get(one, one)) for one in value]
        more = len(words) - LISTED_AT_MOST
        rest = [_("dan %(count)s lagi", count=more)] if more > 0 else []
        return "; ".join(words[:LISTED_AT_MOST] + rest)
    if name in DATES:
        return format_date_short(date.fromisoformat(value))
    return str(VALUE.get(name, {}).get(value, value))
