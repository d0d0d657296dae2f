"""A project's facts, phases and dates as they are typed."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import FloatField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from portal.forms import DayField, Form, choices, plain
from portal.i18n import _, _l
from portal.projects import labels, rules
from portal.projects.models import Project
from portal.projects.services import Facts

MOST_RUPIAH = 10**15  # more than the budget of the country


class FactsForm(Form):
    """Founding a project, and changing what it says."""

    title = StringField(
        _l("Nama rencana"),
        [
            DataRequired(_l("Tulis nama rencana, misalnya: Taman Amplas untuk semua umur.")),
            Length(max=rules.TITLE_LENGTH, message=_l("Nama rencana paling panjang 120 huruf.")),
        ],
        filters=[plain],
    )
    story = TextAreaField(
        _l("Cerita rencana"),
        [
            DataRequired(_l("Ceritakan apa yang akan dibangun, mengapa, dan untuk siapa.")),
            Length(max=rules.STORY_LENGTH, message=_l("Cerita paling panjang 20.000 huruf.")),
        ],
        filters=[plain],
    )
    place = StringField(
        _l("Tempat"),
        [Length(max=rules.PLACE_LENGTH, message=_l("Tempat paling panjang 300 huruf."))],
        filters=[plain],
    )
    area = SelectField(_l("Wilayah"))
    lat = FloatField(_l("Lintang"), [Optional(), NumberRange(-90, 90)])
    lon = FloatField(_l("Bujur"), [Optional(), NumberRange(-180, 180)])
    category = SelectField(_l("Bidang"))
    official = SelectField(_l("Penanggung jawab"), coerce=int)
    budget = IntegerField(_l("Anggaran (rupiah)"), [Optional(), NumberRange(0, MOST_RUPIAH)])
    budget_source = StringField(_l("Sumber angka anggaran"), [Length(max=200)], filters=[plain])
    fiscal_year = IntegerField(_l("Tahun anggaran"), [Optional(), NumberRange(2000, 2100)])
    cover = FileField(_l("Foto tempat"))
    reason = TextAreaField(
        _l("Alasan perubahan"),
        [Length(max=rules.REASON_LENGTH, message=_l("Alasan paling panjang 2.000 huruf."))],
        filters=[plain],
    )

    def offer(self, *, areas: Any, categories: Any, officials: Any) -> None:
        self.area.choices = choices([("", _("Seluruh kota")), *areas])
        self.category.choices = choices(categories)
        self.official.choices = choices(officials)

    def validate_lon(self, field: FloatField) -> None:
        if (self.lat.data is None) != (field.data is None):
            raise ValidationError(_("Isi lintang dan bujur, atau kosongkan keduanya."))

    @property
    def facts(self) -> Facts:
        return Facts(
            title=self.title.data or "",
            story=self.story.data or "",
            place=self.place.data or "",
            area_code=self.area.data or None,
            category_code=self.category.data,
            lat=self.lat.data,
            lon=self.lon.data,
            budget=self.budget.data,
            budget_source=self.budget_source.data or "",
            fiscal_year=self.fiscal_year.data,
        )


def typed_of(project: Project) -> dict[str, Any]:
    """What a project says, as its form is filled."""
    return {
        "title": project.title,
        "story": project.story,
        "place": project.place,
        "area": project.area_code or "",
        "lat": project.lat,
        "lon": project.lon,
        "category": project.category_code,
        "official": project.official_id,
        "budget": project.budget,
        "budget_source": project.budget_source,
        "fiscal_year": project.fiscal_year,
    }


class DatesForm(Form):
    """The days of a phase, both included."""

    opens_on = DayField(_l("Hari pertama"), [InputRequired(_l("Isi hari pertama."))])
    closes_on = DayField(_l("Hari terakhir"), [InputRequired(_l("Isi hari terakhir."))])

    @property
    def span(self) -> dict[str, Any]:
        return {"opens_on": self.opens_on.data, "closes_on": self.closes_on.data}


class PhaseForm(DatesForm):
    kind = SelectField(_l("Jenis tahap"), choices=choices(labels.KIND.items()))
    title = StringField(
        _l("Nama tahap"), [Length(max=60, message=_l("Nama tahap paling panjang 60 huruf."))], filters=[plain]
    )


class ChangeDatesForm(DatesForm):
    reason = TextAreaField(
        _l("Alasan perubahan"),
        [
            DataRequired(_l("Tulis alasan perubahan jadwal.")),
            Length(max=rules.REASON_LENGTH, message=_l("Alasan paling panjang 2.000 huruf.")),
        ],
        filters=[plain],
    )
