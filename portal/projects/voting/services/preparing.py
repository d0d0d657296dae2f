"""Prepare a vote; from its opening on nobody changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal import config
from portal.db import db
from portal.errors import DomainError
from portal.i18n import _l
from portal.ledger import services as ledger
from portal.places.models import Area
from portal.projects import record
from portal.projects import rules as projects
from portal.projects.ideas.models import Idea
from portal.projects.models import Phase, Project
from portal.projects.voting import policy, rules
from portal.projects.voting.models import Vote, VoteChoice
from portal.projects.voting.rules import VoteState


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A choice as it was typed; `cost` is an estimate in whole rupiah."""

    title: str
    description: str = ""
    cost: int | None = None
    idea: Idea | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A vote as it was typed. `opens_at` None: with the phase, or now when that has begun; `closes_at`
    None: with the phase."""

    question: str
    choices: Sequence[Proposal]
    areas: Sequence[Area]
    dots: int = rules.DOTS
    most_on_one: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def prepare(project: Project, phase: Phase, vote: Vote | None, plan: Plan, *, at: datetime) -> Vote:
    """Make the project's vote, or change it before it opens."""
    if vote is not None and policy.state(vote, at) is not VoteState.PREPARED:
        raise DomainError(_l("Pemungutan suara sudah dibuka, jadi tidak dapat diubah lagi."))
    opens_at, closes_at = _span(phase, plan, at)
    _check(plan)
    vote = vote or Vote(project=project, prepared_at=at, decision="", decision_html="")
    before = {choice.idea for choice in vote.choices if choice.idea}
    vote.phase, vote.question = phase, plan.question
    vote.dots, vote.most_on_one = plan.dots, plan.most_on_one
    vote.opens_at, vote.closes_at = opens_at, closes_at
    vote.areas = list(plan.areas)
    _set_choices(vote, plan.choices, at=at)
    db.session.add(vote)
    db.session.flush()
    for idea in sorted({one.idea for one in vote.choices if one.idea} - before, key=lambda idea: idea.id):
        ledger.record("idea_on_ballot", subject=idea.subject, at=at, project=project.slug)
    record.write(
        vote.project,
        "vote_prepared",
        at=at,
        choices=len(vote.choices),
        opens=opens_at.isoformat(),
        closes=closes_at.isoformat(),
    )
    return vote


def _span(phase: Phase, plan: Plan, at: datetime) -> tuple[datetime, datetime]:
    """When it opens and closes: inside its phase, and not in the past."""
    zone = config.current().zone
    first, last = (
        projects.opening_instant(phase.opens_on, zone),
        projects.closing_instant(phase.closes_on, zone),
    )
    opens_at = max(plan.opens_at or first, at)
    closes_at = plan.closes_at or last
    if not first <= opens_at < last:
        raise DomainError(_l("Pilih tanggal di dalam tahap prioritas."), field="opens_on")
    if closes_at <= opens_at:
        raise DomainError(_l("Penutupan harus sesudah pembukaan."), field="closes_on")
    if closes_at > last:
        raise DomainError(_l("Pilih tanggal di dalam tahap prioritas."), field="closes_on")
    return opens_at, closes_at


def _check(plan: Plan) -> None:
    if not rules.MIN_CHOICES <= len(plan.choices) <= rules.MAX_CHOICES:
        raise DomainError(_l("Tulis 2 sampai 20 pilihan."))
    if not plan.areas:
        raise DomainError(_l("Pilih kecamatan yang warganya boleh memilih."), field="areas")
    if not 1 <= plan.dots <= rules.MAX_DOTS:
        raise DomainError(_l("Beri setiap orang 1 sampai 10 titik."), field="dots")
    if plan.most_on_one is not None and not 1 <= plan.most_on_one <= plan.dots:
        raise DomainError(_l("Batas ini tidak boleh melebihi jumlah titik."), field="most_on_one")


def _set_choices(vote: Vote, proposals: Sequence[Proposal], *, at: datetime) -> None:
    """The rows are kept where they can be: a position belongs to one of them at any moment."""
    del vote.choices[len(proposals) :]
    for position, proposal in enumerate(proposals, 1):
        if position > len(vote.choices):
            vote.choices.append(VoteChoice(position=position, reason=""))
        choice = vote.choices[position - 1]
        choice.title, choice.description = proposal.title, proposal.description
        choice.cost, choice.idea = proposal.cost, proposal.idea
