"""How punctual an official was this month, for their own eyes."""

from datetime import datetime, time

from portal import config
from portal.db import db
from portal.deadlines.models import StageDeadline
from portal.organisation.models import Official
from portal.statistics.rules.punctuality import DueStage, Punctuality, punctuality


def own_month(official: Official, at: datetime) -> Punctuality:
    """Of the stages that fell due with the official this month until now, those met by then."""
    zone = config.current().zone
    start = datetime.combine(at.astimezone(zone).date().replace(day=1), time(), zone)
    rows = db.session.execute(
        db.select(StageDeadline.due_at, StageDeadline.met_at, StageDeadline.ended_at).where(
            StageDeadline.official_id == official.id,
            StageDeadline.due_at >= start,
            StageDeadline.due_at <= at,
        )
    )
    return punctuality((DueStage(*row) for row in rows), start=start, end=at, cutoff=at)
