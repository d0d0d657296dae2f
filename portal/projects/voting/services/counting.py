"""Count a vote that closed, and publish what it says."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete, insert, select

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
    _forget_order(Ballot, vote)
    _forget_order(Voter, vote)
    sheets = queries.ballots_of(vote)
    if rules.may_show_result(len(sheets)):
        _keep_result(vote, sheets, at=at)
    vote.digest, vote.published_at = documents.digest(vote, sheets), at
    record.write(vote.project, "vote_counted", at=at, voters=len(sheets), ballots_sha256=vote.digest)
    letters.tell_result(vote, at=at)


def _keep_result(vote: Vote, sheets: Sequence[documents.Sheet], *, at: datetime) -> None:
    choices = {choice.position: choice for choice in vote.choices}
    for score in rules.tally(list(choices), documents.dots_of(sheets)):
        choice = choices[score.choice]
        choice.dot_count, choice.people_count = score.dots, score.people
        if choice.idea:
            ledger.record(
                "idea_vote_counted",
                subject=choice.idea.subject,
                at=at,
                project=vote.project.slug,
                dots=score.dots,
                rank=score.rank,
                choices=len(choices),
            )


def _forget_order(model: type[Model], vote: Vote) -> None:
    """Write the rows anew in the order of their keys: PostgreSQL keeps beside each row the transaction
    that wrote it, and a voter and a ballot of the same one belonged together."""
    table = cast(Table, model.__table__)
    rows = (
        db.session.execute(select(table).where(table.c.vote_id == vote.id).order_by(*table.primary_key))
        .mappings()
        .all()
    )
    db.session.execute(delete(table).where(table.c.vote_id == vote.id))
    if rows:
        db.session.execute(insert(table), [dict(row) for row in rows])
