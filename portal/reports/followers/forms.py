"""Where letters about a report go."""

from typing import Any

from wtforms import EmailField
from wtforms.validators import DataRequired, Length, ValidationError

from portal.accounts.rules import is_email
from portal.forms import Form, plain
from portal.i18n import _l


class FollowForm(Form):
    email = EmailField(
        _l("Alamat surel"),
        filters=[plain],
        validators=[DataRequired(_l("Tulis alamat surel Anda.")), Length(max=254)],
    )

    def validate_email(self, field: Any) -> None:
        if not is_email(field.data):
            raise ValidationError(str(_l("Tulis alamat surel yang lengkap, misalnya nama@contoh.id.")))
