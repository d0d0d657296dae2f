"""What moderators can type to put a report right: its public text, its photos, its kind, two made of one."""

from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.assignments.rules import REASON_LENGTH
from portal.attachments.grids import GridForm
from portal.desk.forms import AgencyChoice, DutyForm, number_or_none
from portal.forms import Form, MultiCheckboxField, choices
from portal.i18n import _l
from portal.reports.labels import KIND
from portal.reports.rules import BODY_LENGTH, CAPTION_LENGTH, PLACE_LENGTH, TITLE_LENGTH

KINDS = choices((kind.value, label) for kind, label in KIND.items())


class PublicTextForm(DutyForm):
    """What everybody reads of a report from now on."""

    title = StringField(
        _l("Judul yang terbit"), [InputRequired(_l("Tulis judulnya.")), Length(max=TITLE_LENGTH)]
    )
    body = TextAreaField(_l("Isi yang terbit"), [InputRequired(_l("Tulis isinya.")), Length(max=BODY_LENGTH)])
    place = StringField(_l("Tempat yang terbit"), [Length(max=PLACE_LENGTH)])


class PhotoForm(DutyForm):
    """A photo is held back; with a file its masked copy is shown instead."""

    masked = FileField(_l("Salinan yang disamarkan"))


class PhotoWordsForm(DutyForm):
    """What everybody reads beside a photo from now on."""

    caption = StringField(_l("Keterangan yang terbit"), [Length(max=CAPTION_LENGTH)])
    alt = StringField(_l("Yang tampak di foto"), [Length(max=CAPTION_LENGTH)])


class CoveringForm(DutyForm, GridForm):
    """Cells over a photo that everybody sees covered."""


class KindForm(DutyForm):
    kind = SelectField(_l("Jenis yang benar"), choices=KINDS)
    reason = TextAreaField(_l("Alasan"), [InputRequired(_l("Tulis alasannya.")), Length(max=REASON_LENGTH)])


class IdentityForm(Form):
    reason = TextAreaField(
        _l("Mengapa identitas ini perlu dibuka?"),
        [InputRequired(_l("Tulis alasannya.")), Length(max=REASON_LENGTH)],
    )


class PartForm(DutyForm, AgencyChoice):
    """What becomes a report of its own; the agency is asked for where the whole was verified already."""

    title = StringField(
        _l("Judul bagian itu"), [InputRequired(_l("Tulis judulnya.")), Length(max=TITLE_LENGTH)]
    )
    body = TextAreaField(_l("Isi bagian itu"), [InputRequired(_l("Tulis isinya.")), Length(max=BODY_LENGTH)])
    place = StringField(_l("Tempat"), [Length(max=PLACE_LENGTH)])
    kind = SelectField(_l("Jenis"), choices=KINDS)
    category = SelectField(_l("Bidang"))
    area = SelectField(_l("Wilayah"))
    other = SelectField(_l("Dinas penerima"), coerce=number_or_none)
    photos = MultiCheckboxField(_l("Foto yang ikut pindah"))


class MergeForm(DutyForm):
    """The two reports were looked at side by side."""


class PartnerForm(Form):
    """Another report that the moderator knows by its number."""

    other = StringField(_l("Nomor laporan lain"))
