"""Count a vote that closed, and publish what it says."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from portal.db import Model, db
from portal.ledger import services as ledger
from portal.projects import record
from portal.projects.voting import documents, letters, policy, queries, rules
from portal.projects.voting.models import Ballot, Vote, Voter
from portal.projects.voting.rules import VoteState


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
    record.write(vote.project, "vote_counted", at=at, voters=len(sheets), ballots_sha256=vote.digest)
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
