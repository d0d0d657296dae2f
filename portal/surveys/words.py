"""Surveys in words: what they are called, where they stand, and what a result says."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from portal.i18n import _, _l, format_date, format_number, language, ngettext
from portal.surveys import queries
from portal.surveys.models import Survey, SurveyRemark
from portal.surveys.rules import satisfaction
from portal.surveys.rules.instruments import FACTS, Kind, Question, scored
from portal.surveys.rules.periods import Phase
from portal.surveys.rules.results import UNTOLD, Element, Result

KIND = {Kind.SKM: _l("Survei kepuasan masyarakat"), Kind.EVALUATION: _l("Evaluasi hasil pembangunan")}
PHASE = {
    Phase.PLANNED: _l("Belum dibuka"),
    Phase.OPEN: _l("Sedang dibuka"),
    Phase.CLOSED: _l("Ditutup, hasil disiapkan"),
    Phase.PUBLISHED: _l("Hasil terbit"),
}
TONES = {Phase.PLANNED: None, Phase.OPEN: "brand", Phase.CLOSED: "wait", Phase.PUBLISHED: "met"}
GRADE_TONES = {"A": "met", "B": "met", "C": "wait", "D": "late"}


def title(survey: Survey) -> str:
    return survey.title_en if language() == "en" else survey.title_id


def decimal(text: str, digits: int = 2) -> str:
    """75.00 as the page's language writes it."""
    return format_number(float(text), digits)


def grade_name(letter: str) -> str:
    grade = next(one for one in satisfaction.GRADES if one.letter == letter)
    return grade.performance.in_(language())


def verdict(result: Result) -> str:
    """75,00 dari 100: Kurang Baik (C)."""
    if result["index"] is None or result["grade"] is None:
        return _("Indeks ditahan: kurang dari 10 jawaban")
    return _(
        "%(index)s dari 100: %(grade)s (%(letter)s)",
        index=decimal(result["index"]),
        grade=grade_name(result["grade"]),
        letter=result["grade"],
    )


def days(survey: Survey) -> str:
    return _(
        "%(first)s sampai %(last)s", first=format_date(survey.opens_on), last=format_date(survey.closes_on)
    )


def sample(result: Result) -> str:
    """Is the sample large enough, and for how many people served?"""
    if result["population"] is None or result["required"] is None:
        return _("Jumlah pemakainya tidak dihitung, jadi kecukupan sampel tidak dinilai.")
    needed = ngettext(
        "Untuk %(population)s orang yang dilayani diperlukan %(num)s jawaban; ada %(n)s.",
        "Untuk %(population)s orang yang dilayani diperlukan %(num)s jawaban; ada %(n)s.",
        result["required"],
        population=format_number(result["population"]),
        n=format_number(result["n"]),
    )
    verdict = _("Sampel cukup.") if result["is_sufficient"] else _("Sampel kurang.")
    return f"{verdict} {needed}"


def interval(result: Result) -> str:
    if result["lower"] is None or result["upper"] is None:
        return ""
    return _(
        "Selang kepercayaan 95 %%: %(lower)s sampai %(upper)s.",
        lower=decimal(result["lower"]),
        upper=decimal(result["upper"]),
    )


def response_share(result: Result) -> float | None:
    """Of the invited, who answered; None where nobody was invited."""
    return result["invited_answered"] / result["invited"] if result["invited"] else None


class Line(NamedTuple):
    """A question of a result: its name, its mean on the scale of 4, and how long its bar is (0 to 1)."""

    code: str
    name: str
    n: int
    mean: str | None
    weighted: str | None
    share: float | None
    lowest: str
    highest: str


def lines(survey: Survey, result: Result) -> list[Line]:
    """Every scored question in the order of the form."""
    told = {element["code"]: element for element in result["elements"]}
    return [_line(question, told[question.code]) for question in scored(survey.kind)]


def _line(question: Question, element: Element) -> Line:
    labels = [words.in_(language()) for _score, words in question.options]
    mean = element["mean"]
    return Line(
        code=question.code,
        name=question.name.in_(language()),
        n=element["n"],
        mean=decimal(mean, 3) if mean is not None else None,
        weighted=decimal(element["weighted"], 3) if element["weighted"] is not None else None,
        share=float((Decimal(mean) - 1) / 3) if mean is not None else None,
        lowest=labels[0],
        highest=labels[-1],
    )


def weakest(told: Sequence[Line]) -> list[Line]:
    """The lines with the lowest mean, where there are figures at all."""
    lowest = min((line.share for line in told if line.share is not None), default=None)
    return [line for line in told if lowest is not None and line.share == lowest]


def facts(result: Result) -> list[tuple[str, list[tuple[str, str]]]]:
    """Who answered, as far as they told: a table for each fact that anybody told."""
    tables = []
    for fact in FACTS:
        cells = result["facts"].get(fact.code, {})
        if any(count != 0 for option, count in cells.items() if option != UNTOLD):
            names = {option: words.in_(language()) for option, words in fact.options}
            rows = [
                (
                    names.get(option, _("Tidak menyebutkan")),
                    _("ditahan") if count is None else format_number(count),
                )
                for option, count in cells.items()
            ]
            tables.append((fact.name.in_(language()), rows))
    return tables


def row(survey: Survey, at: datetime) -> dict[str, Any]:
    """A survey in a list, as `ui.row` takes it."""
    phase = queries.phase_of(survey, at)
    result = queries.published_document(survey) if survey.result else None
    kind = str(KIND[survey.kind])
    return {
        "survey": survey,
        "title": title(survey),
        "meta": [kind, survey.agency.name, _when(survey, phase)],
        "verdict": verdict(result) if result and survey.kind is Kind.SKM else "",
        "tone": _tone(survey, phase, result),
        "phase": PHASE[phase],
    }


def _when(survey: Survey, phase: Phase) -> str:
    if phase is Phase.PLANNED:
        return _("dibuka %(day)s", day=format_date(survey.opens_on))
    if phase is Phase.OPEN:
        return _("sampai %(day)s", day=format_date(survey.closes_on))
    return days(survey)


def _tone(survey: Survey, phase: Phase, result: Result | None) -> str | None:
    if result and result["grade"]:
        return GRADE_TONES[result["grade"]]
    return TONES[phase]


def remarks(survey: Survey, shown: Sequence[SurveyRemark]) -> list[tuple[str, list[str]]]:
    """Released open answers under the question that they answer."""
    questions = {question.code: question.text.in_(language()) for question in queries.questions_of(survey)}
    found: dict[str, list[str]] = {}
    for remark in shown:
        found.setdefault(remark.question_code, []).append(remark.text)
    return [(questions.get(code, code), texts) for code, texts in found.items()]
