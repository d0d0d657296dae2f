"""A resident's overview: what waits for them first, then everything that is theirs, each with its clock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import url_for

from portal.accounts.models import User
from portal.i18n import _, _l, format_datetime
from portal.reports import clocks, listing
from portal.reports.filing import queries as filing
from portal.reports.listing import Line
from portal.reports.queries import overview
from portal.reports.rules import ReportState

SHOWN = 50  # of each kind; older ones are found by their number
STATES: dict[str, tuple[Any, tuple[ReportState, ...]]] = {
    "": (_l("Semua"), ()),
    "running": (_l("Sedang berjalan"), (ReportState.SUBMITTED, ReportState.OPEN)),
    "answered": (_l("Sudah dijawab"), (ReportState.ANSWERED,)),
    "closed": (_l("Selesai"), (ReportState.CLOSED,)),
}


def page(user: User, wanted: str, at: datetime) -> dict[str, Any]:
    """Everything for the template; a state that is not known shows all."""
    states = STATES.get(wanted, STATES[""])[1]
    own, joined = overview.own(user, states, SHOWN), overview.joined(user, states, SHOWN)
    shown = clocks.of_rows([*own, *joined], at)
    lines = [_own(row, line) for row, line in zip(own, listing.own_rows(own, shown), strict=True)]
    others = [_joined(row, line) for row, line in zip(joined, listing.lines(joined, shown), strict=True)]
    pairs = list(zip(joined, others, strict=True))
    return {
        "waiting": [
            *(line for row, line in zip(own, lines, strict=True) if _waits(row)),
            *(line for row, line in pairs if row.is_unrated),
        ],
        "own": [line for row, line in zip(own, lines, strict=True) if not _waits(row)],
        "supported": [line for row, line in pairs if row.is_affected and not row.is_unrated],
        "followed": [line for row, line in pairs if not row.is_affected],
        "draft_count": len(filing.drafts_of(user, at)),
        "has_anonymous": any(row.is_anonymous for row in own),
        "is_filtered": bool(states),
        "tabs": _tabs(wanted if wanted in STATES else ""),
    }


def _waits(row: Any) -> bool:
    return bool(row.is_asked or row.awaits_verdict or row.is_unrated)


def _own(row: Any, line: Line) -> Line:
    """With a lock where nobody else sees whose it is, and with what it waits for."""
    tags: list[tuple[str, str | None]] = [(_("Anonim"), "wait")] if row.is_anonymous else []
    told = replace(line, tags=[*tags, *line.tags])
    if row.is_asked:
        note = _("Menunggu jawaban Anda; hitungan waktunya berhenti.")
        return replace(told, url=f"{line.url}#answer", tone="wait", note=note)
    if row.awaits_verdict:
        return replace(told, url=f"{line.url}#rating", tone="wait", note=_verdict_note(row.react_by))
    if row.is_unrated:
        return replace(told, url=f"{line.url}#rating", note=_("Ada kabar baru. Bagaimana menurut Anda?"))
    return told


def _joined(row: Any, line: Line) -> Line:
    if not row.is_unrated:
        return line
    url = url_for("reports.rating", number=row.number)
    return replace(line, url=url, note=_("Sudah ditanggapi. Bagaimana menurut Anda?"))


def _verdict_note(react_by: datetime | None) -> str:
    if react_by is None:
        return _("Sudah dijawab. Apakah masalahnya selesai?")
    return _("Sudah dijawab. Nilailah sebelum %(date)s.", date=format_datetime(react_by))


def _tabs(current: str) -> Sequence[dict[str, Any]]:
    return [
        {
            "label": str(label),
            "url": url_for("following.overview", state=name or None),
            "current": name == current,
        }
        for name, (label, _states) in STATES.items()
    ]
