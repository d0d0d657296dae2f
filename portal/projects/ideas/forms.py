"""An idea as it is typed, the list's filter, and what its author says of the status."""

from typing import Any

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.assignments.rules import Verdict
from portal.forms import Form, choices, plain
from portal.i18n import _, _l
from portal.projects import keys
from portal.projects.ideas import rules
from portal.projects.ideas.models import Idea
from portal.projects.ideas.queries import Filter
from portal.projects.ideas.rules import IdeaStatus, Sort
from portal.surveys.stars import STARS


class IdeaForm(Form):
    title = StringField(
        _l("Gagasan Anda dalam satu kalimat"),
        [
            DataRequired(_l("Tulis gagasan Anda, misalnya: Bangku yang menghadap kolam.")),
            Length(max=rules.TITLE_LENGTH, message=_l("Kalimat ini paling panjang 120 huruf.")),
        ],
        filters=[plain],
    )
    body = TextAreaField(
        _l("Mengapa, dan bagaimana?"),
        [
            DataRequired(_l("Jelaskan gagasan Anda: apa yang berubah, dan untuk siapa.")),
            Length(max=rules.BODY_LENGTH, message=_l("Penjelasan paling panjang 4.000 huruf.")),
        ],
        filters=[plain],
    )
    place = StringField(
        _l("Di bagian mana?"),
        [Length(max=rules.PLACE_LENGTH, message=_l("Tempat paling panjang 300 huruf."))],
        filters=[plain],
    )
    area = SelectField(_l("Kelurahan"))

    def offer(self, areas: Any) -> None:
        self.area.choices = choices([("", _("Tidak disebutkan")), *areas])

    @property
    def typed(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "body": self.body.data,
            "place": self.place.data or "",
            "area_code": self.area.data or None,
        }


class NewIdeaForm(IdeaForm):
    photos = MultipleFileField(_l("Foto"))


def typed_of(idea: Idea) -> dict[str, Any]:
    return {"title": idea.title, "body": idea.body, "place": idea.place, "area": idea.area_code or ""}


class VerdictForm(Form):
    verdict = RadioField(
        _l("Apakah alasan ini menjawab gagasan Anda?"),
        [InputRequired(_l("Pilih salah satu."))],
        choices=choices(
            [
                (Verdict.SOLVED, _l("Ya, alasannya jelas")),
                (Verdict.PARTLY, _l("Sebagian, tetapi saya terima")),
                (Verdict.NOT, _l("Belum, mohon ditinjau ulang")),
            ]
        ),
    )
    stars = RadioField(_l("Nilai untuk jawaban petugas"), [Optional()], choices=choices(STARS))
    comment = TextAreaField(
        _l("Catatan Anda"),
        [Length(max=2000, message=_l("Catatan paling panjang 2.000 huruf."))],
        filters=[plain],
    )

    @property
    def judgement(self) -> dict[str, Any]:
        return {
            "verdict": Verdict(self.verdict.data),
            "stars": int(self.stars.data) if self.stars.data else None,
            "comment": self.comment.data or "",
        }


def filter_from(args: MultiDict[str, str]) -> Filter:
    """Whatever stands in the address: what is not known is left out, never an error."""
    status, sort = args.get("status"), args.get("sort")
    return Filter(
        text=plain(args.get("q"))[:200],
        status=IdeaStatus(status) if status in set(IdeaStatus) else None,
        sort=Sort(sort) if sort in set(Sort) else Sort.NEWEST,
        before=keys.read(args.get("before")),
    )


def stated(wanted: Filter) -> dict[str, Any]:
    """The filter as the address says it, without its place in the list."""
    values = {
        "q": wanted.text,
        "status": wanted.status.value if wanted.status else "",
        "sort": wanted.sort.value if wanted.sort != Sort.NEWEST else "",
    }
    return {name: value for name, value in values.items() if value}
