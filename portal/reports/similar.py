"""Reports that may be about the same matter, as the person who is about to file reads them."""

from dataclasses import dataclass, replace
from datetime import datetime

from portal.i18n import _, format_number
from portal.reports import likeness, listing, queries
from portal.reports.likeness import Found
from portal.reports.listing import Line
from portal.reports.queries import Matter
from portal.reports.rules import UNENDED

WORDS_NAMED = 4


@dataclass(frozen=True)
class Alike:
    """A report that may be of the same matter; its line says what speaks for it. Who has the same matter
    can join while it is not at its end."""

    number: str
    line: Line
    can_be_joined: bool


def lines(matter: Matter, at: datetime) -> list[Alike]:
    """At most three, the likeliest first."""
    found = queries.similar(matter, at)
    shown = listing.rows([row for row, _ in found])
    text = f"{matter.title}\n{matter.body}"
    return [
        Alike(row.number, replace(line, note=reasons(measured, text)), row.state in UNENDED)
        for (row, measured), line in zip(found, shown, strict=True)
    ]


def distance(metres: float) -> str:
    """As people say it: to ten metres, from a kilometre on to a hundred."""
    if metres >= 1000:
        return _("%(count)s km dari sini", count=format_number(round(metres / 1000, 1)))
    return _("%(count)s meter dari sini", count=max(10, int(round(metres, -1))))


def reasons(found: Found, text: str) -> str:
    """One sentence of what speaks for it; `text` is what somebody wrote, in whose words it is told."""
    told = [distance(found.metres) if found.is_near and found.metres is not None else None]
    told.append(_("wilayah yang sama") if found.same_area and not found.is_near else None)
    told.append(_("bidang yang sama") if found.same_category else None)
    if shared := likeness.written(found.stems, text)[:WORDS_NAMED]:
        told.append(_("kata yang mirip: %(words)s", words=", ".join(shared)))
    return _("Mungkin sama: %(reasons)s.", reasons="; ".join(filter(None, told)))
