"""The base of every form: CSRF, our messages, and where a domain error is shown."""

from typing import Any

from flask_wtf import FlaskForm

from portal.errors import DomainError
from portal.i18n import form_translations


class Form(FlaskForm):
    """A form with a CSRF token whose messages come in the page's language."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return form_translations()

    def refuse(self, error: DomainError) -> None:
        """Show a domain error beside its field, or above the form when it has none."""
        if error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, str(error)]
        else:
            self.form_errors.append(str(error))
