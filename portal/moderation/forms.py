"""What can be typed: a flag, a decision, an appeal."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal.forms import Form, choices
from portal.i18n import _l
from portal.moderation.labels import REASON
from portal.moderation.rules import NOTE_LENGTH, Action, Reason
from portal.reports.labels import KIND
from portal.reports.rules import TITLE_LENGTH, ReportKind

TITLE = [
    InputRequired(_l("Tulis judulnya.")),
    Length(max=TITLE_LENGTH, message=_l("Paling banyak %(max)d huruf.")),
]
# What a button says is a deed; what the log says afterwards is its result.
DEED = {
    Action.KEPT: _l("Biarkan tampil"),
    Action.HIDDEN: _l("Sembunyikan"),
    Action.RESTORED: _l("Tampilkan kembali"),
    Action.LOCKED: _l("Kunci untuk tulisan baru"),
    Action.UNLOCKED: _l("Buka lagi untuk tulisan baru"),
}


class FlagForm(Form):
    reason = RadioField(
        _l("Aturan mana yang dilanggar?"),
        choices=choices(REASON.items()),
        validators=[InputRequired(_l("Pilih satu aturan."))],
    )
    note = TextAreaField(
        _l("Apa yang perlu diketahui moderator?"),
        validators=[Length(max=NOTE_LENGTH, message=_l("Paling banyak %(max)d huruf."))],
    )

    @property
    def chosen_reason(self) -> Reason:
        return Reason(self.reason.data)


class DecisionForm(Form):
    """`lock` and `seen` say which state and which text the moderator had before them."""

    decision = RadioField(_l("Keputusan"), validators=[InputRequired(_l("Pilih keputusannya."))])
    reason = RadioField(_l("Aturan yang dilanggar"), choices=choices(REASON.items()), validators=[Optional()])
    note = TextAreaField(
        _l("Penjelasan kepada penulis"),
        validators=[Length(max=NOTE_LENGTH, message=_l("Paling banyak %(max)d huruf."))],
    )
    lock = HiddenField()
    seen = HiddenField()

    def offer(self, actions: list[Action]) -> None:
        self.decision.choices = choices((action.value, DEED[action]) for action in actions)

    @property
    def chosen_reason(self) -> Reason | None:
        return Reason(self.reason.data) if self.reason.data else None

    @property
    def expected_lock(self) -> int:
        """What a tampered form sends is a state that nobody saw."""
        typed = self.lock.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


class AppealForm(Form):
    body = TextAreaField(
        _l("Mengapa keputusan ini keliru?"),
        validators=[
            InputRequired(_l("Tulis alasan Anda.")),
            Length(max=NOTE_LENGTH, message=_l("Paling banyak %(max)d huruf.")),
        ],
    )


class AppealDecisionForm(Form):
    outcome = RadioField(
        _l("Keputusan"),
        choices=choices([("granted", _l("Terima keberatan")), ("refused", _l("Tolak keberatan"))]),
        validators=[InputRequired(_l("Pilih keputusannya."))],
    )
    note = TextAreaField(
        _l("Penjelasan kepada penulis"),
        validators=[
            InputRequired(_l("Tulis penjelasan untuk penulisnya.")),
            Length(max=NOTE_LENGTH, message=_l("Paling banyak %(max)d huruf.")),
        ],
    )


class ReportConversionForm(Form):
    """What a report needs beyond the text that is there already."""

    title = StringField(_l("Judul laporan"), validators=TITLE)
    kind = RadioField(
        _l("Jenis laporan"),
        choices=choices(KIND.items()),
        default=ReportKind.COMPLAINT,
        validators=[InputRequired(_l("Pilih jenisnya."))],
    )
    category = SelectField(_l("Bidang"), validators=[InputRequired(_l("Pilih bidangnya."))])


class IdeaConversionForm(Form):
    """Ideas are given to a project that collects them now."""

    idea_title = StringField(_l("Judul gagasan"), validators=TITLE)
    project = SelectField(_l("Rencana bersama"), validators=[InputRequired(_l("Pilih rencananya."))])
