"""What a moderator types: a period, a reason, comments."""

from datetime import date, timedelta
from typing import cast

from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from portal.forms import Form
from portal.i18n import _l
from portal.statistics.editions.documents import SECTIONS
from portal.statistics.editions.services import COMMENT_LENGTH
from portal.statistics.editions.words import SECTIONS as NAMES
from portal.statistics.forms import Day


class PeriodForm(Form):
    """Whole local days, both included."""

    first_on = Day(_l("Hari pertama"), validators=[InputRequired(_l("Pilih hari pertama."))])
    last_on = Day(_l("Hari terakhir"), validators=[InputRequired(_l("Pilih hari terakhir."))])

    @classmethod
    def last_month(cls, today: date) -> "PeriodForm":
        """The usual choice."""
        last_on = today.replace(day=1) - timedelta(days=1)
        return cls(first_on=last_on.replace(day=1), last_on=last_on)

    @property
    def days(self) -> tuple[date, date]:
        """The period of a valid form."""
        return cast(date, self.first_on.data), cast(date, self.last_on.data)


class CorrectionForm(Form):
    reason = TextAreaField(
        _l("Apa yang salah, dan mengapa?"),
        validators=[InputRequired(_l("Tulis apa yang salah dan mengapa.")), Length(max=COMMENT_LENGTH)],
    )


class DraftForm(Form):
    """A decision about a draft as it was seen: `lock` is the state it had then."""

    lock = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class CommentsForm(DraftForm):
    """A remark beside each figure; its fields are named like the sections."""

    @property
    def comments(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in SECTIONS}


for _name in SECTIONS:
    _field = TextAreaField(NAMES[_name], validators=[Optional(), Length(max=COMMENT_LENGTH)])
    setattr(CommentsForm, _name, _field)
