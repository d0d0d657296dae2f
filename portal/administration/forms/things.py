"""Officials, agencies, categories and routing rules."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from portal.accounts import labels as account_labels
from portal.accounts.forms import email_shape
from portal.administration import labels
from portal.administration.people import GRANTED_ROLES
from portal.categories.labels import GROUP
from portal.categories.rules import SIMILAR_RADIUS_BOUNDS_M, SIMILAR_RADIUS_M
from portal.forms import Form, MultiCheckboxField, choices
from portal.i18n import _, _l

Districts = list[tuple[Any, list[Any]]]  # rows of kecamatan, each with those of its kelurahan

NONE = ("", "—")
TEXT = Length(max=200)
LONG_TEXT = Length(max=1000)


def stripped_or_none(value: str | None) -> str | None:
    return (value or "").strip() or None


def stripped(value: str | None) -> str:
    return (value or "").strip()


def _id(value: Any) -> int | None:
    return int(value) if value else None


def _code(value: Any) -> str | None:
    return str(value) if value else None


def _day(label: Any, *, optional: bool = False) -> DateField:
    return DateField(label, [Optional() if optional else InputRequired()])


class Agency(Form):
    code = StringField(
        _l("Kode"), [DataRequired(), Length(max=40), Regexp(r"^[A-Za-z0-9._-]+$")], filters=[stripped]
    )
    name = StringField(_l("Nama"), [DataRequired(), TEXT])
    kind = SelectField(_l("Jenis"), choices=choices(labels.AGENCY_KIND.items()))
    valid_from = _day(_l("Berlaku mulai"))
    valid_to = _day(_l("Berlaku sampai"), optional=True)
    successor_id = SelectField(_l("Digantikan oleh"), coerce=_id)
    calendar_key = SelectField(_l("Kalender kerja"))
    seen_calendar = HiddenField()  # another calendar, whose effect on what is open was shown
    is_external = BooleanField(_l("Di luar pemerintah kota"))
    needs_approval = BooleanField(_l("Jawaban disetujui atasan sebelum terbit"))
    records_for_others = BooleanField(_l("Petugasnya mencatat laporan untuk orang lain"), default=True)
    contact = TextAreaField(_l("Kontak"), [LONG_TEXT], filters=[stripped])

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if name != "seen_calendar"}

    def offer(self, agencies: list[tuple[str, str]], calendars: list[tuple[str, str]]) -> None:
        self.successor_id.choices = choices([NONE, *agencies])
        self.calendar_key.choices = choices(calendars)


class Official(Form):
    name = StringField(_l("Nama"), [DataRequired(), TEXT])
    employee_number = StringField(
        _l("NIP"),
        [Optional(), Regexp(r"^\d{18}$", message=_l("NIP terdiri atas 18 angka."))],
        filters=[stripped_or_none],
    )
    email = EmailField(_l("Alamat surel"), [Optional(), email_shape], filters=[stripped_or_none])
    position = StringField(_l("Jabatan"), [DataRequired(), TEXT])
    rank = SelectField(_l("Tingkat"), choices=choices(labels.RANK.items()))
    agency_id = SelectField(_l("Dinas"), coerce=_id)
    supervisor_id = SelectField(_l("Atasan"), coerce=_id)
    active_from = _day(_l("Bertugas mulai"))
    active_to = _day(_l("Bertugas sampai"), optional=True)
    area_codes = MultiCheckboxField(_l("Wilayah"))

    def offer(
        self, agencies: list[tuple[str, str]], officials: list[tuple[str, str]], districts: Districts
    ) -> None:
        self.agency_id.choices = choices(agencies)
        self.supervisor_id.choices = choices([NONE, *officials])
        self.districts = districts
        self.area_codes.choices = choices(
            choice
            for district, villages in districts
            for choice in (
                (district.code, _("Seluruh %(name)s", name=district.name)),
                *((village.code, village.name) for village in villages),
            )
        )

    @property
    def area_boxes(self) -> list[tuple[str, Any, list[Any]]]:
        """Each kecamatan by name, with its own box and those of its kelurahan."""
        boxes = {option.data: option for option in self.area_codes}
        return [
            (district.name, boxes[district.code], [boxes[village.code] for village in villages])
            for district, villages in self.districts
        ]


class Roles(Form):
    roles = MultiCheckboxField(
        _l("Peran tambahan"),
        choices=choices((role.value, account_labels.ROLE[role]) for role in GRANTED_ROLES),
    )


class Category(Form):
    code = StringField(
        _l("Kode"),
        [
            DataRequired(),
            Length(max=40),
            Regexp(r"^[a-z0-9_]+$", message=_l("Kode hanya berisi huruf kecil, angka, dan garis bawah.")),
        ],
    )
    name_id = StringField(_l("Nama (Indonesia)"), [DataRequired(), TEXT])
    name_en = StringField(_l("Nama (Inggris)"), [DataRequired(), TEXT])
    description_id = TextAreaField(_l("Penjelasan (Indonesia)"), [LONG_TEXT], filters=[stripped])
    description_en = TextAreaField(_l("Penjelasan (Inggris)"), [LONG_TEXT], filters=[stripped])
    group = SelectField(_l("Kelompok"), choices=choices(GROUP.items()))
    category_class = SelectField(_l("Golongan"), choices=choices(labels.CLASS.items()))
    position = IntegerField(_l("Urutan"), [InputRequired(), NumberRange(0, 10_000)])
    similar_radius_m = IntegerField(
        _l("Dianggap dekat sampai (meter)"),
        [InputRequired(), NumberRange(SIMILAR_RADIUS_BOUNDS_M.start, SIMILAR_RADIUS_BOUNDS_M.stop - 1)],
        default=SIMILAR_RADIUS_M,
    )
    is_active = BooleanField(_l("Ditawarkan kepada warga"))


class Rule(Form):
    category_code = SelectField(_l("Bidang"), coerce=_code)
    area_code = SelectField(_l("Wilayah"), coerce=_code)
    agency_id = SelectField(_l("Dinas"), coerce=_id)
    priority = IntegerField(_l("Prioritas"), [InputRequired(), NumberRange(-1000, 1000)])
    verifies = BooleanField(_l("Verifikasi otomatis"))
    valid_from = _day(_l("Berlaku mulai"))
    valid_to = _day(_l("Berlaku sampai"), optional=True)
    pool = MultiCheckboxField(_l("Petugas yang bergiliran"), coerce=_id)
    note = TextAreaField(_l("Catatan"), [LONG_TEXT], filters=[stripped])

    def offer(
        self,
        categories: list[tuple[str, str]],
        areas: list[tuple[str, str]],
        agencies: list[tuple[str, str]],
        officials: list[tuple[str, str]],
    ) -> None:
        self.category_code.choices = choices([("", _l("Semua bidang")), *categories])
        self.area_code.choices = choices([("", _l("Seluruh kota")), *areas])
        self.agency_id.choices = choices(agencies)
        self.pool.choices = choices(officials)
