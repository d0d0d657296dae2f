"""Questions in the reader's language, and what is said when an answer does not fit."""

from typing import Any

from portal.categories.questions.rules import TEXT_LENGTH, Problem, QuestionKind
from portal.i18n import _, _l, format_number, get_locale

KIND = {
    QuestionKind.TEXT: _l("Teks pendek"),
    QuestionKind.CHOICE: _l("Pilihan"),
    QuestionKind.NUMBER: _l("Angka"),
    QuestionKind.PHOTO: _l("Foto"),
}


def own(thing: Any, name: str) -> str:
    """`name` of a question or an answer in the page's language: "label", "hint", "unit", "answer"."""
    return str(getattr(thing, f"{name}_{language()}"))


def language() -> str:
    return "en" if str(get_locale()) == "en" else "id"


def choices(question: Any) -> list[tuple[str, str]]:
    """What may be chosen, as (answer, words)."""
    place = 1 if language() == "en" else 0
    return [(pair[0], pair[place]) for pair in question.choices]


def sentence(problem: Problem, question: Any) -> str:
    """What to do about an answer that is not taken."""
    if problem is Problem.MISSING:
        is_choice = question.kind is QuestionKind.CHOICE
        return _("Pilih salah satu.") if is_choice else _("Jawab pertanyaan ini lebih dahulu.")
    if problem is Problem.TOO_SMALL:
        return _("Angkanya paling kecil %(least)s.", least=format_number(question.minimum))
    if problem is Problem.TOO_GREAT:
        return _("Angkanya paling besar %(most)s.", most=format_number(question.maximum))
    return {
        Problem.TOO_LONG: _("Jawaban paling panjang %(limit)s huruf.", limit=TEXT_LENGTH),
        Problem.NO_CHOICE: _("Pilih salah satu."),
        Problem.NO_NUMBER: _("Tulis angka bulat, misalnya 3."),
    }[problem]
