"""What can be typed in the forum, and what can be asked of its lists."""

import secrets
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from portal import keyset
from portal.assignments.rules import Verdict
from portal.forms import Form, choices, plain
from portal.forum import rules
from portal.forum.queries import Filter
from portal.forum.services import Photo
from portal.i18n import _l
from portal.surveys.stars import STARS

TOKEN_BYTES = 18
NAME = [DataRequired(), Length(max=80)]
PHOTO_FIELDS = tuple(f"photo_{serial}" for serial in range(1, rules.MAX_PHOTOS + 1))
ALT_FIELDS = tuple(f"alt_{serial}" for serial in range(1, rules.MAX_PHOTOS + 1))


def _or_none(value: str | None) -> str | None:
    return value or None


def _id(value: Any) -> int | None:
    return int(value) if value else None


class PostForm(Form):
    """A post; its `token` lets the same form say it only once."""

    token = HiddenField(validators=[Length(max=64)])
    body = TextAreaField(
        _l("Tulisan Anda"),
        filters=[plain],
        validators=[
            DataRequired(_l("Tulis isinya.")),
            Length(max=rules.BODY_LENGTH, message=_l("Isi paling panjang 8.000 huruf.")),
        ],
    )

    def mint(self) -> None:
        """A fresh token for a form that is shown the first time."""
        self.token.data = secrets.token_urlsafe(TOKEN_BYTES)

    def photos(self) -> list[Photo]:
        """The pictures that were chosen, in their order, each with what it shows."""
        chosen = [(self._fields.get(photo), self._fields.get(alt)) for photo, alt in _pairs()]
        return [
            Photo(photo.data.stream, alt.data or "")
            for photo, alt in chosen
            if photo is not None and alt is not None and photo.data
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides the fields: whoever adds a photo says what it shows."""
        is_valid = bool(super().validate(extra_validators))
        for photo, alt in _pairs():
            if photo in self._fields and self._fields[photo].data and not self._fields[alt].data:
                field = self._fields[alt]
                field.errors = [*field.errors, str(_l("Tulis apa yang tampak di foto ini."))]
                is_valid = False
        return is_valid


def _pairs() -> list[tuple[str, str]]:
    return list(zip(PHOTO_FIELDS, ALT_FIELDS, strict=True))


def _photo_field(serial: int) -> FileField:
    return FileField(_l("Foto %(serial)s", serial=serial))


def _alt_field(serial: int) -> StringField:
    return StringField(
        _l("Yang tampak di foto %(serial)s", serial=serial),
        filters=[plain],
        validators=[Length(max=rules.ALT_LENGTH, message=_l("Paling panjang 200 huruf."))],
    )


class ReplyForm(PostForm):
    photo_1, alt_1 = _photo_field(1), _alt_field(1)
    photo_2, alt_2 = _photo_field(2), _alt_field(2)
    photo_3, alt_3 = _photo_field(3), _alt_field(3)
    photo_4, alt_4 = _photo_field(4), _alt_field(4)


class _Title(Form):
    title = StringField(
        _l("Judul"),
        filters=[plain],
        validators=[
            DataRequired(_l("Tulis judulnya.")),
            Length(max=rules.TITLE_LENGTH, message=_l("Judul paling panjang 150 huruf.")),
        ],
    )


class ThreadForm(ReplyForm, _Title):
    category = SelectField(_l("Kategori"), validators=[InputRequired(_l("Pilih kategorinya."))])
    area = SelectField(_l("Kecamatan"), filters=[_or_none], validators=[Optional()])


class EditForm(PostForm):
    """The words of a reply."""


class EditOpeningForm(PostForm, _Title):
    """The words and the title of what opens a thread."""


class QuestionForm(Form):
    """A moderator asks the city, or chooses who is asked."""

    reason = TextAreaField(
        _l("Alasan"),
        filters=[plain],
        validators=[Length(max=rules.REASON_LENGTH, message=_l("Paling panjang 1.000 huruf."))],
    )
    agency = SelectField(_l("Dinas"), coerce=_id, validators=[Optional()])


class VerdictForm(Form):
    verdict = RadioField(
        _l("Apakah pertanyaannya terjawab?"),
        choices=choices(
            [
                (Verdict.SOLVED, _l("Sudah terjawab")),
                (Verdict.PARTLY, _l("Baru sebagian terjawab")),
                (Verdict.NOT, _l("Belum terjawab")),
            ]
        ),
        validators=[InputRequired(_l("Pilih salah satu."))],
    )
    stars = RadioField(
        _l("Bagaimana jawabannya?"),
        choices=choices(STARS),
        validators=[Optional()],
    )
    comment = TextAreaField(
        _l("Catatan untuk petugas"),
        filters=[plain],
        validators=[Length(max=rules.REASON_LENGTH, message=_l("Paling panjang 1.000 huruf."))],
    )


class CategoryForm(Form):
    slug = StringField(
        _l("Alamat"),
        filters=[plain],
        validators=[
            DataRequired(),
            Length(max=60),
            Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message=_l("Huruf kecil, angka, dan tanda hubung saja.")),
        ],
    )
    name_id = StringField(_l("Nama (Indonesia)"), filters=[plain], validators=NAME)
    name_en = StringField(_l("Nama (Inggris)"), filters=[plain], validators=NAME)
    description_id = TextAreaField(
        _l("Keterangan (Indonesia)"), filters=[plain], validators=[Length(max=300)]
    )
    description_en = TextAreaField(_l("Keterangan (Inggris)"), filters=[plain], validators=[Length(max=300)])
    category_code = SelectField(_l("Bidang"), filters=[_or_none], validators=[Optional()])
    area_code = SelectField(_l("Kecamatan"), filters=[_or_none], validators=[Optional()])
    position = IntegerField(_l("Urutan"), validators=[InputRequired(), NumberRange(0, 10_000)])
    is_active = BooleanField(_l("Terbuka untuk utas baru"))


def filter_from(args: MultiDict[str, str]) -> Filter:
    """Whatever stands in the address: what is not known is left out, never an error."""
    wanted = Filter(
        text=args.get("q", "").strip()[:200],
        area_code=args.get("area", "")[:20],
        is_unanswered=args.get("unanswered") == "1",
        offset=min(max(args.get("from", 0, type=int), 0), 1000),
    )
    return replace(wanted, before=keyset.read(args.get("before", "")))


def values(wanted: Filter) -> dict[str, Any]:
    """The filter as the address says it, without its place in the list."""
    stated = {
        "q": wanted.text,
        "area": wanted.area_code,
        "unanswered": "1" if wanted.is_unanswered else "",
    }
    return {name: value for name, value in stated.items() if value}
