"""What can be typed on the building pages, and in a monthly report."""

from collections.abc import Iterable

from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.forms import DayField, Form, MultiCheckboxField, choices, plain
from portal.i18n import _, _l
from portal.projects.building.monthly import Draft

TITLE_LENGTH = 120
TEXT_LENGTH = 1000
REPORT_LENGTH = 8000
HEAVIEST = 100
LONG_TEXT = Length(max=REPORT_LENGTH, message=_l("Paling panjang 8.000 huruf."))


def _text(limit: int = TEXT_LENGTH) -> Length:
    return Length(max=limit, message=_l("Tulisan ini terlalu panjang."))


class WorkForm(Form):
    """A milestone; its planned day is typed once, afterwards it has a page of its own."""

    title = StringField(
        _l("Pekerjaan"),
        [DataRequired(_l("Tulis pekerjaannya, misalnya: Pondasi panggung.")), _text(TITLE_LENGTH)],
        filters=[plain],
    )
    description = TextAreaField(_l("Penjelasan"), [_text()], filters=[plain])
    weight = IntegerField(
        _l("Bobot"),
        [
            InputRequired(_l("Isi bobot, 1 untuk pekerjaan biasa.")),
            NumberRange(1, HEAVIEST, _l("Bobot 1 sampai 100.")),
        ],
        default=1,
    )
    planned_on = DayField(_l("Rencana selesai"), [InputRequired(_l("Isi tanggal rencana selesai."))])
    choice = SelectField(_l("Mewujudkan pilihan warga"), [Optional()])
    ideas = MultiCheckboxField(_l("Mewujudkan gagasan"), [Optional()])

    def offer(self, ideas: Iterable[tuple[str, str]], votes: Iterable[tuple[str, str]]) -> None:
        self.ideas.choices = choices(ideas)
        self.choice.choices = choices([("", _("Bukan dari pemungutan suara")), *votes])


class MoveForm(Form):
    on = DayField(_l("Rencana baru"), [InputRequired(_l("Isi tanggal rencana baru."))])
    reason = TextAreaField(
        _l("Mengapa"),
        [DataRequired(_l("Tulis alasannya. Warga membacanya di halaman rencana ini.")), _text()],
        filters=[plain],
    )


class CompletionForm(Form):
    on = DayField(_l("Tanggal selesai"), [Optional()])


class ObstacleForm(Form):
    body = TextAreaField(
        _l("Kendalanya"), [DataRequired(_l("Tulis apa yang menghambat.")), _text()], filters=[plain]
    )
    since_on = DayField(_l("Sejak"), [InputRequired(_l("Isi sejak kapan."))])
    milestone = SelectField(_l("Pekerjaan yang terhambat"), [Optional()])


class ResolutionForm(Form):
    on = DayField(_l("Teratasi pada"), [InputRequired(_l("Isi tanggalnya."))])
    resolution = TextAreaField(
        _l("Bagaimana teratasi"),
        [DataRequired(_l("Tulis bagaimana kendala ini teratasi.")), _text()],
        filters=[plain],
    )


class PhotoFields:
    """A photo with its words."""

    photo = FileField(_l("Foto"))
    alt = StringField(_l("Apa yang terlihat"), [_text(300)], filters=[plain])
    caption = StringField(_l("Keterangan foto"), [_text(200)], filters=[plain])
    taken_on = DayField(_l("Diambil pada"), [Optional()])


class PhotoForm(PhotoFields, Form):
    about = SelectField(_l("Foto tentang"), [InputRequired(_l("Pilih tentang apa foto ini."))])


class ReportForm(PhotoFields, Form):
    summary = StringField(_l("Ringkasan"), [_text(300)], filters=[plain])
    achievements = TextAreaField(_l("Yang dikerjakan bulan ini"), [LONG_TEXT], filters=[plain])
    obstacles = TextAreaField(_l("Kendala"), [LONG_TEXT], filters=[plain])
    plan = TextAreaField(_l("Rencana bulan berikutnya"), [LONG_TEXT], filters=[plain])
    seen = HiddenField()
    save = SubmitField(_l("Simpan konsep"))
    preview = SubmitField(_l("Pratinjau"))

    @property
    def draft(self) -> Draft:
        return Draft(
            summary=self.summary.data or "",
            achievements=self.achievements.data or "",
            obstacles=self.obstacles.data or "",
            plan=self.plan.data or "",
        )

    @property
    def version(self) -> int | None:
        """The version that the writer saw."""
        text = self.seen.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else None
