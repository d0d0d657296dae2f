"""What a clerk types for somebody else, on one page."""

from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SearchField,
    SelectField,
    StringField,
    SubmitField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from portal.accounts.rules import is_email
from portal.forms import DayField, Form, choices, plain
from portal.i18n import _, _l
from portal.reports import labels, rules

NAME_LENGTH = 100
PHONE_LENGTH = 40


class CounterForm(Form):
    """`look` asks for suggestions without filing; contact details need the person's word."""

    channel = RadioField(
        _l("Datang lewat"), choices=choices((one.value, labels.CHANNEL[one]) for one in rules.RECORDED)
    )
    received_on = DayField(_l("Diterima pada"), validators=[InputRequired(_l("Isi tanggal diterimanya."))])
    kind = RadioField(_l("Jenis"), choices=choices(labels.KIND.items()))
    title = StringField(
        _l("Judul singkat"),
        filters=[plain],
        validators=[
            DataRequired(_l("Tulis judul singkat.")),
            Length(max=rules.TITLE_LENGTH, message=_l("Judul paling panjang 120 huruf.")),
        ],
    )
    body = TextAreaField(
        _l("Ceritanya"),
        filters=[plain],
        validators=[
            DataRequired(_l("Tulis apa yang terjadi, sejak kapan, dan di mana.")),
            Length(max=rules.BODY_LENGTH, message=_l("Cerita paling panjang 8.000 huruf.")),
        ],
    )
    look = SubmitField(_l("Sarankan bidang dan cari wilayah"))
    category = SelectField(
        _l("Bidang"), validators=[InputRequired(_l("Pilih satu bidang."))], validate_choice=False
    )
    emergency_read = BooleanField(_l("Nomor darurat sudah disebutkan; tidak ada yang sedang dalam bahaya."))
    outside_read = BooleanField(_l("Warga tetap ingin laporan ini dicatat."))
    unit = SelectField(_l("Tentang dinas atau kantor mana?"), validate_choice=False)
    q = SearchField(_l("Cari kelurahan atau kecamatan"), filters=[plain], validators=[Length(max=100)])
    area = RadioField(_l("Pilih wilayahnya"), validate_choice=False, validators=[Optional()])
    place = StringField(
        _l("Tempat persisnya"),
        filters=[plain],
        validators=[Length(max=rules.PLACE_LENGTH, message=_l("Paling panjang 300 huruf."))],
    )
    is_anonymous = BooleanField(_l("Tanpa nama"))
    is_confidential = BooleanField(_l("Rahasiakan isinya"))
    name = StringField(_l("Nama"), filters=[plain], validators=[Length(max=NAME_LENGTH)])
    phone = TelField(_l("Telepon"), filters=[plain], validators=[Length(max=PHONE_LENGTH)])
    email = EmailField(_l("Surel"), filters=[plain], validators=[Optional(), Length(max=254)])
    may_keep = BooleanField(_l("Warga setuju nama dan kontaknya disimpan untuk urusan ini."))
    photos = MultipleFileField(_l("Foto"))
    form_token = HiddenField()
    paper = HiddenField()

    def validate_email(self, field: EmailField) -> None:
        if field.data and not is_email(field.data):
            raise ValidationError(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."))

    def validate_may_keep(self, field: BooleanField) -> None:
        is_told = bool(self.name.data or self.phone.data or self.email.data)
        if is_told and not field.data and not self.is_anonymous.data:
            raise ValidationError(_("Tanyakan persetujuan warga, lalu centang; atau kosongkan kontaknya."))
