"""The questions of a category."""

from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.categories.questions import labels, rules
from portal.categories.questions.models import CategoryQuestion
from portal.categories.questions.services import QuestionValues
from portal.forms import Form, choices, plain
from portal.i18n import _l

WITHIN = NumberRange(rules.LEAST_NUMBER, rules.GREATEST_NUMBER)


class Question(Form):
    kind = RadioField(
        _l("Jenis jawaban"), [InputRequired(_l("Pilih salah satu."))], choices=choices(labels.KIND.items())
    )
    label_id = StringField(
        _l("Pertanyaan (Indonesia)"), [DataRequired(), Length(max=rules.LABEL_LENGTH)], filters=[plain]
    )
    label_en = StringField(
        _l("Pertanyaan (Inggris)"), [DataRequired(), Length(max=rules.LABEL_LENGTH)], filters=[plain]
    )
    hint_id = StringField(_l("Petunjuk (Indonesia)"), [Length(max=rules.HINT_LENGTH)], filters=[plain])
    hint_en = StringField(_l("Petunjuk (Inggris)"), [Length(max=rules.HINT_LENGTH)], filters=[plain])
    is_required = BooleanField(_l("Wajib dijawab"))
    choices = TextAreaField(_l("Pilihan"), [Length(max=2500)], filters=[plain])
    minimum = IntegerField(_l("Angka terkecil"), [Optional(), WITHIN])
    maximum = IntegerField(_l("Angka terbesar"), [Optional(), WITHIN])
    unit_id = StringField(_l("Satuan (Indonesia)"), [Length(max=rules.UNIT_LENGTH)], filters=[plain])
    unit_en = StringField(_l("Satuan (Inggris)"), [Length(max=rules.UNIT_LENGTH)], filters=[plain])

    @property
    def question_values(self) -> QuestionValues:
        typed = {**self.values, "kind": rules.QuestionKind(self.kind.data)}
        return QuestionValues(**{**typed, "choices": rules.choices_of(self.choices.data or "")})


def question_data(question: CategoryQuestion) -> dict[str, Any]:
    """What stands in the form of a question that exists."""
    names = ("label_id", "label_en", "hint_id", "hint_en", "is_required", "minimum", "maximum")
    return {
        **{name: getattr(question, name) for name in (*names, "unit_id", "unit_en")},
        "kind": question.kind.value,
        "choices": rules.lines_of(question.choices),
    }
