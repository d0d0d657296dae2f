"""A paper as it is published."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.forms import DayField, Form, plain
from portal.i18n import _l


class DocumentForm(Form):
    title = StringField(
        _l("Judul dokumen"),
        [
            DataRequired(_l("Tulis judulnya, misalnya: Rencana anggaran biaya.")),
            Length(max=200, message=_l("Judul paling panjang 200 huruf.")),
        ],
        filters=[plain],
    )
    dated_on = DayField(_l("Tanggal dokumen"), [InputRequired(_l("Isi tanggal dokumen."))])
    file = FileField(_l("Berkas PDF"), [FileRequired(_l("Pilih berkas PDF."))])
