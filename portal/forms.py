"""The base of every form: CSRF, our messages, clean text, and where a domain error is shown."""

import re
from collections.abc import Iterable
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import DateField, FileField, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.db import READING
from portal.errors import DomainError
from portal.i18n import _, form_translations

YEARS = range(2000, 2101)
# Nobody types these, PostgreSQL and XML refuse some, and in a letter's subject they would begin a header.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Form(FlaskForm):
    """A form with a CSRF token whose messages come in the page's language."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return form_translations()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was typed without control characters, and files for fields that take files; unlike
            FlaskForm's own, never a JSON body."""
            if isinstance(formdata, MultiDict):
                return cleaned(formdata)
            if formdata is None or request.method in READING:
                return None
            return CombinedMultiDict((_uploads(form), cleaned(request.form)))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by the names of the fields; without the token."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}

    def refuse(self, error: DomainError) -> None:
        """Show a domain error beside its field, or above the form when it has none."""
        if error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, str(error)]
        else:
            self.form_errors.append(str(error))


class MultiCheckboxField(SelectMultipleField):
    """Any number of choices, each with its own box."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class DayField(DateField):
    """A day near our own: calculating with others leaves the calendar."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and self.data.year not in YEARS:
            self.data = None
            raise ValueError(_("Isi tanggal antara tahun 2000 dan 2100."))


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Choices of a select or radio field from (value, label) pairs; labels may be lazy translations."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def _uploads(form: Any) -> MultiDict[str, Any]:
    """The files that were sent where the form asks for files: no text field is made to read one."""
    return MultiDict(
        [
            (name, upload)
            for name, upload in request.files.items(multi=True)
            if isinstance(form._fields.get(name), FileField)
        ]
    )


def cleaned(typed: MultiDict[str, Any]) -> MultiDict[str, Any]:
    """The same values, texts without control characters; lines and tabs stay."""
    return MultiDict(
        [
            (name, cleaned_text(value) if isinstance(value, str) else value)
            for name, value in typed.items(multi=True)
        ]
    )


def cleaned_text(text: str) -> str:
    return CONTROL.sub("", text)


def plain(text: str | None) -> str:
    """What was typed, without control signs and the space around it."""
    return cleaned_text(text or "").strip()
