"""What the reporter says later, and how they prove who they are."""

from typing import Any

from wtforms import EmailField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from portal.accounts.rules import is_email
from portal.forms import Form, choices, plain
from portal.i18n import _l
from portal.reports import rules
from portal.reports.appraisals import Appraisal
from portal.reports.labels import VERDICT
from portal.surveys.stars import STARS


class TrackForm(Form):
    """The code and its words; on receipts of earlier days the code and the number."""

    code = StringField(
        _l("Kode lacak"),
        filters=[plain],
        validators=[DataRequired(_l("Tulis kode lacak dari tanda terima.")), Length(max=40)],
    )
    words = StringField(_l("Empat kata"), filters=[plain], validators=[Length(max=100)])
    number = StringField(_l("Nomor laporan"), filters=[plain], validators=[Length(max=40)])

    def validate_words(self, field: Any) -> None:
        if not field.data and not self.number.data:
            raise ValidationError(str(_l("Tulis empat kata dari tanda terima.")))


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
        choices=choices(list(VERDICT.items())),
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


def verdict_form(appraisal: Appraisal | None) -> VerdictForm:
    """As it is shown: with what was said before, and with what may be chosen now."""
    given = appraisal.given if appraisal else None
    typed = (
        {"verdict": given.verdict, "stars": str(given.stars or ""), "comment": given.comment} if given else {}
    )
    form = VerdictForm(formdata=None, data=typed)
    if appraisal is not None:
        form.verdict.choices = choices((one, VERDICT[one]) for one in appraisal.choices)
    return form


class WithdrawalForm(Form):
    """A press of the button is enough."""

    reason = TextAreaField(
        _l("Mengapa Anda menariknya?"),
        filters=[plain],
        validators=[Length(max=rules.MESSAGE_LENGTH, message=_l("Paling panjang 4.000 huruf."))],
    )
