"""Keep cases of another system as reports, each exactly once however often the import runs."""

import csv
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from portal.assignments import adoption
from portal.db import db, transaction
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.errors import DomainError
from portal.reports import rules
from portal.reports.importers import words
from portal.reports.importers.case import BadRow, ImportedCase
from portal.reports.importers.lookup import Lookup
from portal.reports.importers.outcomes import RowResult, Why
from portal.reports.models import Report, ReportContent, Reporter
from portal.reports.rules import Channel, Ending, ReportState
from portal.reports.services import intake, publication, record

log = structlog.get_logger()

BATCH = 250  # rows a transaction: an interruption loses at most this much work, and nothing twice
CLOCK_SKEW = timedelta(days=1)  # a source may be ahead of us, not in another year
Row = Mapping[str, str]
Numbered = tuple[int, Row]
Read = Callable[[Row], ImportedCase]


@dataclass
class Outcome:
    """What became of the rows read."""

    imported: int = 0
    present: int = 0
    rejected: int = 0


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of one row. `number` is that of our report; `values` are those of the words of `why`."""

    line: int
    row: Row
    source_id: str = ""
    result: RowResult
    number: str | None = None
    why: Why | None = None
    values: dict[str, Any] = field(default_factory=dict)


def rows_of(path: Path) -> Iterator[Numbered]:
    """The rows of a CSV file in UTF-8 (with or without its mark), numbered as an editor numbers them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def bring_in(
    rows: Iterable[Numbered],
    read: Read,
    *,
    source: str,
    at: datetime,
    creates: bool,
    dry_run: bool,
    reject: Callable[[int, Row, str], None],
    advance: Callable[[int], None],
) -> Outcome:
    """Import in batches of one transaction each. `reject` gets line number, row and reason of a bad row."""
    outcome, lines = Outcome(), iter(rows)
    lookup = Lookup(creates=creates).load()
    while batch := list(islice(lines, BATCH)):
        if dry_run:
            taken = _try(batch, read, source, lookup, at)
        else:
            with transaction():
                taken = store_batch(batch, read, source, lookup, at)
        for one in taken:
            _count(outcome, one, reject)
        advance(len(batch))
    return outcome


def store_batch(
    batch: Sequence[Numbered], read: Read, source: str, lookup: Lookup, at: datetime
) -> list[Taken]:
    """Keep the rows that are new, in the caller's transaction; says of each what became of it."""
    cases: list[tuple[int, Row, ImportedCase | BadRow]] = [
        (line, row, _readable(row, read)) for line, row in batch
    ]
    ids = [case.source_id for _, _, case in cases if isinstance(case, ImportedCase)]
    present = _present(source, ids)
    return [_take(line, row, case, present, source, lookup, at) for line, row, case in cases]


def _readable(row: Row, read: Read) -> ImportedCase | BadRow:
    try:
        return read(row)
    except BadRow as reason:
        return reason


def _take(
    line: int,
    row: Row,
    case: ImportedCase | BadRow,
    present: dict[str, tuple[str, Ending | None]],
    source: str,
    lookup: Lookup,
    at: datetime,
) -> Taken:
    if isinstance(case, BadRow):
        return Taken(line=line, row=row, result=RowResult.REFUSED, why=case.why, values=case.values)
    if case.source_id in present:
        return _known(line, row, case, *present[case.source_id])
    number, why, values = None, Why.BROKEN, {}
    try:
        with db.session.begin_nested():  # one bad row costs the others nothing
            number = _store(case, source, lookup, at)
    except BadRow as reason:
        why, values = reason.why, reason.values
    except (DomainError, SQLAlchemyError, ValueError):
        log.exception("row not imported", line=line)
        lookup.load()
    if number is None:
        return Taken(
            line=line, row=row, source_id=case.source_id, result=RowResult.REFUSED, why=why, values=values
        )
    present[case.source_id] = number, case.ending
    return Taken(line=line, row=row, source_id=case.source_id, result=RowResult.IMPORTED, number=number)


