"""Keep cases of another system as reports, each exactly once however often the import runs."""

import csv
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from portal.assignments import adoption
from portal.db import db, transaction
from portal.deadlines import services as deadlines
from portal.deadlines.rules.stages import Stage
from portal.reports import rules
from portal.reports.importers.case import BadRow, ImportedCase
from portal.reports.importers.lookup import Lookup
from portal.reports.models import Report, ReportContent, Reporter
from portal.reports.rules import ReportState
from portal.reports.services import intake, publication, record

BATCH = 250  # rows a transaction: an interruption loses at most this much work, and nothing twice
Row = Mapping[str, str]
Read = Callable[[Row], ImportedCase]


@dataclass
class Outcome:
    """What became of the rows read."""

    imported: int = 0
    present: int = 0
    rejected: int = 0


def rows_of(path: Path) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV file in UTF-8 (with or without its mark), numbered as an editor numbers them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def bring_in(
    rows: Iterable[tuple[int, Row]],
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
        cases = _readable(batch, read, outcome, reject)
        if dry_run:
            _try(cases, source, lookup, at, outcome, reject)
        else:
            with transaction():
                _store_batch(cases, source, lookup, at, outcome, reject)
        advance(len(batch))
    return outcome


Numbered = tuple[int, Row, ImportedCase]


def _readable(
    batch: Sequence[tuple[int, Row]], read: Read, outcome: Outcome, reject: Callable[[int, Row, str], None]
) -> list[Numbered]:
    cases = []
    for line, row in batch:
        try:
            cases.append((line, row, read(row)))
        except BadRow as reason:
            outcome.rejected += 1
            reject(line, row, str(reason))
    return cases


def _try(cases: list[Numbered], source: str, lookup: Lookup, at: datetime, *rest: object) -> None:
    """What an import would do, undone."""
    _store_batch(cases, source, lookup, at, *rest)  # type: ignore[arg-type]  # passed on as they are
    db.session.rollback()
    lookup.load()


def _store_batch(
    cases: list[Numbered],
    source: str,
    lookup: Lookup,
    at: datetime,
    outcome: Outcome,
    reject: Callable[[int, Row, str], None],
) -> None:
    present = _present(source, [case.source_id for _, _, case in cases])
    for line, row, case in cases:
        if case.source_id in present:
            outcome.present += 1
            continue
        try:
            _store(case, source, lookup, at)
        except BadRow as reason:
            outcome.rejected += 1
            reject(line, row, str(reason))
        else:
            present.add(case.source_id)
            outcome.imported += 1


def _present(source: str, ids: list[str]) -> set[str]:
    found = db.session.scalars(
        db.select(Report.source_id).where(Report.source == source, Report.source_id.in_(ids))
    )
    return {source_id for source_id in found if source_id}


def _store(case: ImportedCase, source: str, lookup: Lookup, at: datetime) -> None:
    category, agency, area_code = lookup.category(case), lookup.agency(case), lookup.area_code(case)
    if agency is None and case.state is ReportState.OPEN:
        raise BadRow("laporan terbuka tanpa instansi")
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
