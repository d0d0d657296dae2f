"""What can be typed in the demo's post box."""

from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.accounts.rules import is_email
from portal.forms import Form, plain
from portal.i18n import _, _l


class ReplyForm(Form):
    text = TextAreaField(_l("Balasan"), [InputRequired(_l("Tulis balasannya.")), Length(max=4000)])


class MailForm(Form):
    """A mail to the intake address."""

    sender = EmailField(_l("Dari alamat"), [InputRequired(_l("Tulis alamatnya."))], filters=[plain])
    subject = StringField(_l("Judul surat"), [Length(max=200)], filters=[plain])
    text = TextAreaField(_l("Isi surat"), [InputRequired(_l("Tulis isi suratnya.")), Length(max=4000)])

    def validate_sender(self, field: EmailField) -> None:
        if not is_email(field.data or ""):
            raise ValidationError(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."))
