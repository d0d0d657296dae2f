"""A program that may file reports."""

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from portal.forms import Form, plain
from portal.i18n import _l
from portal.open311 import rules

MOST = 100_000


class Open311ClientForm(Form):
    name = StringField(
        _l("Nama"),
        [
            InputRequired(_l("Tulis nama program ini.")),
            Length(max=100, message=_l("Paling panjang 100 huruf.")),
        ],
        filters=[plain],
    )
    contact = StringField(
        _l("Kontak"),
        [
            InputRequired(_l("Tulis siapa yang dihubungi bila ada masalah.")),
            Length(max=200, message=_l("Paling panjang 200 huruf.")),
        ],
        filters=[plain],
    )
    hourly_limit = IntegerField(
        _l("Laporan paling banyak sejam"),
        [
            InputRequired(_l("Tulis angka dari 1 sampai 100.000.")),
            NumberRange(1, MOST, _l("Tulis angka dari 1 sampai 100.000.")),
        ],
        default=rules.HOURLY_LIMIT,
    )
    daily_limit = IntegerField(
        _l("Laporan paling banyak sehari"),
        [
            InputRequired(_l("Tulis angka dari 1 sampai 100.000.")),
            NumberRange(1, MOST, _l("Tulis angka dari 1 sampai 100.000.")),
        ],
        default=rules.DAILY_LIMIT,
    )
    is_active = BooleanField(_l("Boleh mengirim laporan"), default=True)
