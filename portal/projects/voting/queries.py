"""What can be read of a vote: itself, where people may vote from, who came, and the ballots."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.accounts.models import User
from portal.db import db
from portal.places.models import Area
from portal.places.rules import Level
from portal.projects.ideas.models import Idea
from portal.projects.ideas.rules import IdeaStatus
from portal.projects.models import Phase, Project
from portal.projects.voting.models import Ballot, Vote, VoteChoice, Voter

SHOWN_IDEAS = 8


def vote_of(project: Project) -> Vote | None:
    """The project's vote with its choices, their ideas, and the areas whose residents may vote."""
    found: Vote | None = (
        db.session.scalars(
            select(Vote)
            .options(selectinload(Vote.choices).joinedload(VoteChoice.idea), joinedload(Vote.areas))
            .where(Vote.project_id == project.id)
        )
        .unique()
        .one_or_none()
    )
    return found


def villages_of(vote: Vote) -> Sequence[Row[str, str, str]]:
    """Code and name of each kelurahan that lies in the vote's areas, and the name of its kecamatan."""
    above = aliased(Area)
    codes = [area.code for area in vote.areas]
    inside = or_(Area.code.in_(codes), *(Area.code.startswith(f"{code}.") for code in codes))
    return db.session.execute(
        select(Area.code, Area.name, func.coalesce(above.name, "").label("district"))
        .outerjoin(above, Area.parent_code == above.code)
        .where(Area.level == Level.VILLAGE, inside)
        .order_by(above.name, Area.name)
    ).all()


def is_in_area(vote: Vote, code: str) -> bool:
    return code in {village.code for village in villages_of(vote)}


def has_voted(vote: Vote, user: User) -> bool:
    took_part = exists().where(Voter.vote_id == vote.id, Voter.user_id == user.id)
    return bool(db.session.scalar(select(took_part)))


def voters_by_area(vote: Vote) -> Sequence[Row[str, int]]:
    """How many came from each kelurahan, with its name."""
    return db.session.execute(
        select(Area.name, func.count())
        .select_from(Voter)
        .join(Area, Area.code == Voter.area_code)
        .where(Voter.vote_id == vote.id)
        .group_by(Area.code, Area.name)
    ).all()


def ballots_of(vote: Vote) -> list[tuple[int, dict[str, int]]]:
    """Every ballot, in the order of the numbers that were drawn for them: never of their arrival."""
    rows = db.session.execute(
        select(Ballot.id, Ballot.dots).where(Ballot.vote_id == vote.id).order_by(Ballot.id)
    )
    return [(row.id, row.dots) for row in rows]


def due_ids(at: datetime) -> Sequence[int]:
    """Votes that closed and were not counted yet."""
    return db.session.scalars(
        select(Vote.id).where(Vote.published_at.is_(None), Vote.closes_at <= at).order_by(Vote.id)
    ).all()


def wanted_ideas(project: Project, limit: int = SHOWN_IDEAS) -> Sequence[Idea]:
    """Accepted ideas, those with most supporters first."""
    return db.session.scalars(
        select(Idea)
        .where(Idea.project_id == project.id, Idea.hidden_at.is_(None), Idea.withdrawn_at.is_(None))
        .where(Idea.status.in_((IdeaStatus.ACCEPTED, IdeaStatus.PARTLY)))
        .order_by(Idea.supporter_count.desc(), Idea.id)
        .limit(limit)
    ).all()


def ideas_to_choose(project: Project) -> Sequence[Idea]:
    """Ideas that a choice or a milestone may come from."""
    return db.session.scalars(
        select(Idea)
        .where(Idea.project_id == project.id, Idea.hidden_at.is_(None), Idea.withdrawn_at.is_(None))
        .where(Idea.status.not_in((IdeaStatus.REJECTED, IdeaStatus.MERGED)))
        .order_by(Idea.supporter_count.desc(), Idea.id)
    ).all()


def districts() -> Sequence[Row[str, str]]:
    """Code and name of each kecamatan."""
    return db.session.execute(
        select(Area.code, Area.name).where(Area.level == Level.DISTRICT).order_by(Area.name)
    ).all()


def with_project(vote_id: int) -> Vote:
    """A vote for writing, locked, with what its result and its letters say."""
    return db.session.scalars(
        select(Vote)
        .options(selectinload(Vote.choices).joinedload(VoteChoice.idea), joinedload(Vote.project))
        .where(Vote.id == vote_id)
        .with_for_update(of=Vote)
        .execution_options(populate_existing=True)
    ).one()


def held_vote_in(phase: Phase) -> Vote | None:
    """The vote of a prioritising phase, for writing."""
    return db.session.scalar(
        select(Vote)
        .options(joinedload(Vote.project))
        .where(Vote.phase_id == phase.id)
        .with_for_update(of=Vote)
        .execution_options(populate_existing=True)
    )


def areas(codes: Sequence[str]) -> Sequence[Area]:
    return db.session.scalars(select(Area).where(Area.code.in_(codes)).order_by(Area.name)).all()


def ideas_by_id(ids: Sequence[int]) -> dict[int, Idea]:
    found = db.session.scalars(select(Idea).where(Idea.id.in_(ids)))
    return {idea.id: idea for idea in found}
