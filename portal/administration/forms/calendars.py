"""The next version of a calendar."""

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from portal.administration import office_hours
from portal.administration.forms.things import stripped
from portal.administration.labels import OFF_KIND, WEEKDAY
from portal.forms import Form, MultiCheckboxField, choices, cleaned_text
from portal.i18n import _, _l, format_date

LARGEST_TABLE = 200_000  # characters; a year's decree has about 30 lines


class CalendarVersion(Form):
    """Days that come, days that go, other office hours, and the decree that says so."""

    on = DateField(_l("Tanggal"), [Optional()])
    kind = SelectField(_l("Jenis"), choices=choices(OFF_KIND.items()))
    name = StringField(_l("Nama hari libur"), [Length(max=200)], filters=[stripped])
    removed = MultiCheckboxField(_l("Hari yang dihapus"))
    file = FileField(_l("Berkas CSV"))
    table = HiddenField()
    regimes = TextAreaField(_l("Masa dengan jam kerja lain"), filters=[stripped])
    decree = StringField(_l("Nomor keputusan"), [DataRequired(), Length(max=200)], filters=[stripped])
    decree_on = DateField(_l("Tanggal keputusan"), [Optional()])
    note = TextAreaField(_l("Catatan"), [Length(max=1000)], filters=[stripped])
    step = StringField()  # which of the two buttons was pressed

    def offer(self, coming: list[dict[str, str]]) -> None:
        """The coming holidays, each of which may go."""
        self.removed.choices = choices(
            (row["on"], f"{format_date(date.fromisoformat(row['on']))}: {row['name']}") for row in coming
        )

    def take_file(self) -> None:
        """Keep what the file says in the form, so that it is still there when the draft is saved."""
        if self.file.data:
            text = self.file.data.read(LARGEST_TABLE).decode("utf-8-sig", errors="replace")
            self.table.data = cleaned_text(text)

    def validate_name(self, field: StringField) -> None:
        if self.on.data and not field.data:
            raise ValidationError(_("Tulis nama hari libur itu."))

    def fill(self, document: dict[str, Any]) -> None:
        """The hours that hold now, to be edited."""
        self.regimes.data = office_hours.period_lines(document)
        for day, hours in document["week"].items():
            self[f"week_{day}"].data = office_hours.day_text(hours)

    @property
    def week(self) -> list[Any]:
        """The fields of the days."""
        return [self[f"week_{day}"] for day in WEEKDAY]

    @property
    def is_final(self) -> bool:
        return self.step.data == "save"

    @property
    def wishes(self) -> dict[str, Any]:
        """What the draft should change."""
        day = self.on.data
        added = {"on": day.isoformat(), "kind": self.kind.data, "name": self.name.data} if day else None
        return {
            "added": added,
            "removed": self.removed.data or [],
            "table": self.table.data or "",
            "week": {day: self[f"week_{day}"].data or "" for day in WEEKDAY},
            "regimes": self.regimes.data,
        }

    @property
    def decree_values(self) -> dict[str, Any]:
        return {"decree": self.decree.data, "decree_on": self.decree_on.data, "note": self.note.data or ""}


for _day, _label in WEEKDAY.items():
    setattr(CalendarVersion, f"week_{_day}", StringField(_label, [Length(max=20)], filters=[stripped]))
