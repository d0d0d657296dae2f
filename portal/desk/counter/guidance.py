"""What the page tells the clerk about the words and the category typed so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.categories import queries as categories
from portal.categories.models import Category
from portal.categories.questions import labels as question_words
from portal.categories.questions import rules as question_rules
from portal.categories.questions.rules import QuestionKind
from portal.categories.rules import SIMILAR_RADIUS_M, CategoryClass, Suggestion
from portal.desk.counter.forms import CounterForm
from portal.errors import DomainError
from portal.forms import choices
from portal.i18n import _, _l
from portal.organisation import queries as organisation
from portal.organisation.outside import labels as outside_labels
from portal.places import queries as places
from portal.reports import answers, labels, similar
from portal.reports.filing import queries as filing
from portal.reports.filing import whereabouts
from portal.reports.queries import Matter
from portal.reports.rules import ReportKind
from portal.routing import queries as routing

UNKNOWN_UNIT = "0"


@dataclass(frozen=True)
class Question:
    """A question of the kind or the category with what was typed so far."""

    code: str
    label: str
    hint: str
    choices: Sequence[tuple[str, str]]
    is_number: bool
    is_required: bool
    given: str
    error: str


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """`words` led to the suggested categories; the rest follows from the chosen one."""

    words: str
    is_emergency: bool
    may_be_emergency: bool  # the words say so, and no category has been chosen yet
    is_always_confidential: bool
    asks_unit: bool
    bodies: Sequence[Any]
    asked: Sequence[Any]
    given: Mapping[str, str]
    similar: Sequence[Any]
    has_searched: bool

    def questions(self, *, shows_errors: bool) -> list[Question]:
        """The kind's and the category's own questions but those for a photo, which stand at the photos."""
        _clean, wrong = question_rules.check(self.asked, self.given)
        return [
            Question(
                code=one.code,
                label=question_words.own(one, "label"),
                hint=question_words.own(one, "hint"),
                choices=question_words.choices(one),
                is_number=one.kind is QuestionKind.NUMBER,
                is_required=one.is_required,
                given=self.given.get(one.code, ""),
                error=question_words.sentence(wrong[one.code], one)
                if shows_errors and one.code in wrong
                else "",
            )
            for one in self.asked
            if one.kind is not QuestionKind.PHOTO
        ]

    @property
    def is_answered(self) -> bool:
        return not question_rules.check(self.asked, self.given)[1]


def prepare(form: CounterForm, typed: Mapping[str, str], at: datetime) -> Guidance:
    """Fill the form's choices and say what belongs to them; `typed` holds the answers by their codes."""
    offered = routing.offered_categories(at)
    guesses = _offer_categories(form, offered)
    _offer_areas(form)
    chosen = next((one for one in offered if one.code == form.category.data), None)
    code = chosen.code if chosen else ""
    asked = answers.asked(ReportKind(form.kind.data), code, typed) if code else []
    asks_unit = _asks_unit(form, chosen)
    if asks_unit:
        _offer_units(form, at)
    return Guidance(
        words=", ".join(dict.fromkeys(word for guess in guesses for word in guess.matched_words)),
        is_emergency=chosen is not None and chosen.category_class is CategoryClass.EMERGENCY,
        may_be_emergency=chosen is None and bool(guesses) and guesses[0].code in _emergencies(offered),
        is_always_confidential=chosen is not None and chosen.category_class is CategoryClass.CONFIDENTIAL,
        asks_unit=asks_unit,
        bodies=[outside_labels.told(one) for one in filing.outside_bodies(code, at)],
        asked=asked,
        given={one.code: typed.get(one.code, "") for one in asked},
        similar=_similar(form, chosen, at),
        has_searched=bool(form.q.data),
    )


def check(form: CounterForm, guidance: Guidance) -> None:
    """What must be said or asked before such a matter is filed. Raises DomainError."""
    if guidance.is_emergency and not form.emergency_read.data:
        raise DomainError(
            _l("Sebutkan nomor darurat lebih dahulu, lalu centang ini."), field="emergency_read"
        )
    if guidance.bodies and not form.outside_read.data:
        raise DomainError(_l("Sebutkan siapa yang berwenang, lalu centang ini."), field="outside_read")
    if not form.area.data and not form.place.data:
        raise DomainError(_l("Pilih wilayahnya, atau tulis tempatnya."), field="q")
    if not guidance.is_answered:
        raise DomainError(_l("Jawab dahulu pertanyaan bidang ini."))


def _emergencies(offered: Sequence[Category]) -> set[str]:
    return {one.code for one in offered if one.category_class is CategoryClass.EMERGENCY}


def _offer_categories(form: CounterForm, offered: Sequence[Category]) -> Sequence[Suggestion]:
    names = {one.code: labels.category_name(one) for one in offered}
    guesses = categories.suggest(f"{form.title.data or ''}\n{form.body.data or ''}", among=names)
    suggested = [guess.code for guess in guesses]
    groups = {_("Pilih bidang"): [("", _("Belum dipilih"))]}
    if suggested:
        groups[_("Disarankan dari ceritanya")] = [(code, names[code]) for code in suggested]
    for one in offered:
        if one.code not in suggested:
            groups.setdefault(categories.group_name(one.group), []).append((one.code, names[one.code]))
    form.category.choices = groups
    return guesses


def _offer_areas(form: CounterForm) -> None:
    """The areas that the search box names, else the one chosen before; the only one is taken."""
    found = list(places.named(form.q.data)) if form.q.data else []
    chosen = form.area.data or ""
    kept = next((one for one in found if one.code == chosen), None)
    if chosen and kept is None:
        kept = next(iter(places.areas([chosen])), None)
        found = [kept, *found] if kept else found
    form.area.choices = choices((one.code, whereabouts.area_name(one)) for one in found)
    form.area.data = found[0].code if len(found) == 1 else kept.code if kept else None


def _offer_units(form: CounterForm, at: datetime) -> None:
    receivers = organisation.receivers(routing.city_day(at))
    form.unit.choices = choices(
        [(UNKNOWN_UNIT, _("Tidak tahu")), *((str(agency.id), agency.name) for agency in receivers)]
    )
    if form.unit.data not in {choice.value for choice in form.unit.choices}:
        form.unit.data = UNKNOWN_UNIT


def _asks_unit(form: CounterForm, chosen: Category | None) -> bool:
    return (
        chosen is not None
        and chosen.category_class is CategoryClass.SUPERVISORY
        and form.kind.data == ReportKind.COMPLAINT
    )


def _similar(form: CounterForm, chosen: Category | None, at: datetime) -> Sequence[Any]:
    if not form.body.data:
        return []
    matter = Matter(
        title=form.title.data or "",
        body=form.body.data,
        category_code=chosen.code if chosen else "",
        area_code=form.area.data or None,
        radius_m=chosen.similar_radius_m if chosen else SIMILAR_RADIUS_M,
    )
    return [alike.line for alike in similar.lines(matter, at)]
