"""What an outside body answers for and how it is reached."""

from typing import Any

from wtforms import FieldList, FormField, IntegerField, SelectField, StringField, TextAreaField
from wtforms import Form as Part
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from portal.categories.models import Category
from portal.forms import DayField, Form, MultiCheckboxField, choices, plain
from portal.i18n import _l
from portal.organisation.models import Agency
from portal.organisation.outside import rules
from portal.organisation.outside.labels import CHANNEL, category_name
from portal.organisation.outside.services import ChannelValues
from portal.organisation.rules import ChannelKind

SPARE_ROWS = 3
MOST_ROWS = 20
EXPECTED = {
    ChannelKind.PHONE: _l("Tulis nomor telepon, misalnya 123 atau 061-4538888."),
    ChannelKind.WHATSAPP: _l("Tulis nomor WhatsApp, misalnya 0811-1234-5678."),
    ChannelKind.WEB: _l("Tulis alamat lengkap yang diawali https://."),
    ChannelKind.EMAIL: _l("Tulis alamat surel lengkap."),
}


class ChannelRow(Part):
    """One line of the table; a line without a value is left out."""

    kind = SelectField(_l("Jenis"), choices=choices((kind.value, label) for kind, label in CHANNEL.items()))
    value = StringField(_l("Nomor, alamat, atau tempat"), [Length(max=200)], filters=[plain])
    hours = StringField(_l("Jam layanan"), [Length(max=100)], filters=[plain])
    note = StringField(_l("Catatan"), [Length(max=200)], filters=[plain])
    position = IntegerField(_l("Urutan"), [Optional(), NumberRange(0, 999)])

    def validate_value(self, field: StringField) -> None:
        kind = ChannelKind(self.kind.data) if self.kind.data in list(ChannelKind) else None
        if field.data and kind and not rules.is_written_well(kind, field.data):
            raise ValidationError(EXPECTED[kind])


class OutsideBody(Form):
    covers = TextAreaField(_l("Yang diurusnya"), [Length(max=500)], filters=[plain])
    neighbouring_region = StringField(_l("Wilayah tetangga kota"), [Length(max=100)], filters=[plain])
    category_codes = MultiCheckboxField(_l("Bidang yang menjadi urusannya"))
    channels_checked_on = DayField(_l("Kanal diperiksa tanggal"), [Optional()])
    channels = FieldList(FormField(ChannelRow), max_entries=MOST_ROWS)

    @classmethod
    def of(cls, body: Agency, categories: Any) -> "OutsideBody":
        """The form as the body stands, with spare lines; on a POST what was typed."""
        form = cls(
            data={
                "covers": body.covers,
                "neighbouring_region": body.neighbouring_region,
                "category_codes": [row.category_code for row in body.category_rows],
                "channels_checked_on": body.channels_checked_on,
                "channels": [_row(one) for one in body.channels],
            }
        )
        form.offer(categories)
        if not form.is_submitted():
            for _spare in range(min(SPARE_ROWS, MOST_ROWS - len(form.channels))):
                form.channels.append_entry()
        return form

    def offer(self, categories: list[Category]) -> None:
        self.category_codes.choices = choices((one.code, category_name(one)) for one in categories)

    def channel_values(self) -> list[ChannelValues]:
        """The lines that say something, in their order."""
        rows = [row.data for row in self.channels if row.data["value"]]
        rows.sort(key=lambda row: row["position"] if row["position"] is not None else MOST_ROWS)
        return [
            ChannelValues(ChannelKind(row["kind"]), row["value"], row["hours"] or "", row["note"] or "")
            for row in rows
        ]


def _row(channel: Any) -> dict[str, Any]:
    return {name: getattr(channel, name) for name in ("kind", "value", "hours", "note", "position")}
