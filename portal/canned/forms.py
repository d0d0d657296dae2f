"""What can be typed about a canned answer."""

from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from portal.canned.rules import BODY_LENGTH, TITLE_LENGTH
from portal.forms import Form
from portal.i18n import _l

WHOLE_CITY = ""


def agency_or_city(text: Any) -> int | None:
    """The id behind a choice; None for the whole city."""
    return int(text) if text not in (None, WHOLE_CITY, "None") else None


class CannedAnswerForm(Form):
    title = StringField(_l("Judul"), [Length(max=TITLE_LENGTH)])
    body = TextAreaField(_l("Isi jawaban"), [Length(max=BODY_LENGTH)])


class NewCannedAnswerForm(CannedAnswerForm):
    """For whom it is stays as it was begun."""

    agency = SelectField(_l("Untuk"), coerce=agency_or_city)
