"""A survey's lines in the public record, and how its row is held for a change."""

from datetime import datetime
from typing import Any

from portal.db import db
from portal.ledger import services as ledger
from portal.surveys.models import Survey


def write(survey: Survey, kind: str, /, *, at: datetime, **details: Any) -> None:
    """Add one line about this survey: numbers, dates and codes only."""
    ledger.record(kind, subject=survey.subject, at=at, agency=survey.agency.code, **details)


def claim(survey: Survey) -> None:
    """Hold the survey for this change: whoever comes second sees what the first one did."""
    db.session.flush()  # refreshing forgets what was not written yet
    db.session.refresh(survey, with_for_update={"of": Survey})
