"""The document of a draft: its figures, what they were computed from, and what to be careful about."""

from collections.abc import Mapping
from typing import Any

from portal import config
from portal.ledger import queries as ledger
from portal.ledger.rules import moment
from portal.statistics import overviews
from portal.statistics.editions import bundle, cautions, figures, rows
from portal.statistics.editions.coarsening import Published
from portal.statistics.editions.documents import About, EditionDocument
from portal.statistics.editions.models import EditionDraft
from portal.statistics.queries import AgencyRow
from portal.statistics.rules.scope import Scope

FORMAT = "balai-warga-edition/1"


def files_of(published: Published) -> dict[str, Any]:
    return {
        "cases.csv": rows.write(rows.CaseRow, published.cases),
        "stages.csv": rows.write(rows.StageRow, published.stages),
        "ratings.csv": rows.write(rows.RatingRow, published.ratings),
    }


def document_of(
    draft: EditionDraft, published: Published, scope: Scope, known: list[AgencyRow]
) -> EditionDocument:
    """As far as it is known before somebody confirms: number and time of publication come then."""
    computed = figures.recomputed(read_cases(draft.files), until=scope.until.isoformat())
    named = {cell["code"] for cell in computed["agencies"]}
    seen = {code for row in published.cases for code in (row.agency, row.answered_by, row.closed_by)}
    calendar_of = overviews.calendars(known)
    seal = ledger.head_at(draft.cutoff)
    settings = config.current()
    joined = {agency.code for agency in known} & published.joined
    about: About = {
        "format": FORMAT,
        "number": 0,
        "city": settings.city_name,
        "zone": str(settings.zone),
        "first_on": draft.first_on.isoformat(),
        "last_on": draft.last_on.isoformat(),
        "cutoff": moment(draft.cutoff),
        "published_at": "",
        "corrects": draft.corrects_number,
        "reason": draft.reason,
        "previous_root": "",
        "seal": {"number": seal.number, "digest": seal.digest} if seal else None,
        "definitions": bundle.DEFINITIONS,
        "inputs": {name: bundle.digest(text.encode()) for name, text in draft.files.items()},
        "agencies": {agency.code: agency.name for agency in known if agency.code in named | seen},
        "comments": {},
        "warnings": cautions.of(
            scope,
            computed,
            joined=joined,
            calendars=[calendar_of(agency.id) for agency in known if agency.code in named | seen | joined],
            corrects=draft.corrects_number,
        ),
    }
    return {"about": about, "figures": computed}


def read_cases(files: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The rows of the three files. Raises DomainError when one cannot be read."""
    return {
        name: rows.read(kind, text.decode() if isinstance(text, bytes) else text)
        for name, kind in rows.FILES.items()
        for text in [files[name]]
    }
