"""What each kind of report asks beside its story, whatever its category.

An information request asks what UU 14/2008 needs to answer it, and no more: how the information is wanted,
and what it is for, which only a formal request must say (the law has agencies note it down).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.categories.questions.rules import QuestionKind
from portal.categories.questions.services import QuestionValues
from portal.reports.rules import ReportKind

FORMALITY = "formality"
FORMAL = "Resmi menurut UU 14/2008"  # the choice, as it is kept
MAIL = "Salinan elektronik lewat surel"


@dataclass(frozen=True, kw_only=True)
class KindQuestion(QuestionValues):
    """A question of the portal's own; the same shape as a category's."""

    code: str


_FORMALITY = KindQuestion(
    code=FORMALITY,
    kind=QuestionKind.CHOICE,
    label_id="Permintaan biasa atau resmi?",
    label_en="An ordinary or a formal request?",
    is_required=True,
    choices=[["Biasa", "Ordinary"], [FORMAL, "Formal, under Law 14/2008"]],
)
_PURPOSE = KindQuestion(
    code="purpose",
    kind=QuestionKind.TEXT,
    label_id="Untuk apa informasi ini?",
    label_en="What is the information for?",
    hint_id="Wajib hanya untuk permintaan resmi. Misalnya: untuk skripsi, atau untuk rapat warga.",
    hint_en="Only a formal request must say it. For example: for a thesis, or for a residents' meeting.",
)
_PERIOD = KindQuestion(
    code="period",
    kind=QuestionKind.TEXT,
    label_id="Untuk kurun waktu mana?",
    label_en="For which period?",
    hint_id="Misalnya: tahun 2025, atau sejak Januari.",
    hint_en="For example: the year 2025, or since January.",
)
_FORM = KindQuestion(
    code="form",
    kind=QuestionKind.CHOICE,
    label_id="Bagaimana Anda ingin menerimanya?",
    label_en="How would you like to receive it?",
    is_required=True,
    choices=[
        ["Dibaca di portal ini", "To read on this portal"],
        [MAIL, "An electronic copy by e-mail"],
        ["Salinan cetak, diambil di kantor dinas", "A printed copy, collected at the agency's office"],
    ],
)
_GAIN = KindQuestion(
    code="gain",
    kind=QuestionKind.TEXT,
    label_id="Siapa yang akan terbantu?",
    label_en="Who would gain from it?",
    hint_id="Misalnya: anak sekolah yang menyeberang, atau pedagang di pasar pagi.",
    hint_en="For example: schoolchildren who cross there, or the traders of the morning market.",
)


def of(kind: ReportKind, *, is_formal: bool = False) -> Sequence[KindQuestion]:
    """The questions of a kind, in their order; a formal information request must say what it is for."""
    if kind is ReportKind.SUGGESTION:
        return (_GAIN,)
    if kind is ReportKind.INFORMATION_REQUEST:
        return (_FORMALITY, _PERIOD, _FORM, replace(_PURPOSE, is_required=is_formal))
    return ()


def is_formal(kind: ReportKind, given: Mapping[str, str]) -> bool:
    """Do the answers choose the formal request, with the law's own deadline?"""
    return kind is ReportKind.INFORMATION_REQUEST and given.get(FORMALITY) == FORMAL
