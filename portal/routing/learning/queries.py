"""The versions, which of them is in use, and the one in use held in memory."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import joinedload, lazyload

from portal.categories import queries as category_words
from portal.categories.rules import OTHER, Suggestion, suggest
from portal.db import db
from portal.organisation import queries as organisation
from portal.organisation.models import Agency
from portal.routing.learning import speaking
from portal.routing.learning.evaluation import ByKeywords
from portal.routing.learning.models import RoutingModel, RoutingModelChoice
from portal.routing.learning.training import Learned, label_of
from portal.routing.models import RoutingRule
from portal.routing.queries import city_day, plain, rule_valid_on
from portal.routing.rules import Rule, fitting

PHRASES = Path(__file__).with_name("phrases.csv")
HELD_AT_MOST = 2  # versions in memory: the one in use and the one before it

_held: dict[int, Learned] = {}


@dataclass(frozen=True)
class Receivers:
    """Agencies of the city that can be given a matter, by name, and the version in use."""

    agencies: Sequence[Agency]
    model_id: int | None


def receivers(day: date) -> Receivers:
    """Both in one statement, because the triage has none to spare."""
    rows = db.session.execute(
        select(Agency, _in_use().label("model_id"))
        .where(organisation.valid_on(day), Agency.is_external.is_(False))
        .order_by(Agency.name)
    ).all()
    return Receivers([row.Agency for row in rows], rows[0].model_id if rows else None)


def in_use() -> int | None:
    """The number of the version that suggestions follow; None: the shipped keywords alone."""
    return db.session.scalar(select(_in_use()))


def loaded(model_id: int | None) -> Learned | None:
    """What that version learned; read once per process, since a version never changes."""
    if model_id is None:
        return None
    if model_id not in _held:
        document = db.session.execute(
            select(RoutingModel.document).where(RoutingModel.id == model_id)
        ).scalar_one()
        while len(_held) >= HELD_AT_MOST:
            _held.pop(next(iter(_held)))
        _held[model_id] = Learned.read(document)
    return _held[model_id]


def forget(model_id: int) -> None:
    """A version that was just written takes the place of whatever bore its number."""
    _held.pop(model_id, None)


def versions() -> Sequence[RoutingModel]:
    """The newest first, with who had them trained."""
    return db.session.scalars(
        select(RoutingModel)
        .options(joinedload(RoutingModel.trained_by).lazyload("*"))
        .order_by(RoutingModel.id.desc())
        .limit(50)
    ).all()


def newest() -> RoutingModel | None:
    return db.session.scalar(select(RoutingModel).order_by(RoutingModel.id.desc()).limit(1))


def categories(text: str, *, among: Collection[str]) -> list[Suggestion]:
    """At most three of the offered categories that a text speaks for: those of the keywords first, then
    those that the version in use has learned. A proposal, never a decision."""
    by_keywords = category_words.suggest(text, among=among)
    learned = loaded(in_use())
    if learned is None:
        return by_keywords
    known = {one.code for one in by_keywords} | {OTHER}
    more = [one for one in speaking.categories(learned, text, among=among) if one.code not in known]
    return [*by_keywords, *more][: speaking.CATEGORIES_AT_MOST]


def by_keywords(at: datetime) -> ByKeywords:
    """How the shipped keywords speak for agencies: through the rules of that day, two statements."""
    rules, label = _rules(city_day(at))
    words = category_words.keywords()

    def points(text: str, area_code: str | None) -> Mapping[str, float]:
        found: dict[str, float] = {}
        for guess in suggest(text, words):
            fit = fitting(rules, category_code=guess.code, area_code=area_code, on=city_day(at))
            if fit:
                agency = label[fit[0].agency_id]
                found[agency] = max(found.get(agency, 0.0), guess.score)
        return found

    return points


def named(agencies: Sequence[Agency]) -> dict[str, str]:
    """Which word belongs to the name of one agency alone."""
    return speaking.names((label_of(one.code, one.kind), one.name) for one in agencies)


@cache
def phrases() -> dict[str, str]:
    """Topics of another city's complaints, with the label that its practice gives them here."""
    with PHRASES.open(encoding="utf-8", newline="") as lines:
        return {row["phrase"]: row["label"] for row in csv.DictReader(lines)}


def _rules(day: date) -> tuple[list[Rule], dict[int, str]]:
    rows = db.session.execute(
        select(RoutingRule, Agency.code, Agency.kind)
        .join(Agency, Agency.id == RoutingRule.agency_id)
        .where(rule_valid_on(day), organisation.valid_on(day))
        .options(lazyload(RoutingRule.pool))
    ).all()
    return [plain(row.RoutingRule) for row in rows], {
        row.RoutingRule.agency_id: label_of(row.code, row.kind) for row in rows
    }


def _in_use() -> ScalarSelect[int | None]:
    return (
        select(RoutingModelChoice.model_id).order_by(RoutingModelChoice.id.desc()).limit(1).scalar_subquery()
    )
