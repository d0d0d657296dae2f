"""What a reader may choose: a period, a cut-off, and an agency or where the matters came from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from portal.errors import DomainError
from portal.forms import Form
from portal.i18n import _l
from portal.statistics.queries import AgencyRow
from portal.statistics.rules.scope import Scope

EARLIEST = date(1990, 1, 1)  # no portal's reports are older


class Day(DateField):
    """A day; what cannot be read gets one plain sentence instead of the library's."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_l("Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-30.")) from error


class PeriodForm(Form):
    """A GET form: names are short, since they stand in the address."""

    class Meta(Form.Meta):
        csrf = False

    first_on = Day(_l("Diterima mulai"), name="from", validators=[Optional()])
    last_on = Day(_l("Sampai"), name="to", validators=[Optional()])
    cutoff_on = Day(_l("Diamati sampai"), name="cutoff", validators=[Optional()])
    agency = SelectField(_l("Dinas"), validators=[Optional()])
    origin = SelectField(_l("Asal, untuk seluruh kota"), validators=[Optional()])

    @classmethod
    def of(cls, arguments: Any, agencies: Sequence[AgencyRow], origins: Mapping[str, str]) -> "PeriodForm":
        """The form filled from an address."""
        form = cls(formdata=arguments)
        form.agency.choices = [("", _l("Semua dinas")), *((row.code, row.name) for row in agencies)]
        form.origin.choices = [("", _l("Semua asal")), *origins.items()]
        return form

    @property
    def has_period(self) -> bool:
        """Did the reader choose days, or is it the usual period?"""
        return any((self.first_on.data, self.last_on.data, self.cutoff_on.data))

    def scope(self, at: datetime, zone: ZoneInfo) -> Scope:
        """The chosen period; what was left open is as usual. A cut-off counts to the end of its day."""
        usual = Scope.usual(at, zone)
        last_on = self.last_on.data or usual.last_on
        first_on = self.first_on.data or last_on - (usual.last_on - usual.first_on)
        observed = Scope(first_on, self.cutoff_on.data or usual.last_on, at, zone)
        return Scope(first_on, last_on, observed.until, zone)

    def check(self, today: date) -> None:
        """Whether the days fit together. Raises DomainError beside the field that does not."""
        first, last, cutoff = self.first_on.data, self.last_on.data, self.cutoff_on.data
        if any(day is not None and day < EARLIEST for day in (first, last, cutoff)):
            raise DomainError(_l("Pilih tanggal mulai tahun 1990."), field="first_on")
        if first and first > today:
            raise DomainError(_l("Masa ini belum dimulai."), field="first_on")
        if first and last and last < first:
            raise DomainError(_l("Tanggal akhir mendahului tanggal awal."), field="last_on")
        if cutoff and cutoff > today:
            raise DomainError(_l("Tanggal ini belum tiba."), field="cutoff_on")
        if cutoff and first and cutoff < first:
            raise DomainError(_l("Pengamatan berakhir sebelum masa dimulai."), field="cutoff_on")
