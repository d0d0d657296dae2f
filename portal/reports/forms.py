"""What can be asked of the public list, in its address."""

from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from portal import keyset
from portal.reports.queries import Filter
from portal.reports.rules import ReportKind, ReportState


def filter_from(args: MultiDict[str, str]) -> Filter:
    """Whatever stands in the address: what is not known is left out, never an error."""
    wanted = Filter(
        text=args.get("q", "").strip()[:200],
        area_code=args.get("area", "")[:20],
        category_code=args.get("category", "")[:60],
        kind=_member(ReportKind, args.get("kind")),
        state=_member(ReportState, args.get("state")),
        is_overdue=args.get("overdue") == "1",
        offset=min(max(args.get("from", 0, type=int), 0), 1000),
    )
    return replace(wanted, before=keyset.read(args.get("before", "")))


def values(wanted: Filter) -> dict[str, Any]:
    """The filter as the address says it, without its place in the list."""
    stated = {
        "q": wanted.text,
        "area": wanted.area_code,
        "category": wanted.category_code,
        "kind": wanted.kind.value if wanted.kind else "",
        "state": wanted.state.value if wanted.state else "",
        "overdue": "1" if wanted.is_overdue else "",
    }
    return {name: value for name, value in stated.items() if value}


def _member(members: type[Any], text: str | None) -> Any:
    return members(text) if text in {member.value for member in members} else None
