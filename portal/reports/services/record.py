"""A report's lines in the public record: no text, no person, only digests, codes and dates."""

import hashlib
from datetime import datetime
from typing import Any

from portal.ledger import services as ledger
from portal.reports.models import Report, ReportContent


def write(report: Report, kind: str, /, *, at: datetime, **details: Any) -> None:
    """Add one line about this report."""
    ledger.record(kind, subject=f"report:{report.number}", at=at, **details)


def digest(content: ReportContent, *texts: str) -> str:
    """Stands for texts in the record; the salt is erased with them, and then it says nothing."""
    return hashlib.sha256("\0".join([content.salt, *texts]).encode()).hexdigest()
