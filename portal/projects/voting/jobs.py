"""Votes are counted by themselves when they close."""

from datetime import datetime, timedelta

from portal.jobs import registry
from portal.projects.voting import queries, services


@registry.periodic("voting.publish", every=timedelta(minutes=1))
def publish_closed(at: datetime) -> bool:
    """One vote at a time: each is a transaction of its own. Answers whether more wait."""
    waiting = queries.due_ids(at)
    for vote_id in waiting[:1]:
        services.publish(vote_id, at=at)
    return len(waiting) > 1
