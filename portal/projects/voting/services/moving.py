"""A vote lies inside its phase: it goes along when the phase moves, but not once people vote."""

from datetime import datetime

from portal import config
from portal.errors import DomainError
from portal.i18n import _l, format_datetime
from portal.projects import moves, record
from portal.projects import rules as projects
from portal.projects.moves import Move
from portal.projects.voting import policy, queries
from portal.projects.voting.models import Vote
from portal.projects.voting.rules import VoteState


@moves.hears
def go_along(move: Move) -> None:
    """What opens or closes with the phase still does; the rest is kept as far as the phase reaches."""
    vote = queries.held_vote_in(move.phase)
    if vote is None:
        return
    zone = config.current().zone
    first = projects.opening_instant(move.opens_on, zone)
    last = projects.closing_instant(move.closes_on, zone)
    state = policy.state(vote, move.at)
    if state is VoteState.OPEN and last < vote.closes_at:
        raise DomainError(
            _l(
                "Pemungutan suara di tahap ini berlangsung sampai %(moment)s dan tidak ditutup lebih awal.",
                moment=format_datetime(vote.closes_at),
            ),
            field="closes_on",
        )
    if state is VoteState.PREPARED:
        _move(vote, move, first, last)


def _move(vote: Vote, move: Move, first: datetime, last: datetime) -> None:
    zone = config.current().zone
    with_opening = vote.opens_at <= projects.opening_instant(move.phase.opens_on, zone)
    with_closing = vote.closes_at >= projects.closing_instant(move.phase.closes_on, zone)
    opens_at = first if with_opening else max(vote.opens_at, first)
    closes_at = last if with_closing else min(vote.closes_at, last)
    if opens_at >= closes_at:  # its own days lie outside now
        opens_at, closes_at = max(first, move.at), last
    vote.opens_at, vote.closes_at = opens_at, closes_at
    record.write(
        vote.project,
        "vote_moved",
        at=move.at,
        opens=vote.opens_at.isoformat(),
        closes=vote.closes_at.isoformat(),
    )
