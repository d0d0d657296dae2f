"""What can be typed about accounts."""

from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from portal.accounts.rules import (
    MAXIMUM_EMAIL_LENGTH,
    MAXIMUM_PASSWORD_LENGTH,
    MINIMUM_PASSWORD_LENGTH,
    is_email,
)
from portal.forms import Form
from portal.i18n import LANGUAGES, _, _l


def email_shape(form: Form, field: StringField) -> None:
    """Refuse what cannot be an address; only the letter that arrives proves one."""
    if not is_email(field.data or ""):
        raise ValidationError(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."))


def email_field(label: Any) -> EmailField:
    return EmailField(
        label,
        [DataRequired(), Length(max=MAXIMUM_EMAIL_LENGTH), email_shape],
        render_kw={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"},
    )


def name_field(label: Any) -> StringField:
    return StringField(label, [DataRequired(), Length(max=120)], render_kw={"autocomplete": "name"})


def current_password_field(label: Any) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(), Length(max=MAXIMUM_PASSWORD_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )


def new_password_field(label: Any) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(), Length(min=MINIMUM_PASSWORD_LENGTH, max=MAXIMUM_PASSWORD_LENGTH)],
        render_kw={"autocomplete": "new-password"},
    )


class SignIn(Form):
    email = email_field(_l("Alamat surel"))
    password = current_password_field(_l("Kata sandi"))
    stays = BooleanField(_l("Tetap masuk di perangkat ini"))
    next = HiddenField()

    @property
    def credentials(self) -> dict[str, Any]:
        return {"email": self.email.data, "password": self.password.data}


class SignUp(Form):
    name = name_field(_l("Nama lengkap"))
    email = email_field(_l("Alamat surel"))
    password = new_password_field(_l("Kata sandi"))


class Confirmation(Form):
    password = current_password_field(_l("Kata sandi"))


class ForgottenPassword(Form):
    email = email_field(_l("Alamat surel"))


class NewPassword(Form):
    password = new_password_field(_l("Kata sandi baru"))


class ChangePassword(Form):
    current = current_password_field(_l("Kata sandi sekarang"))
    new = new_password_field(_l("Kata sandi baru"))


class Profile(Form):
    name = name_field(_l("Nama lengkap"))
    language = RadioField(_l("Bahasa surat dari portal"), choices=LANGUAGES)
