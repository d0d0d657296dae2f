"""What can be typed about leave, about many duties at once, and about one between two people."""

from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.assignments.rules import REASON_LENGTH
from portal.desk.forms import number_or_none
from portal.forms import DayField, Form, MultiCheckboxField, choices
from portal.i18n import _l
from portal.organisation.labels import LEAVE_KIND
from portal.organisation.models import Official
from portal.organisation.rules import LEAVE_NOTE_LENGTH, LeaveKind


class LeaveForm(Form):
    """Leave of one official; the substitutes are offered by name."""

    kind = RadioField(
        _l("Jenis cuti"),
        [InputRequired(_l("Pilih jenis cuti."))],
        choices=choices((kind.value, label) for kind, label in LEAVE_KIND.items()),
    )
    from_on = DayField(_l("Hari pertama"), [InputRequired(_l("Isi hari pertama cuti."))])
    to_on = DayField(_l("Hari terakhir"), [InputRequired(_l("Isi hari terakhir cuti."))])
    substitute = SelectField(_l("Pengganti"), [Optional()], coerce=number_or_none)
    note = TextAreaField(_l("Catatan serah terima"), [Length(max=LEAVE_NOTE_LENGTH)])

    def offer(self, substitutes: list[Official]) -> None:
        people = [(str(one.id), f"{one.name}, {one.position}") for one in substitutes]
        self.substitute.choices = choices([("", _l("Tanpa pengganti tertentu")), *people])

    @property
    def leave_kind(self) -> LeaveKind:
        return LeaveKind(self.kind.data)


class LeaveDecisionForm(Form):
    """What the supervisor says to a wish for leave."""

    note = TextAreaField(_l("Pesan untuk petugas"), [Length(max=REASON_LENGTH)])


class BulkForm(Form):
    """Who gets the duties that are marked on the page."""

    receivers = MultiCheckboxField(
        _l("Diserahkan kepada"), [InputRequired(_l("Pilih paling sedikit satu penerima."))]
    )

    def offer(self, everybody: tuple[str, str], people: list[tuple[str, str]]) -> None:
        self.receivers.choices = choices([everybody, *people])


class FeedbackForm(Form):
    body = TextAreaField(_l("Umpan balik"), [Length(max=REASON_LENGTH)])


class FeedbackReplyForm(Form):
    body = TextAreaField(_l("Tanggapan Anda"), [Length(max=REASON_LENGTH)])


class PeriodForm(Form):
    """The days that figures are about."""

    class Meta(Form.Meta):
        csrf = False

    first = DateField(_l("Dari"), [Optional()])
    last = DateField(_l("Sampai"), [Optional()])
