"""Votes are counted by themselves when they close."""

from datetime import datetime, timedelta

from portal.jobs import batches, registry
from portal.projects.voting import queries, services


@registry.periodic("voting.publish", every=timedelta(minutes=1))
def publish_closed(at: datetime) -> None:
    """One vote that cannot be counted does not hold up the others."""
    batches.each(queries.due_ids(at), lambda vote_id: services.publish(vote_id, at=at))
