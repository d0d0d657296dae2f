"""What can be typed at the desk, for the team and in triage."""

from typing import Any

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from portal.assignments.grounds import NUMBER_LENGTH
from portal.assignments.labels import BASIS
from portal.assignments.rules import BODY_LENGTH, REASON_LENGTH, RefusalBasis
from portal.forms import DayField, Form, choices
from portal.i18n import _, _l
from portal.reports.labels import KIND
from portal.reports.rules import BODY_LENGTH as TEXT_LENGTH
from portal.reports.rules import TITLE_LENGTH

CHOOSE = ("", _l("Pilih …"))
OTHER_AGENCY = "other"
OF_THE_CITY = "city"  # not an outside body after all: another agency of the city


def number_or_none(text: Any) -> int | None:
    """The id behind a choice; None for the empty one."""
    return int(text) if text not in (None, "", "None") else None


def whole_number(text: str | None) -> int | None:
    """What stands in a hidden field; None for anything else, so that no made-up one breaks a page."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


class DutyForm(Form):
    """Every form about a duty carries what the person saw: the version, and how many lines its story had;
    and the canned answer that the words began with, if they did."""

    lock = HiddenField()
    seen = HiddenField()
    canned = HiddenField()

    @property
    def expected_lock(self) -> int | None:
        return whole_number(self.lock.data)

    @property
    def canned_version_id(self) -> int | None:
        return whole_number(self.canned.data)


class ResponseForm(DutyForm):
    body = TextAreaField(_l("Isi tanggapan"), [Length(max=BODY_LENGTH)])


class ResidentQuestionForm(ResponseForm):
    body = TextAreaField(_l("Pertanyaan kepada warga"), [Length(max=BODY_LENGTH)])


class NoteForm(ResponseForm):
    body = TextAreaField(_l("Catatan"), [Length(max=BODY_LENGTH)])


class DecisionForm(ResponseForm):
    """An answer that is a decision with its reason; the choices are the owner's."""

    outcome = RadioField(_l("Keputusan"), [InputRequired(_l("Pilih keputusannya."))])
    body = TextAreaField(_l("Alasan"), [Length(max=BODY_LENGTH)])


class GroundsFields(Form):
    """What a refusal rests on: a basis, and whom to ask instead or which matter is the same."""

    basis = RadioField(
        _l("Dasar penolakan"),
        [InputRequired(_l("Pilih dasar penolakan."))],
        choices=choices((basis.value, label) for basis, label in BASIS.items()),
    )
    outside_body = SelectField(_l("Lembaga yang berwenang"))
    duplicate_of = StringField(
        _l("Nomor urusan yang sama"), [Length(max=NUMBER_LENGTH)], filters=[lambda text: (text or "").strip()]
    )

    @property
    def grounds(self) -> dict[str, Any]:
        """As `services.respond` takes them; the outside body by its id."""
        return {
            "basis": RefusalBasis(self.basis.data),
            "outside_body_id": whole_number(self.outside_body.data),
            "duplicate_of": self.duplicate_of.data or None,
        }


class RefusalForm(GroundsFields, DutyForm):
    body = TextAreaField(_l("Penjelasan untuk warga"), [Length(max=BODY_LENGTH)])


class TransferForm(DutyForm):
    agency = SelectField(_l("Dinas penerima"), [Optional()], coerce=number_or_none)
    official = SelectField(_l("Petugas penerima"), [Optional()], coerce=number_or_none)
    body = TextAreaField(_l("Alasan pengalihan"), [Length(max=REASON_LENGTH)])


class ReasonForm(DutyForm):
    """Sending back to the moderators."""

    body = TextAreaField(_l("Alasan"), [Length(max=REASON_LENGTH)])


class ExtensionForm(DutyForm):
    stage = SelectField(_l("Tahap"))
    days = IntegerField(
        _l("Tambahan hari kerja"), [InputRequired(_l("Tulis jumlah hari.")), NumberRange(min=1)]
    )
    reason = TextAreaField(_l("Alasan"), [Length(max=REASON_LENGTH)])


class ReassignmentForm(DutyForm):
    official = SelectField(_l("Serahkan kepada"), coerce=number_or_none)


