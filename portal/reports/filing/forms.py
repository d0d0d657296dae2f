"""The questions as forms; one each."""

from flask_wtf.file import MultipleFileField
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
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from portal.accounts.rules import is_email
from portal.forms import Form, choices, plain
from portal.i18n import _l
from portal.reports import labels, rules


class WhatForm(Form):
    kind = RadioField(
        _l("Apa yang ingin Anda sampaikan?"),
        choices=choices(labels.KIND.items()),
        validators=[InputRequired(_l("Pilih salah satu."))],
    )
    title = StringField(
        _l("Judul singkat"),
        filters=[plain],
        validators=[
            DataRequired(_l("Tulis judul singkat, misalnya: Lampu jalan mati di depan mushala.")),
            Length(max=rules.TITLE_LENGTH, message=_l("Judul paling panjang 120 huruf.")),
        ],
    )
    body = TextAreaField(
        _l("Ceritanya"),
        filters=[plain],
        validators=[
            DataRequired(_l("Ceritakan apa yang terjadi, sejak kapan, dan di mana.")),
            Length(max=rules.BODY_LENGTH, message=_l("Cerita paling panjang 8.000 huruf.")),
        ],
    )


class CategoryForm(Form):
    category = RadioField(
        _l("Tentang apa laporan Anda?"),
        validators=[InputRequired(_l("Pilih satu bidang. Jika tidak ada yang cocok, pilih Lainnya."))],
    )


class EmergencyForm(Form):
    emergency_read = BooleanField(
        _l("Tidak ada yang sedang dalam bahaya, atau saya sudah menelepon."),
        validators=[
            InputRequired(_l("Centang ini lebih dahulu, supaya tidak ada yang menunggu dalam bahaya."))
        ],
    )


class OutsideForm(Form):
    """Nothing is asked: the button itself says that the resident wants to file all the same."""


class UnitForm(Form):
    unit = RadioField(
        _l("Tentang dinas atau kantor mana laporan ini?"),
        validators=[InputRequired(_l("Pilih dinasnya, atau pilih Saya tidak tahu."))],
    )


class PlaceForm(Form):
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


class PhotosForm(Form):
    photos = MultipleFileField(_l("Tambahkan foto"))


class PersonForm(Form):
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


class CheckForm(Form):
    """Nothing to type: the last look before sending."""

    seen = HiddenField()
