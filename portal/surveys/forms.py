"""What can be typed about surveys: the questions of an instrument, and the plan of a survey."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.forms import Form, choices
from portal.i18n import _l, language
from portal.surveys.rules.instruments import FACTS, TEXT_LENGTH, Question
from portal.surveys.rules.instruments import Form as Shape

FACT_PREFIX = "fact_"
MAX_POPULATION = 100_000_000


def stripped(value: str | None) -> str:
    return (value or "").strip()


class AnswerForm(Form):
    """One instrument as a form: its fields are named by the codes of their questions."""

    token = HiddenField(validators=[Length(max=100)])
    questions: Sequence[Question] = ()
    facts: Sequence[Question] = ()

    @classmethod
    def of(cls, questions: Sequence[Question], *, asks_facts: bool, **given: Any) -> "AnswerForm":
        """The form of these questions in the page's language."""
        return _form_class(tuple(questions), FACTS if asks_facts else (), language())(**given)

    @property
    def given(self) -> dict[str, Any]:
        """The answers by code: scores as numbers, texts as typed; what was left out is missing."""
        told = {question.code: _value(question, self[question.code].data) for question in self.questions}
        return {code: value for code, value in told.items() if value is not None}

    @property
    def told_facts(self) -> dict[str, str]:
        told = {fact.code: self[FACT_PREFIX + fact.code].data for fact in self.facts}
        return {code: value for code, value in told.items() if value}


@lru_cache(maxsize=64)
def _form_class(
    questions: tuple[Question, ...], facts: tuple[Question, ...], spoken: str
) -> type[AnswerForm]:
    """A class for each instrument and language; building one for every visit would leave them behind."""
    fields = {question.code: _field(question, spoken) for question in questions}
    fields |= {FACT_PREFIX + fact.code: _field(fact, spoken) for fact in facts}
    return type("AnswerForm", (AnswerForm,), {**fields, "questions": questions, "facts": facts})


def _field(question: Question, spoken: str) -> Field:
    """The field of a question."""
    text = question.text.in_(spoken)
    if question.form is Shape.TEXT:
        return TextAreaField(
            text,
            filters=[stripped],
            validators=[Length(max=TEXT_LENGTH, message=_l("Paling panjang 2.000 huruf."))],
        )
    options = [(code, words.in_(spoken)) for code, words in question.options]
    if question.form is Shape.STARS5:
        options = [(str(stars), str(stars)) for stars in range(1, 6)]
    if question.form is Shape.CHOICE:
        return SelectField(text, choices=choices([("", _l("Tidak menyebutkan")), *options]))
    needed = InputRequired(_l("Pilih salah satu jawaban.")) if question.is_required else Optional()
    return RadioField(text, choices=choices(options), validators=[needed])


def _value(question: Question, typed: Any) -> Any:
    if not typed:
        return None
    if question.form in (Shape.SCALE4, Shape.STARS5):
        return int(typed)
    return typed


class PlanForm(Form):
    """A new survey of a service."""

    official_id = SelectField(_l("Petugas penanggung jawab"), coerce=int)
    opens_on = DateField(_l("Dibuka tanggal"), validators=[InputRequired(_l("Isi tanggalnya."))])
    closes_on = DateField(_l("Ditutup tanggal"), validators=[InputRequired(_l("Isi tanggalnya."))])
    served_from = DateField(_l("Masa layanan yang dinilai, dari"), validators=[Optional()])
    served_to = DateField(_l("Masa layanan yang dinilai, sampai"), validators=[Optional()])
    population = IntegerField(
        _l("Jumlah orang yang dilayani dalam masa itu"),
        validators=[
            InputRequired(_l("Tulis berapa orang yang dilayani.")),
            NumberRange(1, MAX_POPULATION, message=_l("Tulis bilangan bulat, paling sedikit 1.")),
        ],
    )
    extra_1 = StringField(_l("Pertanyaan tambahan 1"), filters=[stripped], validators=[Length(max=200)])
    extra_1_en = StringField(
        _l("Pertanyaan tambahan 1 dalam bahasa Inggris"), filters=[stripped], validators=[Length(max=200)]
    )
    extra_2 = StringField(_l("Pertanyaan tambahan 2"), filters=[stripped], validators=[Length(max=200)])
    extra_2_en = StringField(
        _l("Pertanyaan tambahan 2 dalam bahasa Inggris"), filters=[stripped], validators=[Length(max=200)]
    )
    asks_facts = BooleanField(_l("Tanyakan umur, jenis kelamin, dan pendidikan"), default=True)
    has_open_door = BooleanField(
        _l("Buka pintu umum: siapa pun boleh mengisi, misalnya lewat kode QR di loket"), default=True
    )
    invites_reporters = BooleanField(
        _l("Undang pelapor yang urusannya ditutup dinas ini dalam masa layanan itu")
    )

    @property
    def extra_questions(self) -> list[tuple[str, str]]:
        """The open questions that were typed, each with its English."""
        pairs = ((self.extra_1.data, self.extra_1_en.data), (self.extra_2.data, self.extra_2_en.data))
        return [(text, english or "") for text, english in pairs if text]


class AdjustForm(Form):
    """What may change after a survey was made."""

    official_id = SelectField(_l("Petugas penanggung jawab"), coerce=int)
    closes_on = DateField(_l("Ditutup tanggal"), validators=[InputRequired(_l("Isi tanggalnya."))])
    population = IntegerField(
        _l("Jumlah orang yang dilayani"),
        validators=[
            Optional(),
            NumberRange(1, MAX_POPULATION, message=_l("Tulis bilangan bulat, paling sedikit 1.")),
        ],
    )
    has_open_door = BooleanField(
        _l("Buka pintu umum: siapa pun boleh mengisi, misalnya lewat kode QR di loket")
    )
    invites_reporters = BooleanField(
        _l("Undang pelapor yang urusannya ditutup dinas ini dalam masa layanan itu")
    )


class CloseForm(Form):
    reason = TextAreaField(
        _l("Mengapa ditutup lebih awal?"),
        filters=[stripped],
        validators=[DataRequired(_l("Tulis alasannya; warga ikut membacanya.")), Length(max=500)],
    )


class ServiceForm(Form):
    agency_id = SelectField(_l("Dinas"), coerce=int)
    name_id = StringField(
        _l("Nama layanan"),
        filters=[stripped],
        validators=[DataRequired(_l("Tulis nama layanannya.")), Length(max=120)],
    )
    name_en = StringField(
        _l("Nama layanan dalam bahasa Inggris"), filters=[stripped], validators=[Length(max=120)]
    )
    is_active = BooleanField(_l("Masih dilayani"), default=True)
    serves_reporters = BooleanField(_l("Pelapor di portal ini adalah pemakai layanan ini"))


class ChangesForm(Form):
    body = TextAreaField(
        _l("Apa yang kami ubah"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Tulis apa yang berubah, atau mengapa belum.")),
            Length(max=8000, message=_l("Paling panjang 8.000 huruf.")),
        ],
    )
    lock = HiddenField()

    @property
    def seen(self) -> int | None:
        """The lock of the duty when the form was shown; None when it was tampered with."""
        typed = self.lock.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