class PeriodForm(Form):
    """From one day to another, both included; it stands in the address, so it carries no token."""

    class Meta(Form.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            return formdata

    start = DayField(_l("Dari tanggal"), [InputRequired(_l("Isi tanggal awalnya."))])
    end = DayField(_l("Sampai tanggal"), [InputRequired(_l("Isi tanggal akhirnya."))])

    def validate_end(self, field: Any) -> None:
        if self.start.data and field.data and field.data < self.start.data:
            raise ValidationError(_("Tanggal akhir tidak boleh sebelum tanggal awal."))


class CorrectionForm(DutyForm):
    """Where a report in triage belongs."""

    kind = SelectField(_l("Jenis"), choices=choices((kind.value, label) for kind, label in KIND.items()))
    category = SelectField(_l("Bidang"))
    area = SelectField(_l("Wilayah"))


class AgencyChoice(Form):
    """A suggested agency, or any other from the list."""

    agency = RadioField(_l("Teruskan kepada"))
    other = SelectField(_l("Dinas lain"), coerce=number_or_none)

    @property
    def agency_id(self) -> int | None:
        """The agency of the chosen card, or of the list when the card says so."""
        if self.agency.data == OTHER_AGENCY:
            return number_or_none(self.other.data)
        return number_or_none(self.agency.data)


class VerificationForm(DutyForm, AgencyChoice):
    """What is published of a report in triage, and who gets it."""

    official = SelectField(_l("Petugas yang ditunjuk"), coerce=number_or_none)
    title = StringField(_l("Judul yang terbit"), [Length(max=TITLE_LENGTH)])
    body = TextAreaField(_l("Isi yang terbit"), [Length(max=TEXT_LENGTH)])


class ForwardForm(DutyForm, AgencyChoice):
    """Who gets a duty that came back."""


class QuestionForm(Form):
    """A question to the resident before verification."""

    question = TextAreaField(
        _l("Pertanyaan kepada pelapor"),
        [InputRequired(_l("Tulis pertanyaannya.")), Length(max=REASON_LENGTH)],
    )


class RefusalBeforeForm(GroundsFields):
    """A report that is no matter for the city. Unclear ones are asked about, then archived."""

    basis = RadioField(
        _l("Dasar penolakan"),
        [InputRequired(_l("Pilih dasar penolakan."))],
        choices=choices(
            (basis.value, label) for basis, label in BASIS.items() if basis != RefusalBasis.UNCLEAR
        ),
    )
    explanation = TextAreaField(
        _l("Penjelasan untuk pelapor"),
        [InputRequired(_l("Tulis penjelasannya.")), Length(max=REASON_LENGTH)],
    )


class OverturningForm(Form):
    """Why a refusal does not hold."""

    reason = TextAreaField(
        _l("Alasan pembatalan"), [InputRequired(_l("Tulis alasannya.")), Length(max=REASON_LENGTH)]
    )


class HelpRequestForm(Form):
    """Whom to ask for help, and what."""

    official = SelectField(_l("Petugas"), coerce=number_or_none)
    question = TextAreaField(_l("Yang Anda tanyakan"), [Length(max=REASON_LENGTH)])


class HelpForm(Form):
    """The answer of whoever was asked; or why they cannot."""

    body = TextAreaField(_l("Bantuan Anda"), [Length(max=BODY_LENGTH)])


class ExplanationForm(Form):
    """The official's note beside a disputed photo."""

    words = TextAreaField(_l("Penjelasan untuk umum"), [Length(max=REASON_LENGTH)])


class ApprovalForm(DutyForm):
    """Publishing what an official wrote, or sending it back with words."""

    words = TextAreaField(_l("Yang perlu diperbaiki"), [Length(max=REASON_LENGTH)])


class CategoryForm(Form):
    """Another category or area for a running duty; `concerned` only moderators name."""

    category = SelectField(_l("Bidang"))
    area = SelectField(_l("Wilayah"))
    concerned = SelectField(_l("Unit yang dilaporkan"), coerce=number_or_none)
    reason = TextAreaField(_l("Alasan"), [Length(max=REASON_LENGTH)])