def _known(line: int, row: Row, case: ImportedCase, number: str, ending: Ending | None) -> Taken:
    """It came in earlier and lives here since; what its source says otherwise is told, not done."""
    known = Taken(line=line, row=row, source_id=case.source_id, result=RowResult.KNOWN, number=number)
    if case.ending is None or case.ending == ending:
        return known
    values = {"there": case.ending, "here": ending or ""}
    return replace(known, result=RowResult.DIFFERS, why=Why.OTHER_ENDING, values=values)


def _count(outcome: Outcome, taken: Taken, reject: Callable[[int, Row, str], None]) -> None:
    if taken.result is RowResult.IMPORTED:
        outcome.imported += 1
    elif taken.result is RowResult.REFUSED:
        outcome.rejected += 1
        reject(taken.line, taken.row, words.tell(taken.why, taken.values))
    else:
        outcome.present += 1


def _try(batch: Sequence[Numbered], read: Read, source: str, lookup: Lookup, at: datetime) -> list[Taken]:
    """What an import would do, undone."""
    taken = store_batch(batch, read, source, lookup, at)
    db.session.rollback()
    lookup.load()
    return taken


def _present(source: str, ids: list[str]) -> dict[str, tuple[str, Ending | None]]:
    """Number and ending of the reports that came in earlier, by their number at the source."""
    found = db.session.execute(
        db.select(Report.source_id, Report.number, Report.ending).where(
            Report.source == source, Report.source_id.in_(ids)
        )
    )
    return {source_id: (number, ending) for source_id, number, ending in found if source_id}


def _store(case: ImportedCase, source: str, lookup: Lookup, at: datetime) -> str:
    """Keep one case; its number here. Raises BadRow."""
    if case.received_at > at + CLOCK_SKEW:
        raise BadRow(Why.IN_THE_FUTURE)
    category, agency, area_code = lookup.category(case), lookup.agency(case), lookup.area_code(case)
    if agency is None and case.state is ReportState.OPEN:
        raise BadRow(Why.NO_AGENCY)
    report = Report(
        number=intake.next_number(case.received_at),
        kind=case.kind,
        is_supervisory=case.is_supervisory,
        is_anonymous=case.is_anonymous,
        is_confidential=case.is_confidential,
        state=case.state,
        ending=case.ending,
        category=category,
        area_code=area_code,
        received_at=case.received_at,
        verified_at=case.received_at if case.state is not ReportState.SUBMITTED else None,
        first_response_at=case.answered_at,
        first_closed_at=case.closed_at,
        closed_at=case.closed_at,
        ended_at=case.ended_at,
        agency_id=agency.id if agency else None,
        channel=Channel.IMPORT,
        source=source,
        source_id=case.source_id,
        response_exclusion=case.response_exclusion,
        resolution_exclusion=case.resolution_exclusion,
        content=ReportContent(
            title=case.title[: rules.TITLE_LENGTH],
            body=case.text,
            lat=case.lat,
            lon=case.lon,
            salt=secrets.token_hex(16),
        ),
        reporter=Reporter(name="" if case.is_anonymous else case.reporter_name),
    )
    db.session.add(report)
    db.session.flush()
    _add_duty(report, case)
    if report.verified_at:
        publication.publish(report, body=case.public_text or case.text, at=report.verified_at)
    record.write(
        report,
        "imported",
        at=at,
        source=source,
        content=record.digest(report.content, case.title, case.text),
    )
    return report.number


def _add_duty(report: Report, case: ImportedCase) -> None:
    """The assignment with its source's due time; a report still unverified gets its clock for that."""
    matter = rules.matter_of(case.kind, case.is_supervisory)
    if case.state is ReportState.SUBMITTED:
        clock = deadlines.import_due(matter, due={Stage.VERIFY: None}, at=case.received_at)
        report.verify_clock_id = clock.id
    elif report.agency_id is not None:
        report.assignment = adoption.adopt(
            origin="report",
            number=report.number,
            title=case.title[: rules.TITLE_LENGTH],
            place="",
            matter=matter,
            category_code=report.category_code,
            area_code=report.area_code,
            is_confidential=report.is_confidential,
            agency_id=report.agency_id,
            received_at=case.received_at,
            disposed_at=case.received_at,
            due_at=case.due_at,
            responded_at=case.answered_at,
            resolved_at=case.closed_at,
            is_ended=case.ending is not None,
        )
