"""What can be typed: the vote as it is prepared, a ballot, the decision."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.forms import DayField, Form, MultiCheckboxField, choices
from portal.i18n import _, _l, ngettext
from portal.projects.voting import rules
from portal.projects.voting.models import Vote

TITLE_LENGTH = 120
TEXT_LENGTH = 600
DECISION_LENGTH = 8000
BLANK_ROWS = 2
MOST_RUPIAH = 10**15  # more than the budget of the country


def stripped(text: str | None) -> str:
    return (text or "").strip()


class RupiahField(IntegerField):
    """A sum as people write it: "Rp 350.000.000"."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([value.replace("Rp", "").replace(".", "") for value in valuelist])
        except ValueError as error:
            raise ValueError(_("Tulis jumlahnya dengan angka, misalnya 350.000.000.")) from error


class ChoiceForm(PlainForm):
    """One choice; a row without a title is none."""

    title = StringField(
        _l("Judul"),
        filters=[stripped],
        validators=[Length(max=TITLE_LENGTH, message=_l("Judul paling panjang 120 huruf."))],
    )
    description = TextAreaField(
        _l("Penjelasan"),
        filters=[stripped],
        validators=[Length(max=TEXT_LENGTH, message=_l("Paling panjang 600 huruf."))],
    )
    cost = RupiahField(
        _l("Perkiraan biaya (Rp)"),
        validators=[Optional(), NumberRange(0, MOST_RUPIAH, _l("Periksa jumlah ini."))],
    )
    idea = SelectField(_l("Dari gagasan"), validators=[Optional()])


class VoteForm(Form):
    question = StringField(
        _l("Pertanyaannya"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Tulis pertanyaannya, misalnya: Apa yang dibangun lebih dahulu?")),
            Length(max=200, message=_l("Pertanyaan paling panjang 200 huruf.")),
        ],
    )
    dots = IntegerField(
        _l("Titik untuk setiap orang"),
        validators=[InputRequired(), NumberRange(1, rules.MAX_DOTS)],
        default=rules.DOTS,
    )
    most_on_one = IntegerField(
        _l("Paling banyak titik untuk satu pilihan"), validators=[Optional(), NumberRange(1, rules.MAX_DOTS)]
    )
    opens_on = DayField(_l("Dibuka pada"), validators=[Optional()])
    closes_on = DayField(_l("Hari terakhir"), validators=[Optional()])
    areas = MultiCheckboxField(
        _l("Kecamatan yang warganya boleh memilih"),
        validators=[DataRequired(_l("Pilih kecamatan yang warganya boleh memilih."))],
    )
    choices = FieldList(FormField(ChoiceForm), min_entries=rules.MIN_CHOICES, max_entries=rules.MAX_CHOICES)
    more = SubmitField(_l("Tambah pilihan"))

    def validate(self, extra_validators: Any = None) -> bool:
        """What is wrong in a row is named in the summary with the number of its choice."""
        is_fine = bool(super().validate(extra_validators))
        for number, row in enumerate(self.choices, 1):
            for field in row.form:
                self.form_errors += [
                    _(
                        "Pilihan %(number)s, %(field)s: %(message)s",
                        number=number,
                        field=field.label.text,
                        message=message,
                    )
                    for message in field.errors
                ]
        self.choices.errors = []
        return is_fine

    def offer(self, areas: Iterable[tuple[str, str]], ideas: Iterable[tuple[str, str]]) -> None:
        """Fill the lists, and leave blank rows to write in."""
        self.areas.choices = choices(areas)
        offered = [("", _("Bukan dari gagasan warga")), *ideas]
        wanted = len([row for row in self.choices if row.form.title.data]) + BLANK_ROWS
        while len(self.choices) < min(wanted, rules.MAX_CHOICES):
            self.choices.append_entry()
        for row in self.choices:
            row.form.idea.choices = choices(offered)


class BallotForm(Form):
    area = SelectField(
        _l("Kelurahan tempat tinggal Anda"),
        validators=[InputRequired(_l("Pilih kelurahan tempat tinggal Anda."))],
    )
    change = SubmitField(_l("Ubah"))


def ballot_form(vote: Vote) -> type[BallotForm]:
    """The ballot of one vote: a row of dots for each choice, none at first."""
    most = vote.most_on_one or vote.dots
    rows = {
        f"dots_{choice.position}": RadioField(
            f"{choice.position}. {choice.title}",
            choices=choices([(count, _dots(count)) for count in range(most + 1)]),
            coerce=int,
            default=0,
            validators=[Optional()],
        )
        for choice in vote.choices
    }
    return type("BallotForm", (BallotForm,), rows)


def _dots(count: int) -> str:
    if count == 0:
        return _("Tanpa titik")
    return ngettext("%(num)s titik", "%(num)s titik", count)


class DecisionForm(Form):
    decision = TextAreaField(
        _l("Apa yang akan dibangun, dan mengapa"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Tulis apa yang akan dibangun dan mengapa.")),
            Length(max=DECISION_LENGTH, message=_l("Paling panjang 8.000 huruf.")),
        ],
    )
    preview = SubmitField(_l("Pratinjau"))


def decision_form(vote: Vote) -> type[DecisionForm]:
    """The decision, and for each choice: taken or not, and why."""
    rows: dict[str, Any] = {}
    for choice in vote.choices:
        rows[f"taken_{choice.position}"] = RadioField(
            f"{choice.position}. {choice.title}",
            choices=choices([("yes", _("Dibangun")), ("no", _("Tidak dibangun"))]),
            validators=[InputRequired(_l("Pilih salah satu."))],
        )
        rows[f"reason_{choice.position}"] = TextAreaField(
            _("Alasannya (pilihan %(number)s)", number=choice.position),
            filters=[stripped],
            validators=[
                DataRequired(_l("Tulis alasannya: warga menunggu penjelasan ini.")),
                Length(max=TEXT_LENGTH, message=_l("Paling panjang 600 huruf.")),
            ],
        )
    return type("DecisionForm", (DecisionForm,), rows)
