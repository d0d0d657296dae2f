"""What can be typed about plans and pins."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.forms import Form, choices
from portal.i18n import _l
from portal.projects.plans import labels, rules
from portal.projects.plans.rules import Fate, PinKind

SQUARES = [(name, name) for name in map(rules.square_name, range(rules.SQUARES))]


def _trimmed(text: str | None) -> str:
    return (text or "").strip()


class PinForm(Form):
    """A note and its place: a point (`x`, `y` in per mille, set by a script), else a square."""

    kind = RadioField(
        _l("Apa yang ingin Anda sampaikan?"),
        choices=choices(labels.KIND.items()),
        validators=[DataRequired(_l("Pilih jenis catatan Anda."))],
    )
    square = SelectField(
        _l("Kotak pada denah"),
        choices=choices([("", _l("Pilih kotak")), *SQUARES]),
        validators=[Optional()],
    )
    x = HiddenField()
    y = HiddenField()
    body = TextAreaField(
        _l("Catatan Anda"),
        filters=[_trimmed],
        validators=[
            DataRequired(_l("Tulis catatan Anda.")),
            Length(max=rules.BODY_LENGTH, message=_l("Paling panjang 2.000 huruf.")),
        ],
    )
    photo = FileField(_l("Foto"))

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two places must be given."""
        is_valid = super().validate(extra_validators)
        if self.point is None and not self.square.data:
            self.square.errors = [*self.square.errors, str(_l("Pilih tempat catatan Anda pada denah."))]
            return False
        return bool(is_valid)

    @property
    def point(self) -> tuple[int, int] | None:
        """The exact place, if a script or a keyboard gave one inside the drawing."""
        return point(self.x.data, self.y.data)

    @property
    def pin_kind(self) -> PinKind:
        return PinKind(self.kind.data)


class SheetForm(Form):
    """A version of the drawing."""

    title = StringField(_l("Judul denah"), filters=[_trimmed], validators=[Length(max=rules.TITLE_LENGTH)])
    drawing = FileField(_l("Gambar denah"))
    change_note = TextAreaField(
        _l("Apa yang berubah"),
        filters=[_trimmed],
        validators=[Length(max=rules.NOTE_LENGTH, message=_l("Paling panjang 2.000 huruf."))],
    )
    ideas = SelectMultipleField(_l("Gagasan yang masuk denah ini"), coerce=int, validate_choice=True)

    def offer(self, ideas: Sequence[Any]) -> "SheetForm":
        self.ideas.choices = choices([(idea.id, f"{idea.number} · {idea.title}") for idea in ideas])
        return self


class VerdictsForm(Form):
    """One verdict for all pins that are ticked."""

    pins = SelectMultipleField(
        _l("Catatan"),
        coerce=int,
        validate_choice=False,
        validators=[DataRequired(_l("Pilih paling sedikit satu catatan."))],
    )
    fate = RadioField(
        _l("Bagaimana denah baru menjawabnya?"),
        choices=choices([(fate, labels.FATE[fate]) for fate in rules.VERDICTS]),
        validators=[InputRequired(_l("Pilih satu penilaian."))],
    )
    reason = TextAreaField(
        _l("Alasan"),
        filters=[_trimmed],
        validators=[
            DataRequired(_l("Tulis alasannya; warga membacanya.")),
            Length(max=rules.REASON_LENGTH, message=_l("Paling panjang 1.000 huruf.")),
        ],
    )
    square = SelectField(
        _l("Pindahkan ke kotak"),
        choices=choices([("", _l("Tetap di tempatnya")), *SQUARES]),
        validators=[Optional()],
    )

    @property
    def verdict(self) -> Fate:
        return Fate(self.fate.data)


def point(x: str | None, y: str | None) -> tuple[int, int] | None:
    """Two numbers in per mille that lie inside the drawing; anything else is no point."""
    found = []
    for text in (x, y):
        if not text or not (text.isascii() and text.isdecimal()) or len(text) > 4 or int(text) > rules.WHOLE:
            return None
        found.append(int(text))
    return found[0], found[1]
