"""What must be put right before sending, beside the questions of each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.accounts.models import User
from portal.categories.questions import labels
from portal.categories.questions import rules as questions
from portal.i18n import _
from portal.reports import kind_questions
from portal.reports.filing.rules import Answers, Step
from portal.reports.rules import ReportKind


@dataclass(frozen=True)
class Obstacle:
    """A whole sentence, and the step where it is put right with what its link says."""

    sentence: str
    step: Step
    link: str


def of(answers: Answers, account: User | None, asked: Sequence[Any]) -> list[Obstacle]:
    """Everything that stands in the way, in the order of the steps; nothing for most. `asked` are the
    questions of the kind and the category."""
    found = []
    _clean, wrong = questions.check(asked, answers.given)
    if wrong:
        found.append(
            Obstacle(_("Pertanyaan bidang ini berubah sejak Anda menjawabnya."), Step.QUESTIONS, _("Jawab"))
        )
    if questions.lacks_photo(asked, len(answers.photos)):
        found.append(_lacks_photo(asked))
    if kind_questions.is_formal(ReportKind(answers.kind), answers.given):
        found += _law(answers, account)
    if _wants_mail_without_address(answers, account):
        found.append(
            Obstacle(
                _("Untuk menerima salinan lewat surel, tulis alamat surel Anda, atau pilih cara lain."),
                Step.PERSON,
                _("Tulis alamat surel"),
            )
        )
    return found


def _lacks_photo(asked: Sequence[Any]) -> Obstacle:
    wanted = next(one for one in asked if one.kind is questions.QuestionKind.PHOTO and one.is_required)
    return Obstacle(
        _("Bidang ini meminta foto: %(what)s.", what=labels.own(wanted, "label").rstrip(".")),
        Step.PHOTOS,
        _("Tambahkan foto"),
    )


def _law(answers: Answers, account: User | None) -> list[Obstacle]:
    """UU 14/2008, Article 22, has the agency note who asks."""
    if not answers.is_anonymous and (account or answers.name):
        return []
    sentence = _(
        "Permintaan informasi resmi harus bernama (UU 14/2008 Pasal 22). Tulis nama Anda, atau pilih "
        "permintaan biasa."
    )
    return [
        Obstacle(sentence, Step.PERSON, _("Tulis nama")),
        Obstacle(_("Permintaan biasa boleh tanpa nama."), Step.QUESTIONS, _("Pilih permintaan biasa")),
    ]


def _wants_mail_without_address(answers: Answers, account: User | None) -> bool:
    return answers.given.get("form") == kind_questions.MAIL and not (account or answers.email)
