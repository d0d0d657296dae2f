"""What the public page of a survey shows, made ready for its template."""

from datetime import datetime
from typing import Any

from portal.assignments import clocks
from portal.assignments import queries as assignments
from portal.assignments.models import Response
from portal.assignments.rules import ResponseKind
from portal.i18n import _, format_date, format_datetime, format_number
from portal.surveys import charts, queries, words
from portal.surveys.models import Survey
from portal.surveys.rules.instruments import Kind
from portal.surveys.rules.results import Result

PUBLIC = (ResponseKind.INTERIM, ResponseKind.ANSWER, ResponseKind.REFUSAL)


def public_page(survey: Survey, at: datetime) -> dict[str, Any]:
    page = {
        "survey": survey,
        "title": words.title(survey),
        "phase": queries.phase_of(survey, at),
        "questions": queries.questions_of(survey),
        "words": words,
        "result": None,
    }
    return page | (_result(survey, at) if survey.result else {})


def _result(survey: Survey, at: datetime) -> dict[str, Any]:
    result = queries.published_document(survey)
    lines = words.lines(survey, result)
    return {
        "result": result,
        "lines": lines,
        "element_headers": _headers(survey),
        "about": _about(survey, result),
        "weakest": words.weakest(lines),
        "band": charts.band(result),
        "facts": words.facts(result),
        "remarks": words.remarks(survey, queries.released_remarks(survey)),
        "clocks_shown": clocks.of(survey.assignment, at) if survey.assignment else [],
        "changes": _changes(survey),
    }


def _changes(survey: Survey) -> list[Response]:
    """What the agency said about it in public, newest first."""
    if survey.assignment is None:
        return []
    said = [one for one in assignments.said(survey.assignment) if one.kind in PUBLIC]
    return said[::-1]


def _headers(survey: Survey) -> list[Any]:
    names = [_("Unsur"), (_("Jawaban"), "num"), (_("Rata-rata"), "num")]
    return [*names, (_("Tertimbang 1/9"), "num")] if survey.kind is Kind.SKM else names


def _about(survey: Survey, result: Result) -> list[tuple[str, str]]:
    """What the result is of."""
    facts = [
        (_("Dinas"), survey.agency.name),
        (_("Dibuka"), words.days(survey)),
        (_("Terbit"), format_datetime(survey.published_at) if survey.published_at else ""),
        (_("Penanggung jawab"), f"{survey.official.name}, {survey.official.position}"),
    ]
    if survey.served_from and survey.served_to and result["population"] is not None:
        first, last = format_date(survey.served_from), format_date(survey.served_to)
        facts[2:2] = [
            (_("Masa layanan yang dinilai"), _("%(first)s sampai %(last)s", first=first, last=last)),
            (_("Orang yang dilayani"), format_number(result["population"])),
        ]
    return facts
