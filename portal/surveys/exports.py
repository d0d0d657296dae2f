"""A published result for machines: headings and codes in English, one line for each question."""

from typing import Any

from portal.sheets import table
from portal.surveys import queries
from portal.surveys.models import Survey
from portal.surveys.rules.instruments import scored

HEADINGS = (
    "survey",
    "agency",
    "title",
    "opens_on",
    "closes_on",
    "code",
    "element_id",
    "element_en",
    "n",
    "score_total",
    "mean",
    "weight",
    "weighted_mean",
    "index",
    "grade",
    "index_lower",
    "index_upper",
    "responses",
    "invited",
    "invited_answered",
    "population",
    "required_sample",
)


def elements(survey: Survey) -> str:
    """The elements as CSV; each line repeats what the index is of, so that lines can be put together."""
    result = queries.published_document(survey)
    names = {question.code: question.name for question in scored(survey.kind)}
    first = (survey.number, survey.agency.code, survey.title_id, survey.opens_on, survey.closes_on)
    last = (
        *(result["index"], result["grade"], result["lower"], result["upper"]),
        *(result["n"], result["invited"], result["invited_answered"]),
        *(result["population"], result["required"]),
    )
    return table(
        HEADINGS,
        (
            (
                *first,
                *(one["code"], names[one["code"]].id, names[one["code"]].en),
                *(one["n"], one["total"], one["mean"], one["weight"], one["weighted"]),
                *last,
            )
            for one in result["elements"]
        ),
    )


def document(survey: Survey) -> dict[str, Any]:
    """The whole published result, with what it is of."""
    result = queries.published_document(survey)
    return {
        "survey": survey.number,
        "agency": {"code": survey.agency.code, "name": survey.agency.name},
        "title": {"id": survey.title_id, "en": survey.title_en},
        "about": survey.about,
        "opens_on": survey.opens_on.isoformat(),
        "closes_on": survey.closes_on.isoformat(),
        "served_from": survey.served_from.isoformat() if survey.served_from else None,
        "served_to": survey.served_to.isoformat() if survey.served_to else None,
        "published_at": survey.published_at.isoformat() if survey.published_at else None,
        "method": {
            "index": "25 * sum over the nine elements of (score_total / n) * 1/9, rounded half up to 0.01",
            "interval": "95 %, normal approximation, finite population correction",
            "required_sample": "Krejcie and Morgan 1970, by the formula",
            "withheld": "null: fewer than 10 answers, or cells of fewer than 5 people",
        },
        "result": result,
    }
