"""What things of the forum are called on pages."""

from typing import Any

from portal.assignments.rules import ResponseKind
from portal.forum.rules import Asked
from portal.i18n import _l, get_locale

OFFICIAL_POST = {
    ResponseKind.QUESTION: _l("Pertanyaan petugas"),
    ResponseKind.INTERIM: _l("Tanggapan resmi"),
    ResponseKind.ANSWER: _l("Jawaban resmi"),
    ResponseKind.REFUSAL: _l("Penolakan resmi"),
}
ASKED = {
    Asked.SUPPORTERS: _l("Menjadi pertanyaan resmi karena banyak yang mendukungnya."),
    Asked.MODERATOR: _l("Diajukan oleh moderator."),
}


def category_name(category: Any) -> str:
    """In the page's language; takes a category or a row with its names."""
    return str(category.name_en if _is_english() else category.name_id)


def category_description(category: Any) -> str:
    return str(category.description_en if _is_english() else category.description_id)


def _is_english() -> bool:
    return str(get_locale()) == "en"
