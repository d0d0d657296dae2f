"""A meeting as it is typed; its times are the city's."""

from datetime import datetime
from typing import Any

from wtforms import DateTimeLocalField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal import config
from portal.forms import YEARS, Form, plain
from portal.i18n import _, _l, local
from portal.projects.meetings import rules
from portal.projects.meetings.models import Meeting
from portal.projects.meetings.services import Invitation


class MomentField(DateTimeLocalField):
    """A moment near our own, on the city's wall clock: calculating with others leaves the calendar."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and self.data.year not in YEARS:
            self.data = None
            raise ValueError(_("Isi tanggal antara tahun 2000 dan 2100."))


class MeetingForm(Form):
    title = StringField(
        _l("Judul pertemuan"),
        [
            DataRequired(_l("Tulis judulnya, misalnya: Membahas denah kedua.")),
            Length(max=rules.TITLE_LENGTH, message=_l("Judul paling panjang 120 huruf.")),
        ],
        filters=[plain],
    )
    agenda = TextAreaField(
        _l("Yang dibahas"),
        [Length(max=rules.AGENDA_LENGTH, message=_l("Uraian paling panjang 8.000 huruf."))],
        filters=[plain],
    )
    place = StringField(
        _l("Tempat"),
        [
            DataRequired(_l("Tulis tempatnya, misalnya: Aula Kantor Lurah Harjosari II.")),
            Length(max=rules.PLACE_LENGTH, message=_l("Tempat paling panjang 300 huruf.")),
        ],
        filters=[plain],
    )
    starts_at = MomentField(
        _l("Waktu mulai"), [InputRequired(_l("Isi tanggal dan jam mulai."))], format=["%Y-%m-%dT%H:%M"]
    )
    ends_at = MomentField(
        _l("Waktu selesai"), [InputRequired(_l("Isi tanggal dan jam selesai."))], format=["%Y-%m-%dT%H:%M"]
    )
    capacity = IntegerField(_l("Jumlah tempat"), [Optional(), NumberRange(1, rules.MOST_SEATS)])

    @property
    def invitation(self) -> Invitation:
        return Invitation(
            title=self.title.data or "",
            agenda=self.agenda.data or "",
            place=self.place.data or "",
            starts_at=_in_city(self.starts_at.data),
            ends_at=_in_city(self.ends_at.data),
            capacity=self.capacity.data,
        )


class CancelForm(Form):
    reason = TextAreaField(
        _l("Alasan pembatalan"),
        [
            DataRequired(_l("Tulis alasan pembatalan.")),
            Length(max=rules.REASON_LENGTH, message=_l("Alasan paling panjang 2.000 huruf.")),
        ],
        filters=[plain],
    )


class MinutesForm(Form):
    minutes = TextAreaField(
        _l("Notulen"),
        [
            DataRequired(_l("Tulis notulennya.")),
            Length(max=rules.MINUTES_LENGTH, message=_l("Notulen paling panjang 40.000 huruf.")),
        ],
        filters=[plain],
    )
    attended_count = IntegerField(
        _l("Jumlah yang hadir"),
        [InputRequired(_l("Isi jumlah yang hadir.")), NumberRange(0, rules.MOST_SEATS)],
    )


def typed_of(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "agenda": meeting.agenda,
        "place": meeting.place,
        "starts_at": local(meeting.starts_at).replace(tzinfo=None),
        "ends_at": local(meeting.ends_at).replace(tzinfo=None),
        "capacity": meeting.capacity,
    }


def _in_city(typed: datetime | None) -> datetime:
    """A time on the city's wall clock. The field was required, so there is one."""
    if typed is None:
        raise ValueError("a meeting without a time was not refused by its form")
    return typed.replace(tzinfo=config.current().zone)
