"""What the pages of filing show, ready for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup
from wtforms import RadioField

from portal.accounts.models import User
from portal.categories import queries as categories
from portal.categories.models import Category
from portal.categories.rules import OTHER, CategoryClass
from portal.db import db
from portal.i18n import _
from portal.organisation.models import Agency
from portal.places import queries as places
from portal.reports import labels, listing
from portal.reports.answers import facts as facts_of
from portal.reports.answers import rows
from portal.reports.filing import alike, covered, obstacles, queries, whereabouts, wording
from portal.reports.filing.rules import Answers, Step
from portal.reports.identity import visibility
from portal.reports.identity.visibility import Choice
from portal.reports.rules import ReportKind
from portal.routing.learning import queries as learning


@dataclass(frozen=True)
class Guess:
    """A category that the text suggests, its choice in the form, and the words that say so."""

    code: str
    option: Any
    reason: str


@dataclass(frozen=True)
class Group:
    """Categories under one heading; it stands open when the chosen one is in it."""

    name: str
    options: list[Any]
    is_open: bool


def suggestions(answers: Answers, field: RadioField) -> list[Guess]:
    """What the typed words suggest, among the categories that this city offers."""
    options = {option.data: option for option in field}
    return [
        Guess(
            guess.code,
            options[guess.code],
            _("Karena Anda menulis: %(words)s.", words=", ".join(guess.matched_words)),
        )
        for guess in learning.categories(f"{answers.title}\n{answers.body}", among=options)
    ]


def grouped(offered: Sequence[Category], field: RadioField, apart: set[str]) -> list[Group]:
    """The field's options under their groups, without those that stand apart; `lainnya` comes last."""
    options = {option.data: option for option in field}
    names: dict[str, list[Any]] = {}
    for one in offered:
        if one.code not in apart:
            group = "other" if one.code == OTHER else one.group
            names.setdefault(group, []).append(options[one.code])
    last = names.pop("other", [])
    groups = [
        Group(categories.group_name(name), own, any(option.checked for option in own))
        for name, own in names.items()
    ]
    return [*groups, Group(categories.group_name("other"), last, True)] if last else groups


def photos(answers: Answers) -> list[dict[str, Any]]:
    """The draft's photos, by their ids."""
    return [
        {
            **listing.photo(photo.attachment, position, caption=photo.caption, alt=photo.alt),
            "id": photo.attachment.id,
        }
        for position, photo in enumerate(queries.photos_in(answers), start=1)
    ]


def summary(token: str, answers: Answers, *, account: User | None, at: datetime) -> dict[str, Any]:
    """Everything that is about to be sent, who will see it, and what is like it."""
    category = queries.category(answers.category)
    always = category is not None and category.category_class is CategoryClass.CONFIDENTIAL
    is_confidential = answers.is_confidential or always
    asked = queries.questions(answers)
    return {
        "facts": _facts(token, answers, category, account, asked),
        "title": answers.title,
        "body": answers.body,
        "photos": photos(answers),
        "covered": [] if is_confidential else _covered(token, answers),
        "seen": visibility.seen(
            Choice(
                is_anonymous=answers.is_anonymous,
                is_confidential=is_confidential,
                has_account=account is not None,
                has_name=bool(account or answers.name),
            )
        ),
        "viewers": visibility.viewers(),
        "similar": alike.unseen(answers, category, at=at),
        "wording": wording.of(answers.kind),
        "obstacles": [
            (one.sentence, url_for(f"filing.{one.step.value}", token=token, to=Step.CHECK.value), one.link)
            for one in obstacles.of(answers, account, asked)
        ],
    }


def _covered(token: str, answers: Answers) -> list[tuple[covered.Covered, str]]:
    """What the public will read covered, and where the writer may put it otherwise."""
    return [(one, _change_url(one.step, token)) for one in covered.in_answers(answers)]


def _facts(
    token: str,
    answers: Answers,
    category: Category | None,
    account: User | None,
    asked: Sequence[Any],
) -> list[tuple[str, Any]]:
    area = next(iter(places.areas([answers.area])), None) if answers.area else None
    facts = [
        (Step.WHAT, _("Jenis"), labels.KIND[ReportKind(answers.kind)]),
        (Step.CATEGORY, _("Bidang"), labels.category_name(category) if category else ""),
        (Step.PLACE, _("Wilayah"), whereabouts.area_name(area) if area else _("Dicarikan moderator")),
        (Step.PLACE, _("Tempat"), answers.place or _("Tidak disebutkan")),
        (Step.PERSON, _("Pelapor"), _person(answers, account)),
    ]
    if answers.unit_told:
        agency = db.session.get(Agency, answers.unit) if answers.unit else None
        facts.insert(2, (Step.UNIT, _("Tentang"), agency.name if agency else _("Tidak tahu")))
    given = facts_of(rows(asked, answers.given))
    facts += [(Step.QUESTIONS, term, value) for term, value in given]
    return [(term, _with_link(value, step, term, token)) for step, term, value in facts]


def _person(answers: Answers, account: User | None) -> str:
    if answers.is_anonymous:
        return _("Nama disembunyikan")
    name = account.name if account else answers.name
    return name or _("Tanpa nama")


def _with_link(value: Any, step: Step, term: str, token: str) -> Markup:
    url = _change_url(step, token)
    link = Markup('<a href="{}">{}<span class="visually-hidden"> {}</span></a>').format(url, _("Ubah"), term)
    return Markup("{} {}").format(value, link)


def _change_url(step: Step, token: str) -> str:
    """The page of a question, and back from there to the last look."""
    return url_for(f"filing.{step.value}", token=token, to=Step.CHECK.value)
