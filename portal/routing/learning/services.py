"""Learn a new version, and say which one suggestions follow. Neither ever decides about a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.organisation import queries as organisation
from portal.routing.learning import evaluation, queries
from portal.routing.learning.evaluation import Figures
from portal.routing.learning.grouping import grouped
from portal.routing.learning.models import RoutingModel, RoutingModelChoice
from portal.routing.learning.training import Case, Learned, learnable, train
from portal.routing.queries import city_day

LEAST_LABELS = 2  # with a single agency there is nothing to tell apart


@dataclass(frozen=True)
class Study:
    """What a city's history teaches, and how well that works on what was not seen."""

    learned: Learned
    report_count: int
    held_out: Figures
    phrases: Figures


def study(cases: Sequence[Case], *, at: datetime) -> Study:
    """Learn from all cases, and judge by holding groups of them out. Takes seconds and changes nothing.

    Raises DomainError when the history is too short.
    """
    if len(learnable([case.agency for case in cases])) < LEAST_LABELS:
        raise DomainError(_l("Riwayat kota belum cukup untuk dipelajari. Kata kunci bawaan tetap dipakai."))
    cases, speaks = grouped(cases), queries.by_keywords(at)
    names = queries.named(organisation.receivers(city_day(at)))
    held = evaluation.held_out(cases, speaks, names)
    learned = train(cases, keyword_weight=evaluation.best_weight(held))
    topics = [
        Case(text=phrase, agency=label, category="", area_code=None, group=phrase)
        for phrase, label in queries.phrases().items()
    ]
    judged = evaluation.judged(topics, by=learned, after=cases, by_keywords=speaks, names=names)
    return Study(
        learned,
        len(cases),
        evaluation.figures_of(held),
        evaluation.figures_of(judged, learned.keyword_weight),
    )


def keep(found: Study, *, by: User | None, at: datetime) -> RoutingModel:
    """Write it down as the next version. It is not in use before an administrator says so."""
    model = RoutingModel(
        trained_at=at,
        trained_by_id=by.id if by else None,
        report_count=found.report_count,
        vocabulary_size=found.learned.vocabulary_size,
        document=found.learned.stored(),
        figures={"held_out": found.held_out.stored(), "phrases": found.phrases.stored()},
    )
    db.session.add(model)
    db.session.flush()
    queries.forget(model.id)
    return model


def choose(model: RoutingModel | None, *, by: User, at: datetime) -> None:
    """From now on suggestions follow this version, or the keywords alone. Going back is choosing again."""
    db.session.add(RoutingModelChoice(model_id=model.id if model else None, by_id=by.id, at=at))
    db.session.flush()
