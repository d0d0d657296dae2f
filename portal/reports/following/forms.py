"""What the reporter says later, and how they prove who they are."""

from typing import Any

from wtforms import EmailField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from portal.accounts.rules import is_email
from portal.assignments.rules import Verdict
from portal.forms import Form, choices, plain
from portal.i18n import _l
from portal.reports import rules
from portal.surveys.stars import STARS


class TrackForm(Form):
    number = StringField(
        _l("Nomor laporan"),
        filters=[plain],
        validators=[DataRequired(_l("Tulis nomor laporan Anda.")), Length(max=40)],
    )
    code = StringField(
        _l("Kode lacak"),
        filters=[plain],
        validators=[DataRequired(_l("Tulis kode lacak dari tanda terima.")), Length(max=40)],
    )


class LostNumberForm(Form):
    email = EmailField(
        _l("Alamat surel"),
        filters=[plain],
        validators=[DataRequired(_l("Tulis alamat surel yang Anda pakai saat melapor.")), Length(max=254)],
    )

    def validate_email(self, field: Any) -> None:
        if not is_email(field.data):
            raise ValidationError(str(_l("Tulis alamat surel yang lengkap, misalnya nama@contoh.id.")))


class MessageForm(Form):
    message = TextAreaField(
        _l("Keterangan Anda"),
        filters=[plain],
        validators=[
            DataRequired(_l("Tulis jawaban atau keterangan Anda.")),
            Length(max=rules.MESSAGE_LENGTH, message=_l("Paling panjang 4.000 huruf.")),
        ],
    )


class VerdictForm(Form):
    verdict = RadioField(
        _l("Apakah masalahnya sudah selesai?"),
        choices=choices(
            [
                (Verdict.SOLVED, _l("Sudah selesai")),
                (Verdict.PARTLY, _l("Baru sebagian")),
                (Verdict.NOT, _l("Belum selesai")),
            ]
        ),
        validators=[DataRequired(_l("Pilih salah satu."))],
    )
    stars = RadioField(
        _l("Bagaimana penanganannya?"),
        choices=choices(STARS),
        validators=[Optional()],
    )
    comment = TextAreaField(
        _l("Ceritakan sedikit"),
        filters=[plain],
        validators=[Length(max=rules.MESSAGE_LENGTH, message=_l("Paling panjang 4.000 huruf."))],
    )


class WithdrawalForm(Form):
    """A press of the button is all."""
