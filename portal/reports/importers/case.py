"""A row of another system in our words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.reports.importers import words
from portal.reports.importers.outcomes import Why
from portal.reports.rules import Ending, ReportKind, ReportState

VALUE_LENGTH = 80  # of what a row held: enough to find it, too little for a story
NO_ANSWER_TIMES = "source_has_no_answer_times"
NO_CLOSING_TIMES = "source_has_no_closing_times"


class BadRow(Exception):
    """The row cannot be read: why, in a code with the values that its words name. The text says so in the
    reader's language, or in the city's where nobody reads."""

    def __init__(self, why: Why, **values: Any) -> None:
        super().__init__(why)
        self.why = why
        self.values = {name: str(value)[:VALUE_LENGTH] for name, value in values.items()}

    def __str__(self) -> str:
        return words.tell(self.why, self.values)


@dataclass(frozen=True, kw_only=True)
class ImportedCase:
    """One matter as its source knows it. Times are aware; None where the source has none.

    `text` is what the resident wrote, `public_text` what the source itself published (often edited).
    An exclusion is set when the source does not say when it answered, or closed: such rows are kept,
    and left out of the figures of answer or closing times with that reason.
    """

    source_id: str
    received_at: datetime
    kind: ReportKind = ReportKind.COMPLAINT
    is_supervisory: bool = False
    is_anonymous: bool = False
    is_confidential: bool = False
    title: str = ""
    text: str = ""
    public_text: str = ""
    reporter_name: str = ""
    category: str = ""
    agency: str = ""
    district: str = ""
    village: str = ""
    lat: float | None = None
    lon: float | None = None
    answered_at: datetime | None = None
    due_at: datetime | None = None
    closed_at: datetime | None = None
    state: ReportState = ReportState.OPEN
    ending: Ending | None = None
    ended_at: datetime | None = None
    response_exclusion: str | None = None
    resolution_exclusion: str | None = None
