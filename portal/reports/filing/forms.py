"""The questions as forms; one each."""

from wtforms import (
    BooleanField,
    EmailField,
    FloatField,
    HiddenField,
    RadioField,
    SearchField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from portal.accounts.rules import is_email
from portal.forms import choices, plain
from portal.i18n import _l
from portal.reports import labels, rules
from portal.reports.filing import wording
from portal.reports.filing.question import Question
from portal.reports.filing.wording import Wording


class WhatForm(Question):
    kind = RadioField(
        _l("Apa yang ingin Anda sampaikan?"),
        choices=choices(labels.KIND.items()),
        validators=[InputRequired(_l("Pilih salah satu."))],
    )
    title = StringField(
        _l("Judul singkat"),
        filters=[plain],
        validators=[Length(max=rules.TITLE_LENGTH, message=_l("Judul paling panjang 120 huruf."))],
    )
    body = TextAreaField(
        _l("Ceritanya"),
        filters=[plain],
        validators=[Length(max=rules.BODY_LENGTH, message=_l("Cerita paling panjang 8.000 huruf."))],
    )

    @property
    def wording(self) -> Wording:
        """The words of the kind that is chosen."""
        return wording.of(self.kind.data or "")

    def validate_title(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(str(self.wording.title_missing))

    def validate_body(self, field: TextAreaField) -> None:
        if not field.data:
            raise ValidationError(str(self.wording.body_missing))


class CategoryForm(Question):
    category = RadioField(
        _l("Tentang apa laporan Anda?"),
        validators=[InputRequired(_l("Pilih satu bidang. Jika tidak ada yang cocok, pilih Lainnya."))],
    )


class EmergencyForm(Question):
    emergency_read = BooleanField(
        _l("Tidak ada yang sedang dalam bahaya, atau saya sudah menelepon."),
        validators=[
            InputRequired(_l("Centang ini lebih dahulu, supaya tidak ada yang menunggu dalam bahaya."))
        ],
    )


class OutsideForm(Question):
    """Nothing is asked: the button itself says that the resident wants to file all the same."""


class UnitForm(Question):
    unit = RadioField(
        _l("Tentang dinas atau kantor mana laporan ini?"),
        validators=[InputRequired(_l("Pilih dinasnya, atau pilih Saya tidak tahu."))],
    )


class PlaceForm(Question):
    q = SearchField(_l("Cari kelurahan atau kecamatan"), filters=[plain], validators=[Length(max=100)])
    search = SubmitField(_l("Cari"))
    area = RadioField(_l("Pilih wilayahnya"), validate_choice=False, validators=[Optional()])
    place = StringField(
        _l("Tempat persisnya"),
        filters=[plain],
        validators=[Length(max=rules.PLACE_LENGTH, message=_l("Paling panjang 300 huruf."))],
    )
    lat = FloatField(widget=HiddenInput(), validators=[Optional(), NumberRange(-90, 90)])
    lon = FloatField(widget=HiddenInput(), validators=[Optional(), NumberRange(-180, 180)])
    without_point = BooleanField(_l("Jangan pakai titik ini, kejadiannya di tempat lain"))

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, when both were given and are to be used."""
        if self.lat.data is None or self.lon.data is None or self.without_point.data:
            return None
        return self.lat.data, self.lon.data


class PersonForm(Question):
    is_anonymous = BooleanField(_l("Sembunyikan nama saya"))
    is_confidential = BooleanField(_l("Rahasiakan isi laporan"))
    name = StringField(
        _l("Nama Anda"),
        filters=[plain],
        validators=[Length(max=100, message=_l("Nama paling panjang 100 huruf."))],
    )
    email = EmailField(_l("Alamat surel"), filters=[plain], validators=[Optional(), Length(max=254)])

    def validate_email(self, field: EmailField) -> None:
        if field.data and not is_email(field.data):
            raise ValidationError(str(_l("Tulis alamat surel yang lengkap, misalnya nama@contoh.id.")))


class CheckForm(Question):
    """Nothing to type: the last look before sending."""

    seen = HiddenField()


class OfflineForm(WhatForm):
    """The whole report on one page. Codes are checked where it is taken in: what is unknown stays open."""

    category = StringField(filters=[plain], validators=[Length(max=80)])
    area = StringField(filters=[plain], validators=[Length(max=40)])
    place = StringField(
        filters=[plain],
        validators=[Length(max=rules.PLACE_LENGTH, message=_l("Paling panjang 300 huruf."))],
    )
    is_anonymous = BooleanField()
    is_confidential = BooleanField()
    emergency_read = BooleanField()
    outside_read = BooleanField()
