"""What can be done with a vote: prepare it, take part, count it, and say what follows."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from portal import config, markdown
from portal.accounts.models import User
from portal.db import Model, db
from portal.errors import DomainError
from portal.i18n import _l
from portal.jobs import services as jobs
from portal.ledger import services as ledger
from portal.places.models import Area
from portal.projects import record
from portal.projects import rules as projects
from portal.projects.ideas.models import Idea
from portal.projects.models import Phase, Project
from portal.projects.voting import documents, letters, policy, queries, rules
from portal.projects.voting.models import Ballot, Vote, VoteChoice, Voter
from portal.projects.voting.rules import Flaw, VoteState

BALLOT_BITS = 63  # what a signed 64-bit column holds


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
    _record(
        vote,
        "vote_prepared",
        at,
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


def cast(vote: Vote, *, by: User, area_code: str, dots: Mapping[int, int], at: datetime) -> None:
    """Take part once: who came and what was chosen are kept apart, and nothing is kept of when.

    No line is written into the record either: its moment would stand beside an order of people. Raises
    DomainError when the ballot is none, or the person took part before.
    """
    _check_may_cast(vote, by, area_code, at)
    laid = {choice: count for choice, count in dots.items() if count}
    check_ballot(vote, laid)
    came = jobs.insert(Voter).values(vote_id=vote.id, user_id=by.id, area_code=area_code)
    if db.session.scalar(came.on_conflict_do_nothing().returning(Voter.user_id)) is None:
        raise DomainError(_l("Anda sudah memilih. Setiap orang memilih satu kali."))
    db.session.execute(
        insert(Ballot).values(
            id=secrets.randbits(BALLOT_BITS),
            vote_id=vote.id,
            dots={str(choice): laid[choice] for choice in sorted(laid)},
        )
    )


def _check_may_cast(vote: Vote, by: User, area_code: str, at: datetime) -> None:
    # Locked together with the counting, so that no ballot comes while it counts.
    published_at = db.session.scalar(
        select(Vote.published_at).where(Vote.id == vote.id).with_for_update(read=True)
    )
    if published_at is not None or policy.state(vote, at) is not VoteState.OPEN:
        raise DomainError(_l("Pemungutan suara ini sedang tidak dibuka."))
    if by.confirmed_at is None:
        raise DomainError(_l("Pastikan dahulu alamat surel Anda."))
    if not queries.is_in_area(vote, area_code):
        raise DomainError(_l("Pilih kelurahan tempat tinggal Anda."), field="area")


def check_ballot(vote: Vote, dots: Mapping[int, int]) -> None:
    """Raises DomainError, beside the choice that is meant, when these dots are no ballot."""
    choices = [choice.position for choice in vote.choices]
    flaw = rules.flaw_of(dots, choices=choices, allowed=vote.dots, most_on_one=vote.most_on_one)
    if flaw is None:
        return
    given = [choice for choice, count in dots.items() if count]
    beside = {
        Flaw.TOO_MANY_ON_ONE: max(dots, key=lambda choice: dots[choice], default=1),
        Flaw.TOO_MANY: given[-1] if given else 1,
    }.get(flaw, choices[0])
    raise DomainError(_flaw_words(vote, flaw, sum(dots.values())), field=f"dots_{beside}")


def _flaw_words(vote: Vote, flaw: Flaw, laid: int) -> str:
    return str(
        {
            Flaw.EMPTY: _l("Letakkan paling sedikit satu titik."),
            Flaw.TOO_MANY: _l(
                "Anda meletakkan %(laid)s titik, padahal ada %(dots)s. Ambil kembali sebagian.",
                laid=laid,
                dots=vote.dots,
            ),
            Flaw.TOO_MANY_ON_ONE: _l(
                "Paling banyak %(most)s titik untuk satu pilihan.", most=vote.most_on_one
            ),
            Flaw.UNKNOWN_CHOICE: _l("Pilih dari daftar ini."),
        }[flaw]
    )


def publish(vote_id: int, *, at: datetime) -> None:
    """Count a vote that closed, exactly once: the digest of its ballots enters the record."""
    vote = queries.with_project(vote_id)
    if vote.published_at is not None or policy.state(vote, at) is not VoteState.CLOSED:
        return
    _forget_order(Ballot, vote, Ballot.id)
    _forget_order(Voter, vote, Voter.user_id)
    sheets = queries.ballots_of(vote)
    scores = rules.tally([one.position for one in vote.choices], documents.dots_of(sheets))
    shown = rules.may_show_result(len(sheets))
    by_position = {choice.position: choice for choice in vote.choices}
    for score in scores if shown else ():
        choice = by_position[score.choice]
        choice.dot_count, choice.people_count = score.dots, score.people
        if choice.idea:
            ledger.record(
                "idea_vote_counted",
                subject=choice.idea.subject,
                at=at,
                project=vote.project.slug,
                dots=score.dots,
                rank=score.rank,
                choices=len(scores),
            )
    vote.digest, vote.published_at = documents.digest(vote, sheets), at
    _record(vote, "vote_counted", at, voters=len(sheets), ballots_sha256=vote.digest)
    letters.tell_result(vote, at=at)


def _forget_order(table: type[Model], vote: Vote, key: object) -> None:
    """Write the rows anew in the order of their keys: PostgreSQL keeps beside each row the transaction
    that wrote it, and a voter and a ballot of the same one belonged together."""
    columns = [column.name for column in table.__table__.columns]
    mine = table.__table__.c.vote_id == vote.id
    rows = db.session.execute(select(table.__table__).where(mine).order_by(key)).all()  # type: ignore[arg-type]  # a column
    db.session.execute(delete(table.__table__).where(mine))  # type: ignore[arg-type]  # a table
    if rows:
        db.session.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


@dataclass(frozen=True)
class Ruling:
    """What became of a choice, and why."""

    is_taken: bool
    reason: str


def decide(vote: Vote, *, text: str, rulings: Mapping[int, Ruling], at: datetime) -> None:
    """Say what will be built: each choice (by position) taken or not, with its reason. May be said anew."""
    if vote.published_at is None:
        raise DomainError(_l("Keputusan menyusul setelah hasilnya diumumkan."))
    if not text.strip():
        raise DomainError(_l("Tulis apa yang akan dibangun dan mengapa."), field="decision")
    for choice in vote.choices:
        if choice.position not in rulings or not rulings[choice.position].reason.strip():
            raise DomainError(
                _l("Tulis alasannya: warga menunggu penjelasan ini."), field=f"reason_{choice.position}"
            )
    vote.decision, vote.decision_html, vote.decided_at = text, markdown.to_html(text), at
    for choice in vote.choices:
        ruling = rulings[choice.position]
        choice.is_taken, choice.reason = ruling.is_taken, ruling.reason.strip()
        if choice.idea:
            ledger.record(
                "idea_decided",
                subject=choice.idea.subject,
                at=at,
                project=vote.project.slug,
                taken=ruling.is_taken,
            )
    taken = [choice.position for choice in vote.choices if choice.is_taken]
    _record(vote, "vote_decided", at, taken=taken)
    letters.tell_decision(vote, at=at)


def _record(vote: Vote, kind: str, at: datetime, **details: object) -> None:
    record.write(vote.project, kind, at=at, **details)
