"""A report that was taken down at the counter, and a file that was imported."""

from typing import Any

from portal.accounts.models import User
from portal.db import db
from portal.desk.counter.models import CounterFiling
from portal.reports import queries
from portal.reports.importers.models import ImportRun
from portal.reports.importers.outcomes import RunState
from tests.builders import MONDAY


def parts(number: str, recorder: User | None) -> dict[str, dict[str, Any]]:
    """Values for the addresses of these rooms; `number` is that of a report with a duty."""
    report = queries.report_or_404(number)
    if recorder is not None:
        db.session.add(
            CounterFiling(
                report_id=report.id,
                recorded_by_id=recorder.id,
                received_on=MONDAY.date(),
                recorded_at=MONDAY,
            )
        )
    run = ImportRun(
        sha256="0" * 64, file_name="sp4n.csv", byte_count=1, state=RunState.DONE, started_at=MONDAY
    )
    db.session.add(run)
    db.session.flush()
    return {
        "counter.recorder": {"number": number},
        "administration.import_run": {"run_id": run.id},
        "administration.import_rows": {"run_id": run.id},
    }
